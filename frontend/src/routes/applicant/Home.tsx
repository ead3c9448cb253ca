// Why: where an NGO starts: what is due, what is under way, what is open.
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { PageTitle } from '@/components/PageTitle';
import { DataTable, type Column } from '@/components/DataTable';
import { Countdown, DateTimeHkt, Money } from '@/components/Figures';
import { EmptyState, QueryWait } from '@/components/PageStates';
import { RoundBadge, StageBadge } from '@/components/StatusBadge';
import { graphql } from '@/gql';
import type { ApplicantHomeQuery } from '@/gql/graphql';
import { useLanguage } from '@/i18n';
import { useSession } from '@/session/session';

const ApplicantHome = graphql(`
  query ApplicantHome {
    rounds(first: 50) {
      nodes {
        id
        code
        stage
        opensAt
        closesAt
        budget
        name {
          en
          zh
        }
        programme {
          illustrative
          name {
            en
            zh
          }
          funder {
            en
            zh
          }
        }
      }
    }
    applications(first: 50) {
      nodes {
        id
        reference
        stage
        updatedAt
        title {
          en
          zh
        }
        sections {
          code
          state
        }
        round {
          id
          closesAt
          stage
          name {
            en
            zh
          }
        }
      }
    }
  }
`);

type Application = ApplicantHomeQuery['applications']['nodes'][number];
type Round = ApplicantHomeQuery['rounds']['nodes'][number];

export default function Home() {
  const { t } = useTranslation('applicant');
  const { pick } = useLanguage();
  const { me } = useSession();
  const [state, ask] = useQuery({ query: ApplicantHome, requestPolicy: 'cache-and-network' });
  if (!state.data) {
    return <QueryWait state={state} found={false} retry={() => ask({ requestPolicy: 'network-only' })} />;
  }
  const { rounds, applications } = state.data;
  const drafts = applications.nodes.filter((each) => each.stage === 'DRAFT');
  const open = rounds.nodes.filter((round) => round.stage === 'OPEN');
  const planned = rounds.nodes.filter((round) => round.stage === 'PLANNED');
  return (
    <>
      <PageTitle>{me ? pick(me.tenant.name) : ''}</PageTitle>
      <Tasks drafts={drafts} />
      <h2>{t('home.applications')}</h2>
      {applications.nodes.length === 0 ? (
        <EmptyState>{t('home.noApplications')}</EmptyState>
      ) : (
        <Applications rows={applications.nodes} />
      )}
      <h2 style={{ marginTop: '1.5rem' }}>{t('home.openRounds')}</h2>
      {open.length === 0 && <EmptyState>{t('home.noRounds')}</EmptyState>}
      <div className="pl-grid-2">
        {[...open, ...planned].map((round) => (
          <RoundCard key={round.id} round={round} />
        ))}
      </div>
    </>
  );
}

function Tasks({ drafts }: { drafts: Application[] }) {
  const { t } = useTranslation('applicant');
  const { pick } = useLanguage();
  const { org } = useParams({ from: '/o/$org' });
  if (drafts.length === 0) return null;
  return (
    <section className="pl-card" aria-labelledby="tasks-title">
      <h2 id="tasks-title">{t('home.todo')}</h2>
      <ul className="pl-list">
        {drafts.map((draft) => {
          const left = draft.sections.filter((section) => section.state !== 'COMPLETED').length;
          return (
            <li key={draft.id} className="pl-row">
              <span>
                <Link to="/o/$org/applications/$id" params={{ org, id: draft.id }}>
                  {pick(draft.title) || draft.reference}
                </Link>{' '}
                <span className="pl-muted">
                  {left === 0 ? t('home.readyToSubmit') : t('home.sectionsLeft', { count: left })}
                </span>
              </span>
              <Countdown closesAt={draft.round.closesAt} />
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Applications({ rows }: { rows: Application[] }) {
  const { t } = useTranslation('applicant');
  const { pick } = useLanguage();
  const { org } = useParams({ from: '/o/$org' });
  const columns: Column<Application>[] = [
    { id: 'reference', header: t('home.reference'), cell: (row) => row.reference, sortBy: (row) => row.reference },
    {
      id: 'title',
      header: t('home.project'),
      sortBy: (row) => pick(row.title),
      cell: (row) => {
        const words = pick(row.title) || t('home.untitled');
        return row.stage === 'DRAFT' ? (
          <Link to="/o/$org/applications/$id" params={{ org, id: row.id }}>
            {words}
          </Link>
        ) : (
          <Link to="/o/$org/applications/$id/submitted" params={{ org, id: row.id }}>
            {words}
          </Link>
        );
      },
    },
    { id: 'round', header: t('home.round'), cell: (row) => pick(row.round.name), sortBy: (row) => pick(row.round.name) },
    { id: 'stage', header: t('home.stage'), cell: (row) => <StageBadge stage={row.stage} />, sortBy: (row) => row.stage },
    {
      id: 'updated',
      header: t('home.updated'),
      cell: (row) => <DateTimeHkt at={row.updatedAt} />,
      sortBy: (row) => row.updatedAt,
    },
  ];
  return <DataTable caption={t('home.applications')} columns={columns} rows={rows} rowId={(row) => row.id} />;
}

function RoundCard({ round }: { round: Round }) {
  const { t } = useTranslation('applicant');
  const { pick } = useLanguage();
  const { org } = useParams({ from: '/o/$org' });
  return (
    <section className="pl-card" aria-label={pick(round.name)}>
      <h3>
        <Link to="/o/$org/rounds/$round" params={{ org, round: round.id }}>
          {pick(round.name)}
        </Link>
      </h3>
      <p className="pl-muted pl-small">
        {pick(round.programme.name)} · {pick(round.programme.funder)}
      </p>
      <p>
        <RoundBadge stage={round.stage} /> {t('home.budget')} <Money amount={round.budget} />
      </p>
      <p>
        <Countdown opensAt={round.opensAt} closesAt={round.closesAt} />
      </p>
    </section>
  );
}
