// Why: weights are easier to agree on two at a time (analytic hierarchy process): which of two counts
// more, and how much. The engine works out weights and whether the answers fit each other; people apply them.
import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { readProblems, UNREACHABLE } from '@/api/problems';
import { fixed } from '@/format';
import { graphql } from '@/gql';
import type { WeightsByPairsQuery } from '@/gql/graphql';
import { labelled } from '@/i18n';
import { ErrorSummary, focusField } from './ErrorSummary';
import { judgementsOf, keepAnswers, keptAnswers, pairKey, pairsOf, SCALE, type Answers, type Item, type Step } from './pairs';
import { pointsOf, type Points } from './points';

const WeightsByPairs = graphql(`
  query WeightsByPairs($input: WeightsFromPairsInput!) {
    weightsFromPairs(input: $input) {
      result {
        consistencyRatio
        consistent
        weights {
          item
          weight
        }
        worst {
          a
          b
          stated
          implied
        }
      }
      problems {
        ...ProblemShown
      }
    }
  }
`);

const DEBOUNCE_MILLISECONDS = 300;

interface Props {
  items: readonly Item[];
  /** The weights that stand, to read the result against. */
  now?: Points;
  /** Whole points that add up to 100. */
  onApply: (weights: Points) => void;
}

interface AskedProps extends Props {
  /** Keeps answers on this device under a name, so that leaving the page does not lose them. */
  keep?: string;
}

export function PairwiseWeights({ keep, ...props }: AskedProps) {
  const { t } = useTranslation();
  const { items } = props;
  const [answers, setAnswers] = useState<Answers>(() => (keep === undefined ? {} : keptAnswers(keep)));
  const id = useId();
  const pairs = pairsOf(items);
  const done = pairs.filter((pair) => answers[pairKey(pair)] !== undefined).length;
  const answer = (pair: string, step: Step) => {
    const next = { ...answers, [pair]: step };
    setAnswers(next);
    if (keep !== undefined) keepAnswers(keep, next);
  };
  return (
    <div>
      <p className="pl-small pl-muted">{t('pairs.help')}</p>
      {pairs.map((pair) => (
        <Pair
          key={pairKey(pair)}
          id={`${id}-${pairKey(pair)}`}
          pair={pair}
          value={answers[pairKey(pair)]}
          onChange={(step) => answer(pairKey(pair), step)}
        />
      ))}
      <p role="status" className="pl-small">
        {t('pairs.done', { done, all: pairs.length })}
      </p>
      {done === pairs.length && done > 0 && <Weighed {...props} id={id} answers={answers} />}
    </div>
  );
}

interface PairProps {
  id: string;
  pair: readonly [Item, Item];
  value: Step | undefined;
  onChange: (step: Step) => void;
}

/** From nine times the first, over equal, to nine times the second. */
function Pair({ id, pair: [first, second], value, onChange }: PairProps) {
  const { t } = useTranslation();
  const words = (step: Step) => {
    if (step === 0) return t('pairs.equal');
    const [more, less] = step < 0 ? [first, second] : [second, first];
    return t('pairs.times', { more: more.label, less: less.label, times: Math.abs(step) + 1 });
  };
  return (
    <fieldset className="pl-pair" id={id}>
      <legend className="pl-small">
        <strong>{first.label}</strong> ↔ <strong>{second.label}</strong>
      </legend>
      <div className="pl-pairscale">
        {SCALE.map((step) => (
          <label key={step} className={step === 0 ? 'pl-pairstep pl-pairequal' : 'pl-pairstep'} title={words(step)}>
            <input type="radio" name={id} value={step} checked={value === step} onChange={() => onChange(step)} aria-label={words(step)} />
            <span aria-hidden="true">{Math.abs(step) + 1}</span>
          </label>
        ))}
      </div>
      <p className="pl-small pl-muted" style={{ margin: 0 }}>
        {value === undefined ? t('pairs.open') : words(value)}
      </p>
    </fieldset>
  );
}

interface WeighedProps extends Props {
  id: string;
  answers: Answers;
}

function Weighed({ answers, ...props }: WeighedProps) {
  const { items } = props;
  const asked = JSON.stringify({ items: items.map((item) => item.id), judgements: judgementsOf(items, answers) });
  const [settled] = useDebouncedValue(asked, DEBOUNCE_MILLISECONDS);
  const variables = useMemo(
    () => ({ input: JSON.parse(settled) as { items: string[]; judgements: { a: string; b: string; value: string }[] } }),
    [settled],
  );
  const [state] = useQuery({ query: WeightsByPairs, variables });
  const payload = state.data?.weightsFromPairs;
  const problems = !payload && state.error ? UNREACHABLE : readProblems(payload?.problems);
  return (
    <div aria-busy={state.fetching || asked !== settled}>
      <ErrorSummary problems={problems} takeFocus={false} />
      {payload?.result && <Result {...props} result={payload.result} />}
    </div>
  );
}

interface ResultProps extends Props {
  id: string;
  result: NonNullable<WeightsByPairsQuery['weightsFromPairs']['result']>;
}

function Result({ id, items, now, result, onApply }: ResultProps) {
  const { t } = useTranslation();
  const nameOf = (item: string) => items.find((each) => each.id === item)?.label ?? item;
  const points = pointsOf(result.weights.map(({ item, weight }) => ({ id: item, share: weight })));
  const doubtful = result.consistent ? [] : result.worst;
  return (
    <>
      <p role="status" className={result.consistent ? 'pl-note' : 'pl-note pl-warncard'}>
        <strong>{t('pairs.ratio', { ratio: fixed(result.consistencyRatio, 4) })}</strong>{' '}
        {t(result.consistent ? 'pairs.consistent' : 'pairs.inconsistent')}
      </p>
      {doubtful.length > 0 && (
        <ul>
          {doubtful.map(({ a, b, stated, implied }) => (
            <li key={`${a}-${b}`}>
              <button type="button" className="pl-linkbutton" onClick={() => focusField(fieldsetOf(id, items, a, b))}>
                {nameOf(a)} ↔ {nameOf(b)}
              </button>
              {`${labelled('')} ${t('pairs.doubt', { stated, implied })}`}
            </li>
          ))}
        </ul>
      )}
      <ul className="pl-small">
        {items.map((item) => (
          <li key={item.id}>
            {labelled(item.label)} <strong className="pl-num">{points[item.id] ?? 0}</strong>
            {now !== undefined && <span className="pl-muted"> {t('pairs.now', { points: now[item.id] ?? 0 })}</span>}
          </li>
        ))}
      </ul>
      <Button variant="default" onClick={() => onApply(points)}>
        {t('pairs.apply')}
      </Button>
    </>
  );
}

/** The field of a pair, in whichever order the engine names its two. */
function fieldsetOf(id: string, items: readonly Item[], a: string, b: string): string {
  const pair = pairsOf(items).find(([first, second]) => (first.id === a && second.id === b) || (first.id === b && second.id === a));
  return `${id}-${pair ? pairKey(pair) : ''}`;
}
