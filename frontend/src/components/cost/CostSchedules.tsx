// Why: the schedules that finance prints: who pays by year, cash flow by year and scope, apportionment
// by activity, and the annual financial report without the exempt projects. Every total is tied.
import { useTranslation } from 'react-i18next';
import { money, percent } from '@/format';
import { useLanguage, wordFor } from '@/i18n';
import { getAt, textAt } from '@/routes/applicant/section/path';
import { usePayer } from './payer';
import { readSchedules, type FlowRow, type Limit, type Plan, type Schedules, type SchemeList, type Tie } from './read';

interface Props {
  costShare: unknown;
  plan: Plan | null;
  schemes: SchemeList | null;
  /** Names of pools by id. */
  names: ReadonlyMap<string, string>;
  /** Names of scopes by code. */
  scopes: ReadonlyMap<string, string>;
}

export function CostSchedules({ costShare, plan, schemes, names, scopes }: Props) {
  const schedules = readSchedules(costShare);
  return (
    <>
      {plan && <WhoPays plan={plan} />}
      {plan && <CashFlow plan={plan} scopes={scopes} />}
      {schedules && schedules.pools.length > 0 && <ByActivity schedules={schedules} names={names} />}
      {schedules && schedules.pools.length > 0 && <AnnualReport schedules={schedules} />}
      {schemes && <Schemes schemes={schemes} />}
      <Reserve costShare={costShare} />
    </>
  );
}

interface TableProps {
  title: string;
  help?: string;
  columns: readonly string[];
  /** Columns at the left that hold words. */
  heads?: number;
  rows: readonly (readonly string[])[];
  totals?: readonly (readonly string[])[];
  ties?: readonly Tie[];
}

const NO_ROWS: readonly (readonly string[])[] = [];
const NO_TIES: readonly Tie[] = [];

/** A schedule: figures to the right, totals below, and whether they tie. */
function Schedule({ title, help, columns, heads = 1, rows, totals = NO_ROWS, ties = NO_TIES }: TableProps) {
  const cells = (row: readonly string[]) =>
    row.map((cell, column) =>
      column === 0 ? (
        <th key={column} scope="row">
          {cell}
        </th>
      ) : (
        <td key={column} className={column < heads ? undefined : 'pl-end'}>
          {cell}
        </td>
      ),
    );
  return (
    <section className="pl-card pl-schedule" aria-label={title}>
      <h2>{title}</h2>
      {help && <p className="pl-muted pl-small">{help}</p>}
      <div className="pl-scroll" tabIndex={0} role="group" aria-label={title}>
        <table className="pl-table pl-compact">
          <caption className="pl-hidden">{title}</caption>
          <thead>
            <tr>
              {columns.map((column, position) => (
                <th key={position} scope="col" className={position < heads ? undefined : 'pl-end'}>
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, position) => (
              <tr key={position}>{cells(row)}</tr>
            ))}
          </tbody>
          {totals.length > 0 && (
            <tfoot>
              {totals.map((row, position) => (
                <tr key={position}>{cells(row)}</tr>
              ))}
            </tfoot>
          )}
        </table>
      </div>
      <Ties ties={ties} />
    </section>
  );
}

/** What was compared, in one line; a sum that does not tie is an error of its own. */
function Ties({ ties }: { ties: readonly Tie[] }) {
  const { t } = useTranslation('cost');
  const { language } = useLanguage();
  if (ties.length === 0) return null;
  const wordOf = (what: string) => wordFor(`cost:tie.${what}`) ?? what;
  const broken = ties.filter((tie) => !tie.holds);
  if (broken.length === 0) {
    const list = ties.map((tie) => wordOf(tie.what)).join(language === 'zh' ? '、' : ', ');
    return <p className="pl-small pl-mark-good">{t('tie.holds', { total: money(ties[0]?.total ?? '0'), list })}</p>;
  }
  return (
    <ul role="alert">
      {broken.map((tie) => (
        <li key={tie.what} className="pl-mark-bad">
          {t('tie.breaks', { what: wordOf(tie.what), sum: money(tie.sum), total: money(tie.total) })}
        </li>
      ))}
    </ul>
  );
}

function partOf(parts: readonly [string, string][], source: string): string {
  const found = parts.find(([key]) => key === source);
  return money(found?.[1] ?? '0');
}

function WhoPays({ plan }: { plan: Plan }) {
  const { t } = useTranslation('cost');
  const payer = usePayer();
  const years = plan.years.map((row) => row.year);
  return (
    <>
      <Schedule
        title={t('whoPays.title')}
        help={t('whoPays.help')}
        columns={[t('whoPays.source'), ...years, t('total')]}
        rows={plan.sources.map(([source, sum]) => [payer(source), ...plan.years.map((row) => partOf(row.parts, source)), money(sum)])}
        totals={[[t('total'), ...plan.years.map((row) => money(row.total)), money(plan.total)]]}
        ties={plan.ties.filter((tie) => tie.what === 'years' || tie.what === 'sources' || tie.what === 'lines')}
      />
      <Stated plan={plan} />
      <Limits limits={plan.limits} />
    </>
  );
}

/** Quoted costs beside what the sources pay; where none is stated, that is said. */
function Stated({ plan }: { plan: Plan }) {
  const { t } = useTranslation('cost');
  if (plan.addsUp === null) return <p className="pl-muted pl-small">{t('whoPays.noneStated')}</p>;
  return (
    <ul className="pl-small">
      {plan.statedCosts.map((each) => (
        <li key={`${each.line}${each.year ?? ''}`} className={each.stated === each.paid ? 'pl-mark-good' : 'pl-mark-warn'}>
          {t(each.stated === each.paid ? 'whoPays.covered' : 'whoPays.differs', {
            line: each.year === null ? each.line : `${each.line} ${each.year}`,
            stated: money(each.stated),
            paid: money(each.paid),
            difference: money(each.difference),
          })}
        </li>
      ))}
    </ul>
  );
}

export function limitName(limit: Pick<Limit, 'limit'>): string {
  return wordFor(`cost:limit.${limit.limit}`) ?? limit.limit;
}

/** Every limit with where the plan stands. */
export function Limits({ limits }: { limits: readonly Limit[] }) {
  const { t } = useTranslation('cost');
  const payer = usePayer();
  if (limits.length === 0) return <p className="pl-muted pl-small">{t('limit.none')}</p>;
  return (
    <Schedule
      title={t('limit.title')}
      columns={[t('limit.limit'), t('limit.amount'), t('limit.stands'), t('limit.margin'), t('limit.state')]}
      rows={limits.map((each) => [
        [limitName(each), each.counted.map(payer).join(' + '), each.share === null ? '' : percent(each.share), each.year ?? '']
          .filter((word) => word !== '')
          .join(' · '),
        money(each.amount),
        money(each.stands),
        money(each.margin),
        t(!each.keeps ? 'limit.broken' : each.binds ? 'limit.binds' : 'limit.kept'),
      ])}
    />
  );
}

function CashFlow({ plan, scopes }: { plan: Plan; scopes: ReadonlyMap<string, string> }) {
  const { t } = useTranslation('cost');
  const payer = usePayer();
  const sources = plan.sources.map(([source]) => source);
  const scopeOf = (row: FlowRow) => (row.scope === null ? t('cashFlow.noScope') : (scopes.get(row.scope) ?? row.scope));
  const figures = (row: FlowRow) => [...sources.map((source) => partOf(row.parts, source)), money(row.total)];
  return (
    <Schedule
      title={t('cashFlow.title')}
      help={t('cashFlow.help')}
      heads={2}
      columns={[t('cashFlow.year'), t('cashFlow.scope'), ...sources.map(payer), t('total')]}
      rows={plan.rows.map((row) => [row.year, scopeOf(row), ...figures(row)])}
      totals={[
        ...plan.scopes.map((row) => [t('cashFlow.allYears'), scopeOf(row), ...figures(row)]),
        [t('total'), '', ...plan.sources.map(([, sum]) => money(sum)), money(plan.total)],
      ]}
      ties={plan.ties.filter((tie) => tie.what === 'rows' || tie.what === 'scopes' || tie.what === 'years')}
    />
  );
}

function ByActivity({ schedules, names }: { schedules: Schedules; names: ReadonlyMap<string, string> }) {
  const { t } = useTranslation('cost');
  const shareOf = (pools: readonly [string, string][], id: string) => {
    const found = pools.find(([key]) => key === id);
    return found ? money(found[1]) : '—';
  };
  return (
    <Schedule
      title={t('byActivity.title')}
      help={t('byActivity.help')}
      columns={[t('byActivity.activity'), ...schedules.pools.map(([id]) => names.get(id) ?? id), t('total')]}
      rows={schedules.activities.map((row) => [row.activity, ...schedules.pools.map(([id]) => shareOf(row.pools, id)), money(row.total)])}
      totals={[[t('total'), ...schedules.pools.map(([, sum]) => money(sum)), money(schedules.total)]]}
      ties={schedules.ties.filter((tie) => tie.what === 'pools' || tie.what === 'activities')}
    />
  );
}

function AnnualReport({ schedules }: { schedules: Schedules }) {
  const { t } = useTranslation('cost');
  const { reportTotals: totals } = schedules;
  const word = (membership: string) => wordFor(`cost:report.${membership}`) ?? membership;
  return (
    <Schedule
      title={t('report.title')}
      help={t('report.help')}
      heads={2}
      columns={[t('byActivity.activity'), t('report.membership'), t('effect.before'), t('effect.after')]}
      rows={schedules.report.map((row) => [row.activity, word(row.membership), money(row.before), money(row.after)])}
      totals={[
        [word('in'), '', '', money(totals.in)],
        [word('out'), '', '', money(totals.out)],
        [word('unknown'), '', '', money(totals.unknown)],
        [t('total'), '', money(schedules.total), money(schedules.total)],
      ]}
      ties={schedules.ties.filter((tie) => tie.what === 'annual_report' || tie.what === 'without_exemption')}
    />
  );
}

/** Which list of exempt schemes the statuses rest on. */
export function Schemes({ schemes }: { schemes: SchemeList }) {
  const { t } = useTranslation('cost');
  const values = { codes: schemes.codes, expected: schemes.expected ?? '?', asAt: schemes.asAt || '?' };
  if (!schemes.loaded) return <p className="pl-note">{t('schemes.notLoaded', values)}</p>;
  return <p className="pl-note">{t(schemes.complete ? 'schemes.complete' : 'schemes.incomplete', values)}</p>;
}

/** The reserve against its ceiling: context, never a bar. */
function Reserve({ costShare }: { costShare: unknown }) {
  const { t } = useTranslation('cost');
  const known = getAt(costShare, 'reserve');
  if (typeof known !== 'object' || known === null) {
    return costShare === null || costShare === undefined ? null : <p className="pl-muted pl-small">{t('reserve.unknown')}</p>;
  }
  return (
    <section className="pl-card" aria-label={t('reserve.title')}>
      <h2>{t('reserve.title')}</h2>
      <dl className="pl-facts">
        <dt>{t('reserve.cap')}</dt>
        <dd>{money(textAt(known, 'cap'))}</dd>
        <dt>{t('reserve.excess')}</dt>
        <dd>{money(textAt(known, 'excess'))}</dd>
      </dl>
      <p className="pl-muted pl-small">{t('reserve.context')}</p>
    </section>
  );
}
