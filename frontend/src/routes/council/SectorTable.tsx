// Why: the report itself: every cell with its figures and a bar, suppressed cells said in words, the
// whole at the foot.
import { useTranslation } from 'react-i18next';
import { useLanguage } from '@/i18n';
import { fraction, valueOf, written, type Cell } from './measure';
import { MEASURES, type Measure } from './search';

interface Props {
  caption: string;
  cells: readonly Cell[];
  total: Cell;
  measure: Measure;
}

const COLUMNS = ['organisations', 'applications', 'asked', 'awarded'] as const satisfies readonly Measure[];

export function SectorTable({ caption, cells, total, measure }: Props) {
  const { t } = useTranslation(['council', 'common']);
  const { pick } = useLanguage();
  return (
    <div className="pl-scroll" tabIndex={0} role="group" aria-label={caption}>
      <table className="pl-table co-table">
        <caption className="pl-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t('table.name')}</th>
            <th scope="col">{t('table.bar')}</th>
            {COLUMNS.map((column) => (
              <th key={column} scope="col" className="pl-end">
                {t(`measure.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {cells.map((cell) => (
            <tr key={cell.code}>
              <th scope="row">{pick(cell.label)}</th>
              {cell.suppressed ? (
                <td colSpan={MEASURES.length + 1} className="co-suppressed">
                  {t('suppressed')}
                </td>
              ) : (
                <>
                  <td className="co-barcell">
                    <span className="pl-hidden">{written(valueOf(cell, measure) ?? '0', measure)}</span>
                    <span
                      aria-hidden="true"
                      className="co-bar"
                      style={{ inlineSize: `${fraction(valueOf(cell, measure), cells, measure) * 100}%` }}
                    />
                  </td>
                  <Figures cell={cell} />
                </>
              )}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={2}>
              {t('table.total')}
            </th>
            {total.suppressed ? (
              <td colSpan={COLUMNS.length} className="co-suppressed">
                {t('suppressed')}
              </td>
            ) : (
              <Figures cell={total} />
            )}
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function Figures({ cell }: { cell: Cell }) {
  const { t } = useTranslation('common');
  return COLUMNS.map((column) => {
    const value = valueOf(cell, column);
    return (
      <td key={column} className="pl-end">
        {value === null ? t('state.unknown') : written(value, column)}
      </td>
    );
  });
}
