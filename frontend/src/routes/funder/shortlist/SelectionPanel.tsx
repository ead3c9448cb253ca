// Why: best-first is not always the best use of the money; the exact set stands beside it with what
// each fairness rule costs. It informs the panel and decides nothing.
import { useTranslation } from 'react-i18next';
import { fixed, money } from '@/format';
import type { ShortlistShownFragment } from '@/gql/graphql';
import { useLanguage, wordFor } from '@/i18n';

interface Props {
  shortlist: ShortlistShownFragment;
  selection: NonNullable<ShortlistShownFragment['selection']>;
}

/** Points of the engine; it prints none where no set meets the rules. */
function points(text: string): string {
  return /^-?\d/.test(text) ? fixed(text, 2) : '—';
}

export function SelectionPanel({ shortlist, selection }: Props) {
  const { t } = useTranslation('funder');
  const { pick } = useLanguage();
  const exact = new Set(selection.selected);
  const first = new Set(selection.greedy);
  const rows = shortlist.rows.filter((row) => exact.has(row.submissionId) || first.has(row.submissionId));
  const status = wordFor(`funder:selection.status.${selection.status}`) ?? selection.status;
  return (
    <section className="pl-card" aria-labelledby="selection-title">
      <h2 id="selection-title">{t('selection.title')}</h2>
      <p>{t('selection.help')}</p>
      <dl className="fu-tally fu-wide">
        <div>
          <dt>{t('selection.exactPoints')}</dt>
          <dd>{points(selection.objective)}</dd>
        </div>
        <div>
          <dt>{t('selection.firstPoints')}</dt>
          <dd>{points(selection.greedyObjective)}</dd>
        </div>
        <div>
          <dt>{t('selection.spent')}</dt>
          <dd>{/^\d/.test(selection.spent) ? money(selection.spent) : '—'}</dd>
        </div>
        <div>
          <dt>{t('selection.statusName')}</dt>
          <dd>{status}</dd>
        </div>
      </dl>
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
            {rows.map((row) => {
              const inExact = exact.has(row.submissionId);
              const inFirst = first.has(row.submissionId);
              return (
                <tr key={row.submissionId} className={inExact === inFirst ? undefined : 'fu-differs'}>
                  <th scope="row">{row.reference}</th>
                  <td>{pick(row.organisation)}</td>
                  <td className="pl-end">{row.score === null ? '—' : fixed(row.score, 2)}</td>
                  <td className="pl-end">{money(row.ask)}</td>
                  <td>{inExact ? t('selection.in') : t('selection.out')}</td>
                  <td>{inFirst ? t('selection.in') : t('selection.out')}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {selection.priceOfFairness.length > 0 && (
        <>
          <h3 style={{ marginTop: '0.75rem' }}>{t('selection.fairness')}</h3>
          <ul>
            {selection.priceOfFairness.map((price) => (
              <li key={price.rule}>
                {wordFor(`funder:selection.rule.${price.rule}`) ?? price.rule}:{' '}
                <strong className="pl-num">{t('selection.costs', { points: points(price.points) })}</strong>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
