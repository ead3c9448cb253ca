// Why: everything about a round before anybody starts: rules, criteria, every question, how it is
// scored, when it closes; printable and downloadable.
import { Button, Group } from '@mantine/core';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { problemsOf } from '@/api/problems';
import { PageTitle } from '@/components/PageTitle';
import { ErrorSummary } from '@/components/ErrorSummary';
import { Countdown, DateTimeHkt, Money, Percent } from '@/components/Figures';
import { QueryWait } from '@/components/PageStates';
import type { ProblemLike } from '@/components/ProblemText';
import { RoundBadge } from '@/components/StatusBadge';
import { graphql } from '@/gql';
import type { RoundPageQuery } from '@/gql/graphql';
import { aside, useLanguage } from '@/i18n';
import { useSession } from '@/session/session';
import { mayStart } from './may';
import { downloadText, questionsAsText } from './questions';
import { CriteriaList, QuestionList, RubricTable } from './RoundParts';

const RoundPageDocument = graphql(`
  query RoundPage($id: ID!) {
    round(id: $id) {
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
        id
        version
        label
        illustrative
        discountRate
        name {
          en
          zh
        }
        funder {
          en
          zh
        }
        sections {
          code
          editor
          title {
            en
            zh
          }
          intro {
            en
            zh
          }
          fields {
            ...FieldData
          }
        }
        criteria {
          id
          group
          severity
          evidence
          source
          question {
            en
            zh
          }
        }
        rubric {
          id
          weight
          lookFor {
            en
            zh
          }
          machineRead
          name {
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
        round {
          id
        }
      }
    }
  }
`);

const ApplicationStart = graphql(`
  mutation ApplicationStart($input: ApplicationStartInput!) {
    applicationStart(input: $input) {
      application {
        id
      }
      problems {
        ...ProblemShown
      }
    }
  }
`);

export type RoundShown = NonNullable<RoundPageQuery['round']>;

export default function RoundPage() {
  const { round: id } = useParams({ from: '/o/$org/rounds/$round' });
  const [state, ask] = useQuery({ query: RoundPageDocument, variables: { id }, requestPolicy: 'cache-and-network' });
  const round = state.data?.round;
  if (!round) {
    return <QueryWait state={state} found={false} retry={() => ask({ requestPolicy: 'network-only' })} />;
  }
  const own = (state.data?.applications.nodes ?? []).filter(
    (application) => application.round.id === round.id && application.stage !== 'WITHDRAWN',
  );
  return <OpenRound round={round} own={own} />;
}

interface OpenProps {
  round: RoundShown;
  /** The organisation's own applications to this round; it may make several. */
  own: RoundPageQuery['applications']['nodes'];
}

function OpenRound({ round, own }: OpenProps) {
  const { t } = useTranslation('applicant');
  const { t: common } = useTranslation();
  const { pick, language } = useLanguage();
  const { programme } = round;
  return (
    <>
      <PageTitle>{pick(round.name)}</PageTitle>
      <p>
        {pick(programme.name)} · {pick(programme.funder)}
      </p>
      {programme.illustrative && (
        <div className="pl-card pl-warncard">
          <p>
            <strong>{common('programme.illustrative')}.</strong> {common('programme.illustrativeHelp')}
          </p>
          <p>
            <strong>{common('programme.officialNotLoaded')}.</strong> {common('programme.officialNotLoadedHelp')}
          </p>
          <p className="pl-small" lang="en">
            {programme.label}
          </p>
        </div>
      )}
      <dl className="pl-facts pl-card">
        <dt>{t('round.status')}</dt>
        <dd>
          <RoundBadge stage={round.stage} />
        </dd>
        <dt>{t('round.closes')}</dt>
        <dd>
          <Countdown opensAt={round.opensAt} closesAt={round.closesAt} />
        </dd>
        <dt>{t('round.opened')}</dt>
        <dd>
          <DateTimeHkt at={round.opensAt} />
        </dd>
        <dt>{t('round.budget')}</dt>
        <dd>
          <Money amount={round.budget} />
        </dd>
        <dt>{t('round.discountRate')}</dt>
        <dd>
          <Percent share={programme.discountRate} />
        </dd>
        <dt>{t('round.version')}</dt>
        <dd>
          {round.code} · {programme.version}
        </dd>
      </dl>
      <StartPart round={round} own={own} />
      <h2>{t('round.criteria')}</h2>
      <CriteriaList criteria={programme.criteria} />
      <h2>{t('round.questions')}</h2>
      <p>{t('round.questionsHelp')}</p>
      <Group mb="sm" className="pl-noprint">
        <Button
          variant="default"
          onClick={() => downloadText(`${round.code}-${language}.txt`, questionsAsText(round, language))}
        >
          {t('round.download')}
        </Button>
        <Button variant="default" onClick={() => window.print()}>
          {common('actions.print')}
        </Button>
      </Group>
      <QuestionList sections={programme.sections} />
      <h2>{t('round.rubric')}</h2>
      <p>{t('round.rubricHelp')}</p>
      <RubricTable rubric={programme.rubric} />
    </>
  );
}

function StartPart({ round, own }: OpenProps) {
  const { t } = useTranslation('applicant');
  const { org } = useParams({ from: '/o/$org/rounds/$round' });
  const { me } = useSession();
  const navigate = useNavigate();
  const [start, startApplication] = useMutation(ApplicationStart);
  const [problems, setProblems] = useState<readonly ProblemLike[]>([]);
  // One key per visit: pressing twice, or again after a lost answer, starts one application.
  const idempotencyKey = useRef(crypto.randomUUID());

  async function begin() {
    const answer = await startApplication({ input: { roundId: round.id, idempotencyKey: idempotencyKey.current } });
    const payload = answer.data?.applicationStart;
    if (payload?.application) {
      await navigate({ to: '/o/$org/applications/$id', params: { org, id: payload.application.id } });
    } else {
      setProblems(
        problemsOf(payload),
      );
    }
  }
  const offered = round.stage === 'OPEN' && me !== null && mayStart(me.roles);
  return (
    <div className="pl-noprint" style={{ marginBottom: '1rem' }}>
      {own.map((each) => (
        <p key={each.id}>
          <Link
            to={each.stage === 'DRAFT' ? '/o/$org/applications/$id' : '/o/$org/applications/$id/submitted'}
            params={{ org, id: each.id }}
          >
            {each.stage === 'DRAFT' ? t('round.openDraft') : t('round.openSubmitted')}
            {aside(each.reference)}
          </Link>
        </p>
      ))}
      {offered && (
        <>
          <ErrorSummary problems={problems} />
          <Button size="md" loading={start.fetching} onClick={() => void begin()}>
            {t('round.start')}
          </Button>
          <p className="pl-muted pl-small">{t('round.startHelp')}</p>
        </>
      )}
    </div>
  );
}
