// Why: how the server splits each pool and which projects are exempt, with the working.
import { useTranslation } from 'react-i18next';
import { ProblemText, type ProblemLike } from '@/components/ProblemText';
import { FigureWithWorking, WorkingNames } from '@/components/WorkingDrawer';
import { money } from '@/format';
import { labelled, wordFor } from '@/i18n';

interface PoolShare {
  id: string;
  total: string;
  shares: [string, string][];
}

interface ProjectStatus {
  id: string;
  status: string;
  inAnnualReport: boolean | null;
}

interface Apportionment {
  pools: PoolShare[];
  projects: ProjectStatus[];
  working: unknown;
}

type Given = Record<string, unknown>;

function listOf(value: unknown): Given[] {
  return Array.isArray(value) ? (value as Given[]) : [];
}

/** Reads the calculator's result; null when there is none. */
function readApportionment(json: unknown): Apportionment | null {
  if (typeof json !== 'object' || json === null) return null;
  const given = json as Given;
  return {
    pools: listOf(given['pools']).map((pool) => ({
      id: String(pool['id']),
      total: String(pool['total'] ?? ''),
      shares: Object.entries((pool['shares'] ?? {}) as Given).map(([activity, share]) => [activity, String(share)]),
    })),
    projects: listOf(given['projects']).map((project) => ({
      id: String(project['id']),
      status: String(project['status'] ?? ''),
      inAnnualReport: typeof project['in_annual_report'] === 'boolean' ? project['in_annual_report'] : null,
    })),
    working: given['working'],
  };
}

const NO_NAMES: ReadonlyMap<string, string> = new Map();

interface Props {
  result: unknown;
  problems: readonly ProblemLike[];
  names?: ReadonlyMap<string, string>;
}

export function ApportionmentResult({ result, problems, names }: Props) {
  const { t } = useTranslation('applicant');
  const split = readApportionment(result);
  if (!split && problems.length === 0) return null;
  const nameOf = (id: string) => names?.get(id) ?? id;
  return (
    <WorkingNames value={names ?? NO_NAMES}>
      <section className="pl-card" style={{ marginTop: '1rem' }} aria-live="polite">
        <h2>{t('costSharing.result')}</h2>
        {problems.map((problem) => (
          <p key={`${problem.path}${problem.code}`} className="pl-mark-warn">
            <ProblemText problem={problem} />
          </p>
        ))}
        {split?.pools.map((pool) => (
          <div key={pool.id} className="pl-scroll" tabIndex={0} role="group" aria-label={nameOf(pool.id)}>
            <table className="pl-table pl-compact">
              <caption>{nameOf(pool.id)}</caption>
              <tbody>
                {pool.shares.map(([activity, share]) => (
                  <tr key={activity}>
                    <th scope="row">{activity}</th>
                    <td className="pl-end">
                      <FigureWithWorking working={split.working} stepId={`pool.${pool.id}.${activity}`}>
                        {money(share)}
                      </FigureWithWorking>
                    </td>
                  </tr>
                ))}
              </tbody>
              <tfoot>
                <tr>
                  <th scope="row">{t('costSharing.total')}</th>
                  <td className="pl-end">{money(pool.total)}</td>
                </tr>
              </tfoot>
            </table>
          </div>
        ))}
        {split && split.projects.length > 0 && (
          <ul>
            {split.projects.map((project) => (
              <li key={project.id}>
                {labelled(nameOf(project.id))} <strong>{statusWord(project.status)}</strong>{' '}
                <span className="pl-muted pl-small">
                  {project.inAnnualReport === null
                    ? t('costSharing.afrUnknown')
                    : project.inAnnualReport
                      ? t('costSharing.afrIn')
                      : t('costSharing.afrOut')}
                </span>
              </li>
            ))}
          </ul>
        )}
      </section>
    </WorkingNames>
  );
}

function statusWord(status: string): string {
  return wordFor(`applicant:costSharing.status.${status}`) ?? status;
}
