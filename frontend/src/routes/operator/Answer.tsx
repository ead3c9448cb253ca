// Why: letting an organisation in makes it real for everybody else; a refusal says why in words that the person reads.
import { Button, NativeSelect, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { problemsOf } from '@/api/problems';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { ErrorSummary } from '@/components/ErrorSummary';
import { problemWords, type ProblemLike } from '@/components/ProblemText';
import type { RegistrationShownFragment } from '@/gql/graphql';
import { useLanguage, wordFor } from '@/i18n';
import { personName } from '@/personName';
import { useSession } from '@/session/session';
import { RegistrationAnswer, RegistrationConfirm } from './query';

const REFUSALS = ['identity_not_shown', 'registered_already', 'not_served', 'details_wrong', 'other'] as const;

interface Props {
  row: RegistrationShownFragment;
  onAnswered: () => void;
}

export function Answer({ row, onAnswered }: Props) {
  const { me } = useSession();
  const open = row.proposals.find((each) => each.answeredAt === null);
  if (!open) return <Propose row={row} onAnswered={onAnswered} />;
  return <Proposed row={row} open={open} own={open.proposedBy === me?.userId} onAnswered={onAnswered} />;
}

interface ProposedProps extends Props {
  open: RegistrationShownFragment['proposals'][number];
  own: boolean;
}

function Proposed({ row, open, own, onAnswered }: ProposedProps) {
  const { t } = useTranslation('operator');
  const { pick } = useLanguage();
  const [problems, setProblems] = useState<readonly ProblemLike[]>([]);
  const [, confirm] = useMutation(RegistrationConfirm);
  const why = open.approve ? '' : (wordFor(`operator:registrations.refusals.${open.reasonCode}`) ?? open.reasonCode);
  async function answer(yes: boolean) {
    const done = await confirm({ input: { proposalId: open.id, confirm: yes } });
    const found = problemsOf(done.data?.registrationConfirm);
    setProblems(found);
    if (found.length === 0) onAnswered();
  }
  return (
    <div>
      <h3>{t('registrations.waitsSecond')}</h3>
      <ErrorSummary problems={problems} />
      <p>{t(open.approve ? 'registrations.proposesIn' : 'registrations.proposesOut', { who: personName(open.proposer) })}</p>
      {why !== '' && <p>{why}</p>}
      {open.reason !== '' && <p>{open.reason}</p>}
      {own ? (
        <p className="pl-muted">{t('registrations.otherPerson')}</p>
      ) : (
        <div className="pl-actions">
          <Button onClick={() => void answer(true)}>
            {t('registrations.confirm')}
            <span className="pl-hidden">: {pick(row.name)}</span>
          </Button>
          <Button variant="default" onClick={() => void answer(false)}>
            {t('registrations.return')}
            <span className="pl-hidden">: {pick(row.name)}</span>
          </Button>
        </div>
      )}
    </div>
  );
}

function Propose({ row, onAnswered }: Props) {
  const { t } = useTranslation('operator');
  const { pick } = useLanguage();
  const [asking, setAsking] = useState<'in' | 'out' | null>(null);
  const [reasonCode, setReasonCode] = useState('');
  const [reason, setReason] = useState('');
  const [problems, setProblems] = useState<readonly ProblemLike[]>([]);
  const [{ fetching }, send] = useMutation(RegistrationAnswer);
  const said = (path: string) => problems.filter((each) => each.path === path).map(problemWords).join(' ') || undefined;
  const general = problems.filter((each) => each.path !== 'reasonCode' && each.path !== 'reason');
  async function answer() {
    const approve = asking === 'in';
    const done = await send({ input: { registrationId: row.id, approve, reasonCode: approve ? null : reasonCode, reason } });
    const found = problemsOf(done.data?.registrationAnswer);
    setProblems(found);
    if (found.length > 0) return;
    setAsking(null);
    onAnswered();
  }
  function start(which: 'in' | 'out') {
    setProblems([]);
    setAsking(which);
  }
  return (
    <>
      <div className="pl-actions">
        <Button onClick={() => start('in')}>
          {t('registrations.letIn')}
          <span className="pl-hidden">: {pick(row.name)}</span>
        </Button>
        <Button variant="default" onClick={() => start('out')}>
          {t('registrations.refuse')}
          <span className="pl-hidden">: {pick(row.name)}</span>
        </Button>
      </div>
      <ConfirmDialog
        opened={asking !== null}
        busy={fetching}
        danger={asking === 'out'}
        title={t(asking === 'out' ? 'registrations.refuseTitle' : 'registrations.letInTitle', { name: pick(row.name) })}
        confirm={t(asking === 'out' ? 'registrations.refuse' : 'registrations.letIn')}
        onConfirm={() => void answer()}
        onClose={() => setAsking(null)}
      >
        <ErrorSummary problems={general} />
        <p>{t('registrations.second')}</p>
        {asking === 'out' && (
          <NativeSelect
            id="registration-reason-code"
            label={t('registrations.why')}
            data={[
              { value: '', label: t('registrations.choose') },
              ...REFUSALS.map((code) => ({ value: code, label: t(`registrations.refusals.${code}`) })),
            ]}
            value={reasonCode}
            error={said('reasonCode')}
            onChange={(event) => setReasonCode(event.currentTarget.value)}
            mb="sm"
          />
        )}
        <Textarea
          id="registration-reason"
          label={t(asking === 'out' ? 'registrations.words' : 'registrations.note')}
          description={asking === 'out' ? t('registrations.wordsHelp') : undefined}
          autosize
          minRows={3}
          value={reason}
          error={said('reason')}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </ConfirmDialog>
    </>
  );
}
