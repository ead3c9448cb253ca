// Why: how one score comes about, dimension by dimension; the parts and the score are the engine's,
// and what rounding leaves over has its own line.
import { useTranslation } from 'react-i18next';
import { FigureWithWorking } from '@/components/WorkingDrawer';
import { fixed, percent } from '@/format';
import type { ShortlistShownFragment } from '@/gql/graphql';
import { useLanguage } from '@/i18n';
import { roundingLeft } from '../application/content';
import { Shares } from '../parts';
import type { Row } from './query';

interface Props {
  row: Row;
  weights: ShortlistShownFragment['weights'];
}

export function Contributions({ row, weights }: Props) {
  const { t } = useTranslation(['funder', 'common']);
  const { pick } = useLanguage();
  const { score, contributions } = row;
  if (score === null) return <p>{t('shortlist.noScore')}</p>;
  const parts = contributions.map((each) => ({ ...each, shown: fixed(each.points, 2) }));
  const left = roundingLeft(
    score,
    parts.map((each) => each.shown),
  );
  const ordered = weights.filter((weight) => parts.some((part) => part.criterion === weight.criterion));
  return (
    <>
      <table className="pl-table fu-dense pl-compact">
        <caption>{t('shortlist.contributions', { reference: row.reference })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('reviews.dimension')}</th>
            <th scope="col" className="pl-end">
              {t('shortlist.weight')}
            </th>
            <th scope="col" className="pl-end">
              {t('shortlist.points')}
            </th>
          </tr>
        </thead>
        <tbody>
          {ordered.map((weight) => {
            const shown = parts.find((part) => part.criterion === weight.criterion)?.shown ?? '';
            return (
              <tr key={weight.criterion}>
                <th scope="row">
                  {weight.criterion} {pick(weight.name)}
                </th>
                <td className="pl-end">{percent(weight.weight)}</td>
                <td className="pl-end">
                  <FigureWithWorking working={row.working} stepId={`score.${row.reference}.${weight.criterion}`}>
                    {shown}
                  </FigureWithWorking>
                </td>
              </tr>
            );
          })}
        </tbody>
        <tfoot>
          {left !== null && (
            <tr>
              <th scope="row" colSpan={2}>
                {t('common:table.rounding')}
              </th>
              <td className="pl-end">{left}</td>
            </tr>
          )}
          <tr>
            <th scope="row" colSpan={2}>
              {t('shortlist.score')}
            </th>
            <td className="pl-end">
              <FigureWithWorking working={row.working}>{fixed(score, 2)}</FigureWithWorking>
            </td>
          </tr>
        </tfoot>
      </table>
      {row.districts.length > 1 && (
        <p className="pl-small">
          {t('shortlist.districts')}
          <Shares shares={row.districts} />
        </p>
      )}
      {row.reweighted.length > 0 && (
        <p className="pl-small">{t('shortlist.reweighted', { list: row.reweighted.join(', ') })}</p>
      )}
    </>
  );
}
