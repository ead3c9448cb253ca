// Why: an applicant may appeal once, within the days for it; what became of it stands in the same place.
import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { useServerNow } from '@/api/clock';
import { problemsOf } from '@/api/problems';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { ErrorSummary } from '@/components/ErrorSummary';
import { DateTimeHkt } from '@/components/Figures';
import { problemWords, type ProblemLike } from '@/components/ProblemText';
import { date } from '@/format';
import { graphql, readFragment, type FragmentType } from '@/gql';
import type { AwardShownFragment } from '@/gql/graphql';
import { useLanguage } from '@/i18n';
import { useSession } from '@/session/session';
import { maySubmit } from '../may';
import { daysLeft, dropGrounds, keepGrounds, keptGrounds } from './grounds';
import { AwardShown } from './query';

const AppealSend = graphql(`
  mutation AppealSend($input: AppealSendInput!) {
    appealSend(input: $input) {
      application {
        ...AwardShown
      }
      problems {
        ...ProblemShown
      }
    }
  }
`);

const MINUTE = 60_000;
const FIELD = 'appeal-grounds';

interface Props {
  application: FragmentType<typeof AwardShown>;
  refetch: () => void;
}

export function AppealPart({ application: masked, refetch }: Props) {
  const { t } = useTranslation('award');
  const { language } = useLanguage();
  const { me } = useSession();
  const application = readFragment(AwardShown, masked);
  const now = useServerNow(MINUTE);
  const { appeal, appealUntil } = application;
  const left = appealUntil === null ? 0 : daysLeft(appealUntil, now);
  if (appeal === null && left === 0) return null;
  return (
    <section className="pl-card" aria-labelledby="appeal-title">
      <h2 id="appeal-title">{t('applicant.appeal')}</h2>
      {appeal !== null && <Sent appeal={appeal} />}
      {appealUntil !== null && left > 0 && (
        <>
          <p>{t('applicant.until', { date: date(appealUntil, language), days: t('applicant.days', { count: left }) })}</p>
          {me && maySubmit(me.roles) ? (
            <Form applicationId={application.id} userId={me.userId} onDone={refetch} />
          ) : (
            <p className="pl-note">{t('applicant.endorserOnly')}</p>
          )}
        </>
      )}
    </section>
  );
}

function Sent({ appeal }: { appeal: NonNullable<AwardShownFragment['appeal']> }) {
  const { t } = useTranslation('award');
  return (
    <>
      <p className={appeal.outcome === null ? 'pl-note' : ''}>
        <strong>{appeal.outcome === null ? t('applicant.waiting') : t(`applicant.${appeal.outcome}`)}</strong>
      </p>
      <dl className="pl-facts">
        <dt>{t('applicant.sentAt')}</dt>
        <dd>
          <DateTimeHkt at={appeal.sentAt} />
        </dd>
        <dt>{t('applicant.grounds')}</dt>
        <dd className="pl-answer">{appeal.grounds}</dd>
        {appeal.decidedAt !== null && (
          <>
            <dt>{t('applicant.decided')}</dt>
            <dd>
              <DateTimeHkt at={appeal.decidedAt} />
            </dd>
          </>
        )}
        {appeal.reason !== null && (
          <>
            <dt>{t('appeals.reason')}</dt>
            <dd className="pl-answer">{appeal.reason}</dd>
          </>
        )}
      </dl>
    </>
  );
}

interface FormProps {
  applicationId: string;
  userId: string;
  onDone: () => void;
}

function Form({ applicationId, userId, onDone }: FormProps) {
  const { t } = useTranslation('award');
  const [grounds, setGrounds] = useState(() => keptGrounds(userId, applicationId));
  const [key, setKey] = useState(() => crypto.randomUUID());
  const [asking, setAsking] = useState(false);
  const [problems, setProblems] = useState<readonly ProblemLike[]>([]);
  const [state, send] = useMutation(AppealSend);
  const own = problems.filter((each) => each.path === 'grounds');
  const type = (text: string) => {
    setGrounds(text);
    keepGrounds(userId, applicationId, text);
  };
  function check() {
    const found = grounds.trim() === '' ? [{ code: 'grounds_missing', path: 'grounds', message: '', params: [] }] : [];
    setProblems(found);
    setAsking(found.length === 0);
  }
  async function confirmed() {
    const answer = await send({ input: { applicationId, grounds, idempotencyKey: key } });
    setAsking(false);
    const found = problemsOf(answer.data?.appealSend);
    setProblems(found);
    if (answer.data) setKey(crypto.randomUUID());
    if (found.length > 0) return;
    dropGrounds(userId, applicationId);
    onDone();
  }
  return (
    <div className="pl-noprint">
      <ErrorSummary
        problems={problems}
        fieldId={(each) => (each.path === 'grounds' ? FIELD : undefined)}
        nameOf={(each) => (each.path === 'grounds' ? t('applicant.grounds') : undefined)}
      />
      <Textarea
        id={FIELD}
        className="pl-field"
        label={t('applicant.grounds')}
        description={`${t('applicant.help')} ${t('applicant.kept')}`}
        withAsterisk
        autosize
        minRows={4}
        value={grounds}
        error={own.length === 0 ? undefined : own.map(problemWords).join(' ')}
        onChange={(event) => type(event.currentTarget.value)}
      />
      <Button onClick={check}>{t('applicant.send')}</Button>
      <ConfirmDialog
        opened={asking}
        title={t('applicant.confirmTitle')}
        confirm={t('applicant.send')}
        busy={state.fetching}
        onConfirm={() => void confirmed()}
        onClose={() => setAsking(false)}
      >
        <p>{t('applicant.confirmBody')}</p>
      </ConfirmDialog>
    </div>
  );
}
