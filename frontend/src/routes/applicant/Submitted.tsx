// Why: after sending: proof of what was received and when, what is happening to it now, and the
// timeline; never anybody else's data.
import { Button, Group } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { problemsOf } from '@/api/problems';
import { PageTitle } from '@/components/PageTitle';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { ErrorSummary } from '@/components/ErrorSummary';
import { DateTimeHkt } from '@/components/Figures';
import { QueryWait } from '@/components/PageStates';
import type { ProblemLike } from '@/components/ProblemText';
import { ProgressSteps, useWork } from '@/components/ProgressSteps';
import { StageBadge } from '@/components/StatusBadge';
import { graphql } from '@/gql';
import type { SubmittedPageQuery } from '@/gql/graphql';
import { useLanguage, wordFor } from '@/i18n';
import { useSession } from '@/session/session';
import { AppealPart } from './award/AppealPart';
import { Letters } from './award/Letters';
import { maySubmit } from './may';
import { downloadText } from './questions';

const SubmittedPage = graphql(`
  query SubmittedPage($id: ID!) {
    application(id: $id) {
      id
      reference
      stage
      title {
        en
        zh
      }
      round {
        id
        stage
        closesAt
        name {
          en
          zh
        }
      }
      submission {
        id
        versionNo
        sha256
        receivedAt
        document
      }
      timeline {
        code
        at
        params {
          name
          value
        }
      }
      progress {
        kind
        state
        at
      }
      outturn {
        sent
      }
      ...AwardShown
    }
  }
`);

const ApplicationWithdraw = graphql(`
  mutation ApplicationWithdraw($input: ApplicationWithdrawInput!) {
    applicationWithdraw(input: $input) {
      application {
        id
        stage
      }
      problems {
        ...ProblemShown
      }
    }
  }
`);

type Application = NonNullable<SubmittedPageQuery['application']>;

export default function Submitted() {
  const { id } = useParams({ from: '/o/$org/applications/$id/submitted' });
  const [state, ask] = useQuery({ query: SubmittedPage, variables: { id }, requestPolicy: 'cache-and-network' });
  const refetch = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  const application = state.data?.application;
  if (!application) return <QueryWait state={state} found={false} retry={refetch} />;
  return <Sent application={application} refetch={refetch} />;
}

function Sent({ application, refetch }: { application: Application; refetch: () => void }) {
  const { t } = useTranslation('applicant');
  const { t: files } = useTranslation('files');
  const { pick } = useLanguage();
  const { org, id } = useParams({ from: '/o/$org/applications/$id/submitted' });
  const work = useWork({ application: application.id }, application.progress, refetch);
  const receipt = application.submission;
  return (
    <>
      <p className="pl-small pl-muted">
        <Link to="/o/$org" params={{ org }}>
          ‹ {t('submitted.home')}
        </Link>{' '}
        · {pick(application.round.name)}
      </p>
      <PageTitle>{pick(application.title) || application.reference}</PageTitle>
      {!receipt && (
        <p>
          {t('submitted.notYet')}{' '}
          <Link to="/o/$org/applications/$id" params={{ org, id }}>
            {t('section.backToTasks')}
          </Link>
        </p>
      )}
      {receipt && (
        <section className="pl-card pl-receipt" aria-labelledby="receipt-title">
          <h2 id="receipt-title">
            {t('submitted.received')} <StageBadge stage={application.stage} />
          </h2>
          <dl className="pl-facts">
            <dt>{t('home.reference')}</dt>
            <dd>
              <strong>{application.reference}</strong>
            </dd>
            <dt>{t('submitted.receivedAt')}</dt>
            <dd>
              <DateTimeHkt at={receipt.receivedAt} />
            </dd>
            <dt>{t('submitted.version')}</dt>
            <dd>{receipt.versionNo}</dd>
            <dt>{t('submitted.sha256')}</dt>
            <dd>
              <code className="pl-hash">{receipt.sha256}</code>
              <div className="pl-muted pl-small">{t('submitted.sha256Help')}</div>
            </dd>
          </dl>
          <Group className="pl-noprint">
            <Button variant="default" onClick={() => window.print()}>
              {t('submitted.printReceipt')}
            </Button>
            <Button
              variant="default"
              onClick={() => downloadText(`${application.reference}.json`, JSON.stringify(receipt.document, null, 2))}
            >
              {t('submitted.download')}
            </Button>
          </Group>
        </section>
      )}
      <p className="pl-noprint">
        <Link to="/o/$org/applications/$id/files" params={{ org, id }}>
          {files('title')}
        </Link>
      </p>
      {application.outturn && (
        <p className="pl-note">
          <Link to="/o/$org/applications/$id/outturn" params={{ org, id }}>
            {application.outturn.sent ? t('submitted.outturnSent') : t('submitted.outturn')}
          </Link>
          {' · '}
          <Link to="/o/$org/applications/$id/purchases" params={{ org, id }}>
            {t('submitted.purchases')}
          </Link>
        </p>
      )}
      <Letters application={application} reference={application.reference} />
      <AppealPart application={application} refetch={refetch} />
      <div className="pl-grid-2">
        {work.steps.length > 0 && <ProgressSteps steps={work.steps} live={work.live} />}
        <Timeline events={application.timeline} />
      </div>
      {application.stage === 'SUBMITTED' && <Withdraw application={application} onDone={refetch} />}
    </>
  );
}

function Timeline({ events }: { events: Application['timeline'] }) {
  const { t } = useTranslation('applicant');
  return (
    <section className="pl-card" aria-labelledby="timeline-title">
      <h2 id="timeline-title">{t('submitted.timeline')}</h2>
      <ol className="pl-timeline">
        {events.map((event) => (
          <li key={`${event.code}${event.at}`}>
            <strong>{eventWord(event)}</strong>
            <div className="pl-muted pl-small">
              <DateTimeHkt at={event.at} />
            </div>
          </li>
        ))}
      </ol>
      <p className="pl-muted pl-small">{t('submitted.timelineHelp')}</p>
    </section>
  );
}

function eventWord(event: Application['timeline'][number]): string {
  const values = Object.fromEntries(event.params.map(({ name, value }) => [name, value]));
  return wordFor(`applicant:submitted.events.${event.code}`, values) ?? event.code;
}

function Withdraw({ application, onDone }: { application: Application; onDone: () => void }) {
  const { t } = useTranslation('applicant');
  const { me } = useSession();
  const [state, withdraw] = useMutation(ApplicationWithdraw);
  const [asking, setAsking] = useState(false);
  const [problems, setProblems] = useState<readonly ProblemLike[]>([]);
  if (!me || !maySubmit(me.roles)) return null;

  async function confirmed() {
    const answer = await withdraw({ input: { applicationId: application.id } });
    setAsking(false);
    setProblems(
      problemsOf(answer.data?.applicationWithdraw),
    );
    onDone();
  }
  return (
    <div className="pl-noprint">
      <ErrorSummary problems={problems} />
      <Button variant="default" onClick={() => setAsking(true)}>
        {t('submitted.withdraw')}
      </Button>
      <ConfirmDialog
        opened={asking}
        danger
        title={t('submitted.withdraw')}
        confirm={t('submitted.withdraw')}
        busy={state.fetching}
        onConfirm={() => void confirmed()}
        onClose={() => setAsking(false)}
      >
        <p>{t('submitted.withdrawBody')}</p>
      </ConfirmDialog>
    </div>
  );
}
