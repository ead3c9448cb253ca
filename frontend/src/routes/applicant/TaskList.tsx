// Why: the home of one application: each section with its state in words, what is wrong, how much
// time is left by the server's clock, and the way to submitting.
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { readProblems } from '@/api/problems';
import { PageTitle } from '@/components/PageTitle';
import { Countdown } from '@/components/Figures';
import { QueryWait } from '@/components/PageStates';
import { ProblemText } from '@/components/ProblemText';
import { EligibilityBadge, SectionBadge, StageBadge } from '@/components/StatusBadge';
import { clock, fixed, money, ratio } from '@/format';
import { graphql, readFragment } from '@/gql';
import type { TaskListQuery } from '@/gql/graphql';
import { isSettled } from './settled';
import { useLanguage } from '@/i18n';
import { NoFigures } from './NoFigures';
import { figuresOf } from './preview';
import { VerdictLines } from '@/components/VerdictPanel';

const TaskListDocument = graphql(`
  query TaskList($id: ID!) {
    application(id: $id) {
      id
      reference
      stage
      updatedAt
      title {
        en
        zh
      }
      round {
        id
        closesAt
        name {
          en
          zh
        }
        programme {
          illustrative
          sections {
            code
            title {
              en
              zh
            }
          }
        }
      }
      sections {
        code
        state
        savedAt
        problems {
          ...ProblemShown
        }
      }
      preview {
        ...PreviewFigures
      }
      outturn {
        sent
      }
      files {
        id
        state
      }
    }
  }
`);

type Application = NonNullable<TaskListQuery['application']>;

export default function TaskList() {
  const { id } = useParams({ from: '/o/$org/applications/$id' });
  const [state, ask] = useQuery({ query: TaskListDocument, variables: { id }, requestPolicy: 'cache-and-network' });
  const application = state.data?.application;
  if (!application) {
    return <QueryWait state={state} found={false} retry={() => ask({ requestPolicy: 'network-only' })} />;
  }
  return <Tasks application={application} />;
}

function newestSave(sections: Application['sections']): string | null {
  const times = sections.map((section) => section.savedAt).filter((at) => at !== null);
  return times.toSorted().at(-1) ?? null;
}

function Tasks({ application }: { application: Application }) {
  const { t } = useTranslation('applicant');
  const { pick } = useLanguage();
  const { org, id } = useParams({ from: '/o/$org/applications/$id' });
  const { sections, round } = application;
  const titles = round.programme.sections;
  const saved = newestSave(sections);
  const complete = sections.filter(isSettled).length;
  const missing = titles.flatMap(({ code }, position) =>
    sections.some((section) => section.code === code && isSettled(section)) ? [] : [String(position + 1)],
  );
  return (
    <>
      <p className="pl-small pl-muted">
        {application.reference} · {pick(round.name)}
      </p>
      <PageTitle>{pick(application.title) || t('home.untitled')}</PageTitle>
      <div className="pl-saveline">
        <span>
          <StageBadge stage={application.stage} />{' '}
          {saved === null ? t('save.never') : t('save.saved', { time: clock(saved) })}
        </span>
        <Countdown closesAt={round.closesAt} />
      </div>
      <p>{t('tasks.progress', { complete, total: sections.length })}</p>
      <NoFigures missing={figuresOf(application.preview) === null} />
      <ol className="pl-tasks">
        <EligibilityTask application={application} />
        {titles.map(({ code, title }, position) => {
          const section = sections.find((each) => each.code === code);
          if (!section) return null;
          return (
            <li key={code}>
              <span className="pl-tasknumber" aria-hidden="true">
                {position + 1}
              </span>
              <div>
                <Link to="/o/$org/applications/$id/$section" params={{ org, id, section: code }}>
                  {pick(title)}
                </Link>
                <SectionNote code={code} section={section} application={application} />
              </div>
              <SectionBadge state={section.state} />
            </li>
          );
        })}
        <FilesTask files={application.files} number={titles.length + 1} />
        <SubmitTask application={application} missing={missing} number={titles.length + 2} />
        {application.outturn && <OutturnTask sent={application.outturn.sent} number={titles.length + 3} />}
      </ol>
    </>
  );
}

function EligibilityTask({ application }: { application: Application }) {
  const { t } = useTranslation('applicant');
  const { t: common } = useTranslation();
  const { org, id } = useParams({ from: '/o/$org/applications/$id' });
  const eligibility = figuresOf(application.preview)?.eligibility;
  const criteria = readFragment(VerdictLines, eligibility)?.criteria ?? [];
  const count = (outcome: string) => criteria.filter((line) => line.outcome === outcome).length;
  return (
    <li>
      <span className="pl-tasknumber" aria-hidden="true">
        {eligibility?.state === 'ELIGIBLE' ? '✓' : '–'}
      </span>
      <div>
        <Link to="/o/$org/applications/$id/eligibility" params={{ org, id }}>
          {t('tasks.eligibility')}
        </Link>
        {eligibility && (
          <div className="pl-muted pl-small">
            {common('verdict.summary', { pass: count('PASS'), fail: count('FAIL'), unknown: count('UNKNOWN') })}
          </div>
        )}
      </div>
      {eligibility && <EligibilityBadge state={eligibility.state} />}
    </li>
  );
}

interface NoteProps {
  code: string;
  section: Application['sections'][number];
  application: Application;
}

/** One line under a section: its live figure, or the first thing to put right. */
function SectionNote({ code, section, application }: NoteProps) {
  const { t } = useTranslation('applicant');
  const { t: common } = useTranslation();
  const preview = figuresOf(application.preview);
  const problems = readProblems(section.problems);
  const first = problems[0];
  const more = problems.length - 1;
  return (
    <div className="pl-muted pl-small">
      {code === 'budget' && preview && <div>{t('tasks.budget', { ask: money(preview.ask), cost: money(preview.totalCost) })}</div>}
      {code === 'value_map' && preview?.sroi && (
        <div>
          {t('tasks.sroi', { ratio: ratio(preview.sroi.ratio) })}
          {preview.sroi.low !== null && preview.sroi.high !== null
            ? ` · ${common('sroi.range', { low: fixed(preview.sroi.low, 2), high: fixed(preview.sroi.high, 2) })}`
            : ''}
        </div>
      )}
      {section.state === 'NEEDS_CHANGES' && first && (
        <div className="pl-mark-bad">
          <ProblemText problem={first} />
          {more > 0 && ` (${common('errorSummary.more', { count: more })})`}
        </div>
      )}
    </div>
  );
}

function SubmitTask({ application, missing, number }: { application: Application; missing: string[]; number: number }) {
  const { t } = useTranslation('applicant');
  const { org, id } = useParams({ from: '/o/$org/applications/$id' });
  const submitted = application.stage !== 'DRAFT';
  return (
    <li>
      <span className="pl-tasknumber" aria-hidden="true">
        {number}
      </span>
      <div>
        {submitted ? (
          <Link to="/o/$org/applications/$id/submitted" params={{ org, id }}>
            {t('tasks.submitted')}
          </Link>
        ) : (
          <Link to="/o/$org/applications/$id/check" params={{ org, id }}>
            {t('tasks.check')}
          </Link>
        )}
        {!submitted && missing.length > 0 && (
          <div className="pl-muted pl-small">{t('tasks.needs', { sections: missing.join(', ') })}</div>
        )}
      </div>
      <SectionBadge state={submitted ? 'COMPLETED' : missing.length > 0 ? 'CANNOT_START' : 'EMPTY'} />
    </li>
  );
}

/** Supporting documents: how many, and which need a look. */
function FilesTask({ files, number }: { files: Application['files']; number: number }) {
  const { t } = useTranslation('files');
  const { org, id } = useParams({ from: '/o/$org/applications/$id' });
  const count = (state: string) => files.filter((file) => file.state === state).length;
  const [checking, refused] = [count('QUARANTINED'), count('REFUSED')];
  const parts = [
    t('count', { count: files.length - refused }),
    ...(checking > 0 ? [t('checking', { count: checking })] : []),
    ...(refused > 0 ? [t('refused', { count: refused })] : []),
  ];
  const state = refused > 0 ? 'NEEDS_CHANGES' : checking > 0 ? 'IN_PROGRESS' : files.length > 0 ? 'COMPLETED' : 'OPTIONAL';
  return (
    <li>
      <span className="pl-tasknumber" aria-hidden="true">
        {number}
      </span>
      <div>
        <Link to="/o/$org/applications/$id/files" params={{ org, id }}>
          {t('title')}
        </Link>
        <div className="pl-muted pl-small">{parts.join(' · ')}</div>
      </div>
      <SectionBadge state={state} />
    </li>
  );
}

/** After an award: what came of the project. */
function OutturnTask({ sent, number }: { sent: boolean; number: number }) {
  const { t } = useTranslation('applicant');
  const { org, id } = useParams({ from: '/o/$org/applications/$id' });
  return (
    <li>
      <span className="pl-tasknumber" aria-hidden="true">
        {number}
      </span>
      <Link to="/o/$org/applications/$id/outturn" params={{ org, id }}>
        {t('tasks.outturn')}
      </Link>
      <SectionBadge state={sent ? 'COMPLETED' : 'IN_PROGRESS'} />
    </li>
  );
}
