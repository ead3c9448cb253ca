// Why: everything on one page before it is sent, each answer with a way back; sending is confirmed
// and carries a key, so that sending twice sends once.
import { Button, Group } from '@mantine/core';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { problemsOf, readProblems } from '@/api/problems';
import { PageTitle } from '@/components/PageTitle';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { ErrorSummary } from '@/components/ErrorSummary';
import { Countdown, Money, Ratio } from '@/components/Figures';
import { QueryWait } from '@/components/PageStates';
import type { ProblemLike } from '@/components/ProblemText';
import { EligibilityBadge, SectionBadge } from '@/components/StatusBadge';
import { graphql, readFragment } from '@/gql';
import type { CheckAnswersQuery, FieldDataFragment, PreviewFiguresFragment } from '@/gql/graphql';
import { useLanguage } from '@/i18n';
import { useSession } from '@/session/session';
import { Answers } from './Answers';
import type { Place } from './facts';
import { maySubmit } from './may';
import { NoFigures } from './NoFigures';
import { figuresOf } from './preview';
import { isSettled } from './settled';
import { FieldData, questionName } from './section/context';
import { useMapQuestions } from './valuemap/mapQuestions';

const CheckAnswersDocument = graphql(`
  query CheckAnswers($id: ID!) {
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
        closesAt
        programme {
          sections {
            code
            title {
              en
              zh
            }
            fields {
              ...FieldData
            }
          }
        }
      }
      sections {
        code
        state
        content
        problems {
          ...ProblemShown
        }
      }
      preview {
        ...PreviewFigures
      }
    }
  }
`);

const ApplicationSubmit = graphql(`
  mutation ApplicationSubmit($input: ApplicationSubmitInput!) {
    applicationSubmit(input: $input) {
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

type Application = NonNullable<CheckAnswersQuery['application']>;

/** A problem of a section, remembering which. */
interface Found extends ProblemLike {
  section: string;
}

export default function CheckAnswers() {
  const { id } = useParams({ from: '/o/$org/applications/$id/check' });
  const [state, ask] = useQuery({ query: CheckAnswersDocument, variables: { id }, requestPolicy: 'cache-and-network' });
  const application = state.data?.application;
  if (!application) {
    return <QueryWait state={state} found={false} retry={() => ask({ requestPolicy: 'network-only' })} />;
  }
  return <Check application={application} />;
}

function Check({ application }: { application: Application }) {
  const { t } = useTranslation('applicant');
  const { pick } = useLanguage();
  const navigate = useNavigate();
  const where = useParams({ from: '/o/$org/applications/$id/check' });
  const found: Found[] = application.sections.flatMap((section) =>
    readProblems(section.problems).map((problem) => ({ ...problem, section: section.code })),
  );
  const preview = figuresOf(application.preview);
  const follow = (problem: ProblemLike) => {
    const place = placeOf(problem, application);
    if (!place) return;
    void navigate({
      to: '/o/$org/applications/$id/$section',
      params: { ...where, section: place.section },
      hash: place.path,
    });
  };
  const contentOf = (code: string): unknown => application.sections.find((section) => section.code === code)?.content;
  const nameOf = (problem: ProblemLike) => {
    const place = placeOf(problem, application);
    const info = application.round.programme.sections.find((each) => each.code === place?.section);
    if (!info || !place) return undefined;
    const question = questionName(readFragment(FieldData, info.fields), place.path, pick, contentOf(info.code));
    return question === undefined ? pick(info.title) : `${pick(info.title)} › ${question}`;
  };
  return (
    <>
      <p className="pl-small pl-noprint">
        <Link to="/o/$org/applications/$id" params={where}>
          ‹ {t('section.backToTasks')}
        </Link>{' '}
        · {application.reference}
      </p>
      <PageTitle>{t('check.title')}</PageTitle>
      <div className="pl-saveline">
        <span>{pick(application.title) || t('home.untitled')}</span>
        <Countdown closesAt={application.round.closesAt} />
      </div>
      <ErrorSummary problems={found} nameOf={nameOf} onFollow={follow} takeFocus={false} />
      <NoFigures missing={preview === null} />
      {preview && <Figures preview={preview} />}
      {application.round.programme.sections.map((info) => {
        const section = application.sections.find((each) => each.code === info.code);
        if (!section) return null;
        return (
          <section key={info.code} className="pl-card" aria-label={pick(info.title)}>
            <div className="pl-cardhead">
              <h2>{pick(info.title)}</h2>
              <span>
                <SectionBadge state={section.state} />{' '}
                <Link
                  className="pl-noprint"
                  to="/o/$org/applications/$id/$section"
                  params={{ ...where, section: info.code }}
                >
                  {t('check.change')}
                  <span className="pl-hidden"> {pick(info.title)}</span>
                </Link>
              </span>
            </div>
            <SectionAnswers code={info.code} fields={readFragment(FieldData, info.fields)} content={section.content} />
          </section>
        );
      })}
      <Submit application={application} nameOf={nameOf} onFollow={follow} />
    </>
  );
}

/** What the machine makes of the answers as they stand. */
function Figures({ preview }: { preview: PreviewFiguresFragment }) {
  const { t } = useTranslation('applicant');
  const where = useParams({ from: '/o/$org/applications/$id/check' });
  return (
    <section className="pl-figures" aria-label={t('check.figures')}>
      <div>
        <span className="pl-muted">{t('budget.ask')}</span>
        <strong>
          <Money amount={preview.ask} />
        </strong>
      </div>
      <div>
        <span className="pl-muted">{t('budget.cost')}</span>
        <strong>
          <Money amount={preview.totalCost} />
        </strong>
      </div>
      <div>
        <span className="pl-muted">SROI</span>
        <strong>
          <Ratio value={preview.sroi?.ratio} />
        </strong>
      </div>
      <div>
        <span className="pl-muted">{t('tasks.eligibility')}</span>
        <Link to="/o/$org/applications/$id/eligibility" params={where}>
          <EligibilityBadge state={preview.eligibility.state} />
        </Link>
      </div>
    </section>
  );
}

/** Section and path within it; a problem of the whole document starts its path with the section. */
function placeOf(problem: ProblemLike, application: Application): Place | undefined {
  if ('section' in problem) return { section: String(problem.section), path: problem.path };
  const head = problem.path.split(/[.[]/)[0] ?? '';
  const known = application.sections.some((section) => section.code === head);
  return known ? { section: head, path: problem.path.slice(head.length + 1) } : undefined;
}

interface SubmitProps {
  application: Application;
  nameOf: (problem: ProblemLike) => string | undefined;
  onFollow: (problem: ProblemLike) => void;
}

function Submit({ application, nameOf, onFollow }: SubmitProps) {
  const { t } = useTranslation('applicant');
  const navigate = useNavigate();
  const where = useParams({ from: '/o/$org/applications/$id/check' });
  const { me } = useSession();
  const [submit, send] = useMutation(ApplicationSubmit);
  const [asking, setAsking] = useState(false);
  const [problems, setProblems] = useState<readonly ProblemLike[]>([]);
  const idempotencyKey = useRef(crypto.randomUUID());
  if (application.stage !== 'DRAFT') {
    return (
      <Link to="/o/$org/applications/$id/submitted" params={where}>
        {t('tasks.submitted')}
      </Link>
    );
  }
  const allowed = me !== null && maySubmit(me.roles);
  const ready = application.sections.every(isSettled);

  async function confirmed() {
    const answer = await send({ input: { applicationId: application.id, idempotencyKey: idempotencyKey.current } });
    setAsking(false);
    const payload = answer.data?.applicationSubmit;
    if (payload && payload.problems.length === 0) {
      await navigate({ to: '/o/$org/applications/$id/submitted', params: where });
    } else {
      setProblems(problemsOf(payload));
    }
  }
  return (
    <div className="pl-noprint">
      <ErrorSummary problems={problems} nameOf={nameOf} onFollow={onFollow} />
      <p>{t('check.whatHappens')}</p>
      {!allowed && <p className="pl-word">{t('check.endorserOnly')}</p>}
      {!ready && <p className="pl-mark-warn pl-word">{t('check.notReady')}</p>}
      <Group>
        <Button size="md" disabled={!allowed} onClick={() => setAsking(true)}>
          {t('check.submit')}
        </Button>
        <Button variant="default" onClick={() => window.print()}>
          {t('check.print')}
        </Button>
      </Group>
      <ConfirmDialog
        opened={asking}
        title={t('check.confirmTitle')}
        confirm={t('check.submit')}
        busy={submit.fetching}
        onConfirm={() => void confirmed()}
        onClose={() => setAsking(false)}
      >
        <p>{t('check.confirmBody')}</p>
      </ConfirmDialog>
    </div>
  );
}

/** The answers of a section; a value map has questions beyond the programme's form data. */
function SectionAnswers({ code, fields, content }: { code: string; fields: readonly FieldDataFragment[]; content: unknown }) {
  return <Answers fields={useMapQuestions(code, fields)} content={content} />;
}
