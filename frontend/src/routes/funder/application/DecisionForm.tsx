// Why: the chair's form: outcome, amount per line as asked until changed, coded and written reasons,
// conditions. What is typed is kept on this device until it is recorded. It is confirmed first; who departs from the adopted order says why, and
// above a limit a second person confirms.
import { Button, Checkbox, Group, Radio, Textarea } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { problemsOf } from '@/api/problems';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { ErrorSummary } from '@/components/ErrorSummary';
import { problemWords, type ProblemLike } from '@/components/ProblemText';
import { money } from '@/format';
import { graphql, readFragment } from '@/gql';
import { useLanguage } from '@/i18n';
import { useKept } from '../../applicant/section/useKept';
import { isMore } from '../../applicant/sums';
import { DECISIONS } from '../search';
import { askedLines } from './content';
import { DecisionAmounts } from './DecisionAmounts';
import { awards, fieldOf, readTyped, sentLines, total, unfilled } from './decisionDraft';
import { DecisionProposalShown, DeskShown, type ReasonCodes, type Received } from './query';

const DecisionRecord = graphql(`
  mutation DecisionRecord($input: DecisionRecordInput!) {
    decisionRecord(input: $input) {
      received {
        id
        ...DeskShown
      }
      problems {
        ...ProblemShown
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
  userId: string;
  reasonCodes: ReasonCodes;
  standing: Standing;
  funder: string;
  onDone: () => void;
}

export function DecisionForm({ received, userId, reasonCodes, standing, funder, onDone }: Props) {
  const { t } = useTranslation(['funder', 'common', 'award']);
  const { pick } = useLanguage();
  const place = { userId, thing: received.id, part: 'decision', version: received.decisions.length };
  const { typed, restored, change, clear } = useKept(place, readTyped);
  const [problems, setProblems] = useState<readonly ProblemLike[]>([]);
  const [asking, setAsking] = useState(false);
  const [proposed, setProposed] = useState(false);
  const [key, setKey] = useState(() => crypto.randomUUID());
  const [state, record] = useMutation(DecisionRecord);
  const desk = readFragment(DeskShown, received);
  const lines = askedLines(received.document);
  const { outcome } = typed;
  const awarding = awards(outcome);
  const departs = outcome !== null && awarding === desk.departsIfAwarded;
  const sum = total(typed, lines);
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
    if (path === 'departureReason') return t('award:order.reason');
    if (path === 'lines') return t('decision.lines');
    return path.startsWith('reasonCodes') ? t('decision.reasonCodes') : undefined;
  }
  function check() {
    const found = unfilled(typed, lines, departs);
    setProposed(false);
    setProblems(found);
    setAsking(found.length === 0);
  }
  async function confirmed() {
    if (outcome === null) return;
    const answer = await record({
      input: {
        submissionId: received.id,
        outcome,
        lines: awarding ? sentLines(typed, lines) : [],
        reasonCodes: typed.codes,
        reason: typed.reason,
        departureReason: departs ? typed.departureReason : '',
        conditions: typed.conditions,
        idempotencyKey: key,
      },
    });
    setAsking(false);
    const payload = answer.data?.decisionRecord;
    setProblems(problemsOf(payload));
    if (payload?.received && payload.problems.length === 0) {
      setProposed(readFragment(DecisionProposalShown, readFragment(DeskShown, payload.received).proposals).some((each) => each.state === 'OPEN'));
      clear();
      setKey(crypto.randomUUID());
      onDone();
    } else if (payload) {
      setKey(crypto.randomUUID());
    }
  }

  return (
    <section className="pl-card pl-noprint" aria-labelledby="decide-title">
      <h2 id="decide-title">{received.decisions.length > 0 ? t('decision.supersede') : t('decision.title')}</h2>
      <p role="status" className={proposed ? 'pl-note' : ''}>
        {proposed ? t('award:confirm.sent') : ''}
      </p>
      {restored && <p className="pl-note">{t('review.restored')}</p>}
      <ErrorSummary problems={problems} fieldId={(each) => fieldOf(each.path, lines)} nameOf={(each) => nameOf(each.path)} />
      <p>
        {standing.rank === null
          ? t('decision.unranked')
          : t(standing.aboveLine ? 'decision.rankAbove' : 'decision.rankBelow', { rank: standing.rank })}{' '}
        {desk.confirmAbove !== null && t('award:confirm.rule', { limit: money(desk.confirmAbove) })}
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
      <div role="status">
        {outcome !== null && <p className={departs ? 'pl-note fu-warn' : 'pl-small'}>{t(departs ? 'award:order.departs' : 'award:order.follows')}</p>}
      </div>
      {departs && (
        <Reason
          field="departureReason"
          label={t('award:order.reason')}
          help={t('award:order.reasonHelp')}
          value={typed.departureReason}
          error={errorAt('departureReason')}
          onChange={(departureReason) => change({ departureReason })}
        />
      )}
      {awarding && (
        <DecisionAmounts
          lines={lines}
          typed={typed}
          editable={outcome === 'APPROVE_IN_PART'}
          errorAt={errorAt}
          onChange={(id, text) => change({ amounts: { ...typed.amounts, [id]: text } })}
        />
      )}
      {awarding && <SecondPerson sum={sum} limit={desk.confirmAbove} />}
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
      <Reason
        field="reason"
        label={t('decision.reason')}
        help={t('decision.reasonHelp')}
        value={typed.reason}
        error={errorAt('reason')}
        onChange={(reason) => change({ reason })}
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
          {awarding && sum !== null && `, ${money(sum)}`}
        </p>
        {departs && <p className="pl-mark-warn">{t('decision.departsNote')}</p>}
        {awarding && <SecondPerson sum={sum} limit={desk.confirmAbove} />}
        <p>{t('decision.confirmBody')}</p>
      </ConfirmDialog>
    </section>
  );
}

/** Above the limit one person's decision is a proposal. */
function SecondPerson({ sum, limit }: { sum: string | null; limit: string | null }) {
  const { t } = useTranslation('award');
  if (sum === null || limit === null || !isMore(sum, limit)) return null;
  return <p className="pl-note fu-warn">{t('confirm.needed', { amount: money(sum), limit: money(limit) })}</p>;
}

interface ReasonProps {
  field: string;
  label: string;
  help: string;
  value: string;
  error: string | undefined;
  onChange: (text: string) => void;
}

function Reason({ field, label, help, value, error, onChange }: ReasonProps) {
  return (
    <Textarea
      id={`decision-${field}`}
      className="pl-field"
      label={label}
      description={help}
      withAsterisk
      autosize
      minRows={3}
      value={value}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
