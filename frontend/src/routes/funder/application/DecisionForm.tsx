// Why: the chair's form: outcome, amount per line as asked until changed, coded and written reasons,
// conditions. It is confirmed before it is recorded, and says so when it departs from the ranking.
import { Button, Checkbox, Group, Radio, Textarea, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { ErrorSummary } from '@/components/ErrorSummary';
import { problemWords, type ProblemLike } from '@/components/ProblemText';
import { amount, money, readMoney } from '@/format';
import { graphql } from '@/gql';
import type { DecisionOutcome } from '@/gql/graphql';
import { useLanguage } from '@/i18n';
import { sumDecimals } from '../../applicant/sums';
import { DECISIONS } from '../search';
import { UNREACHABLE } from '../unreachable';
import { askedLines, type AskedLine } from './content';
import type { ReasonCodes, Received } from './query';

const DecisionRecord = graphql(`
  mutation DecisionRecord($input: DecisionRecordInput!) {
    decisionRecord(input: $input) {
      received {
        id
        decisions {
          ...DecisionShown
        }
      }
      problems {
        code
        path
        message
        params {
          name
          value
        }
      }
    }
  }
`);

export interface Standing {
  adopted: boolean;
  rank: number | null;
  aboveLine: boolean;
}

interface Props {
  received: Received;
  reasonCodes: ReasonCodes;
  standing: Standing;
  funder: string;
  onDone: () => void;
}

interface Typed {
  outcome: DecisionOutcome | null;
  amounts: Record<string, string>;
  codes: string[];
  reason: string;
  conditions: string;
}

const EMPTY: Typed = { outcome: null, amounts: {}, codes: [], reason: '', conditions: '' };

function problem(code: string, path: string): ProblemLike {
  return { code, path, message: '', params: [{ name: 'example', value: '1850.00' }] };
}

/** What is not filled in or cannot be read; everything else is judged by the server. */
export function unfilled(typed: Typed, lines: readonly AskedLine[]): ProblemLike[] {
  const problems: ProblemLike[] = [];
  if (typed.outcome === null) problems.push(problem('missing', 'outcome'));
  if (typed.outcome === 'APPROVE_IN_PART') {
    lines.forEach((line, position) => {
      if (readMoney(typed.amounts[line.id] ?? line.asked) === null) {
        problems.push(problem('not_decimal', `lines[${position}].amount`));
      }
    });
  }
  if (typed.reason.trim() === '') problems.push(problem('reason_missing', 'reason'));
  return problems;
}

/** `lines[2].amount` → the field of that line; `reasonCodes[0]` → the list of codes. */
export function fieldOf(path: string, lines: readonly AskedLine[]): string {
  const line = /^lines\[(\d+)\]/.exec(path)?.[1];
  if (line !== undefined) return `decision-line-${lines[Number(line)]?.id ?? ''}`;
  return `decision-${path.replace(/\[\d+\].*$/, '')}`;
}

export function DecisionForm({ received, reasonCodes, standing, funder, onDone }: Props) {
  const { t } = useTranslation(['funder', 'common']);
  const { pick } = useLanguage();
  const [typed, setTyped] = useState<Typed>(EMPTY);
  const [problems, setProblems] = useState<readonly ProblemLike[]>([]);
  const [asking, setAsking] = useState(false);
  const [key, setKey] = useState(() => crypto.randomUUID());
  const [state, record] = useMutation(DecisionRecord);
  const lines = askedLines(received.document);
  const { outcome } = typed;
  const awards = outcome === 'APPROVE' || outcome === 'APPROVE_IN_PART';
  const change = (part: Partial<Typed>) => setTyped((old) => ({ ...old, ...part }));
  const errorAt = (path: string) => {
    const own = problems.filter((each) => each.path === path);
    return own.length === 0 ? undefined : own.map(problemWords).join(' ');
  };

  if (!standing.adopted) {
    return (
      <p className="pl-note pl-noprint">
        {t('decision.adoptFirst')}{' '}
        <Link to="/f/$funder/rounds/$round/shortlist" params={{ funder, round: received.round.id }}>
          {t('shortlist.title')}
        </Link>
      </p>
    );
  }

  function nameOf(path: string): string | undefined {
    const line = /^lines\[(\d+)\]/.exec(path)?.[1];
    if (line !== undefined) return lines[Number(line)]?.description;
    if (path === 'outcome') return t('decision.outcome');
    if (path === 'reason') return t('decision.reason');
    if (path === 'lines') return t('decision.lines');
    return path.startsWith('reasonCodes') ? t('decision.reasonCodes') : undefined;
  }
  function check() {
    const found = unfilled(typed, lines);
    setProblems(found);
    setAsking(found.length === 0);
  }
  async function confirmed() {
    if (outcome === null) return;
    const answer = await record({
      input: {
        submissionId: received.id,
        outcome,
        lines: awards ? lines.map((line) => ({ lineId: line.id, amount: awarded(typed, line) })) : [],
        reasonCodes: typed.codes,
        reason: typed.reason,
        conditions: typed.conditions,
        idempotencyKey: key,
      },
    });
    setAsking(false);
    const payload = answer.data?.decisionRecord;
    setProblems(payload ? payload.problems : UNREACHABLE);
    if (payload?.received && payload.problems.length === 0) {
      setTyped(EMPTY);
      setKey(crypto.randomUUID());
      onDone();
    } else if (payload) {
      setKey(crypto.randomUUID());
    }
  }

  return (
    <section className="pl-card pl-noprint" aria-labelledby="decide-title">
      <h2 id="decide-title">{received.decisions.length > 0 ? t('decision.supersede') : t('decision.title')}</h2>
      <ErrorSummary problems={problems} fieldId={(each) => fieldOf(each.path, lines)} nameOf={(each) => nameOf(each.path)} />
      <p>
        {standing.rank === null
          ? t('decision.unranked')
          : t(standing.aboveLine ? 'decision.rankAbove' : 'decision.rankBelow', { rank: standing.rank })}
      </p>
      <Radio.Group
        id="decision-outcome"
        className="pl-field"
        label={t('decision.outcome')}
        value={outcome ?? ''}
        error={errorAt('outcome')}
        onChange={(value) => change({ outcome: DECISIONS.find((each) => each === value) ?? null })}
      >
        <Group gap="lg" py="xs">
          {DECISIONS.map((each) => (
            <Radio key={each} value={each} label={t(`decision.act.${each}`)} />
          ))}
        </Group>
      </Radio.Group>
      {outcome !== null && awards !== standing.aboveLine && (
        <p className="pl-note fu-warn" role="status">
          {t('decision.departsNote')}
        </p>
      )}
      {awards && (
        <Amounts
          lines={lines}
          typed={typed}
          editable={outcome === 'APPROVE_IN_PART'}
          errorAt={errorAt}
          onChange={(id, text) => change({ amounts: { ...typed.amounts, [id]: text } })}
        />
      )}
      <fieldset className="pl-fieldset pl-field" id="decision-reasonCodes" tabIndex={-1}>
        <legend>{t('decision.reasonCodes')}</legend>
        <p className="pl-small pl-muted">{t('decision.reasonCodesHelp')}</p>
        {errorAt('reasonCodes') && <p className="pl-mark-bad pl-word pl-small">{errorAt('reasonCodes')}</p>}
        <Checkbox.Group value={typed.codes} onChange={(codes) => change({ codes })}>
          <div className="pl-choices">
            {reasonCodes.map(({ code, label }) => (
              <Checkbox key={code} value={code} label={pick(label)} />
            ))}
          </div>
        </Checkbox.Group>
      </fieldset>
      <Textarea
        id="decision-reason"
        className="pl-field"
        label={t('decision.reason')}
        description={t('decision.reasonHelp')}
        withAsterisk
        autosize
        minRows={3}
        value={typed.reason}
        error={errorAt('reason')}
        onChange={(event) => change({ reason: event.currentTarget.value })}
      />
      <Textarea
        id="decision-conditions"
        className="pl-field"
        label={t('decision.conditions')}
        autosize
        minRows={2}
        value={typed.conditions}
        error={errorAt('conditions')}
        onChange={(event) => change({ conditions: event.currentTarget.value })}
      />
      <Button onClick={check}>{t('decision.record')}</Button>
      <ConfirmDialog
        opened={asking}
        title={t('decision.confirmTitle')}
        confirm={t('decision.record')}
        busy={state.fetching}
        onConfirm={() => void confirmed()}
        onClose={() => setAsking(false)}
      >
        <p>
          {received.reference} · {pick(received.applicant.name)}:{' '}
          <strong>{outcome === null ? '' : t(`common:decision.${outcome}`)}</strong>
          {awards && `, ${money(total(typed, lines))}`}
        </p>
        {awards !== standing.aboveLine && <p className="pl-mark-warn">{t('decision.departsNote')}</p>}
        <p>{t('decision.confirmBody')}</p>
      </ConfirmDialog>
    </section>
  );
}

/** The amount of a line: as asked when approved in full, else as typed. */
function awarded(typed: Typed, line: AskedLine): string {
  return typed.outcome === 'APPROVE' ? line.asked : (readMoney(typed.amounts[line.id] ?? line.asked) ?? '0.00');
}

function total(typed: Typed, lines: readonly AskedLine[]): string {
  return sumDecimals(lines.map((line) => awarded(typed, line))) ?? '0.00';
}

interface AmountsProps {
  lines: readonly AskedLine[];
  typed: Typed;
  editable: boolean;
  errorAt: (path: string) => string | undefined;
  onChange: (id: string, text: string) => void;
}

function Amounts({ lines, typed, editable, errorAt, onChange }: AmountsProps) {
  const { t } = useTranslation(['funder', 'common']);
  return (
    <div className="pl-field" id="decision-lines" tabIndex={-1}>
      {errorAt('lines') && <p className="pl-mark-bad pl-word pl-small">{errorAt('lines')}</p>}
      <div className="pl-scroll" tabIndex={0} role="group" aria-label={t('decision.lines')}>
        <table className="pl-table fu-dense pl-compact">
          <caption className="pl-hidden">{t('decision.lines')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('budget.line')}</th>
              <th scope="col" className="pl-end">
                {t('decision.asked')}
              </th>
              <th scope="col" className="pl-end">
                {t('decision.approved')}
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line, position) => (
              <tr key={line.id}>
                <th scope="row">{line.description || line.id}</th>
                <td className="pl-end">{amount(line.asked)}</td>
                <td className="pl-end">
                  {editable ? (
                    <TextInput
                      id={`decision-line-${line.id}`}
                      aria-label={t('decision.approvedFor', { line: line.description || line.id })}
                      inputMode="decimal"
                      value={typed.amounts[line.id] ?? amount(line.asked)}
                      error={errorAt(`lines[${position}].amount`)}
                      onChange={(event) => onChange(line.id, event.currentTarget.value)}
                    />
                  ) : (
                    amount(line.asked)
                  )}
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t('decision.asTyped')}</th>
              <td className="pl-end">{amount(sumDecimals(lines.map((line) => line.asked)) ?? '0')}</td>
              <td className="pl-end" aria-live="polite">
                {amount(total(typed, lines))}
              </td>
            </tr>
          </tfoot>
        </table>
      </div>
    </div>
  );
}
