// Why: best-first is not always the best use of the money; the exact set stands beside it with what
// each fairness rule costs. It informs the panel and decides nothing.
import { useTranslation } from 'react-i18next';
import { fixed, money } from '@/format';
import { readFragment, type FragmentType } from '@/gql';
import type { SelectionShownFragment, ShortlistShownFragment } from '@/gql/graphql';
import { useLanguage, wordFor } from '@/i18n';
import { SelectionShown } from './query';
import { SelectionRules } from './SelectionRules';
import type { Shown } from './trial';

interface Props {
  rows: readonly Shown[];
  selection: FragmentType<typeof SelectionShown>;
}

/** Points of the engine; it prints none where no set meets the rules. */
function points(text: string | null): string {
  return text !== null && /^-?\d/.test(text) ? fixed(text, 2) : '—';
}

function spent(text: string | null): string {
  return text !== null && /^\d/.test(text) ? money(text) : '—';
}

export function SelectionPanel({ rows, selection: masked }: Props) {
  const { t } = useTranslation(['funder', 'ranking']);
  const { pick } = useLanguage();
  const selection = readFragment(SelectionShown, masked);
  return (
    <section className="pl-card" aria-labelledby="selection-title">
      <h2 id="selection-title">{t('selection.title')}</h2>
      <p>{t('selection.help')}</p>
      <Figures selection={selection} />
      <p className="pl-small">{t('ranking:selection.method', { method: pick(selection.method) })}</p>
      <Chosen rows={rows} selection={selection} />
      <SelectionRules rows={rows} selection={selection} />
    </section>
  );
}

function Figures({ selection }: { selection: SelectionShownFragment }) {
  const { t } = useTranslation(['funder', 'ranking']);
  const figures: [string, string][] = [
    [t('selection.exactPoints'), points(selection.objective)],
    [t('selection.firstPoints'), points(selection.greedyObjective)],
    [t('ranking:selection.spentBoth'), `${spent(selection.spent)} / ${spent(selection.spentGreedy)}`],
    [t('ranking:selection.bound'), points(selection.bound)],
    [t('ranking:selection.gap'), points(selection.gap)],
    [t('selection.statusName'), wordFor(`funder:selection.status.${selection.status}`) ?? selection.status],
  ];
  return (
    <dl className="fu-tally fu-wide">
      {figures.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Chosen({ rows, selection }: { rows: readonly Shown[]; selection: SelectionShownFragment }) {
  const { t } = useTranslation(['funder', 'ranking']);
  const { pick } = useLanguage();
  const exact = new Set(selection.selected);
  const first = new Set(selection.greedy);
  const shown = rows.filter((row) => exact.has(row.submissionId) || first.has(row.submissionId));
  return (
    <div className="pl-scroll" tabIndex={0} role="group" aria-label={t('selection.title')}>
      <table className="pl-table fu-dense">
        <caption className="pl-hidden">{t('selection.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('inbox.reference')}</th>
            <th scope="col">{t('shortlist.organisation')}</th>
            <th scope="col" className="pl-end">
              {t('shortlist.score')}
            </th>
            <th scope="col" className="pl-end">
              {t('application.ask')}
            </th>
            <th scope="col">{t('selection.exact')}</th>
            <th scope="col">{t('selection.first')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => {
            const inExact = exact.has(row.submissionId);
            const inFirst = first.has(row.submissionId);
            return (
              <tr key={row.submissionId} className={inExact === inFirst ? undefined : 'fu-differs'}>
                <th scope="row">{row.reference}</th>
                <td>{pick(row.organisation)}</td>
                <td className="pl-end">{row.score === null ? '—' : fixed(row.score, 2)}</td>
                <td className="pl-end">{money(row.ask)}</td>
                <td>{inExact ? <Taken level={row.rankBefore === undefined ? row.fundingLevel : null} /> : t('selection.out')}</td>
                <td>{inFirst ? t('selection.in') : t('selection.out')}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** In the set, in full or at a level of part funding. */
function Taken({ level }: { level: ShortlistShownFragment['rows'][number]['fundingLevel'] }) {
  const { t } = useTranslation(['funder', 'ranking']);
  const { pick } = useLanguage();
  if (level === null) return <>{t('selection.in')}</>;
  return <>{t('ranking:selection.level', { level: pick(level.name), amount: money(level.amount) })}</>;
}
