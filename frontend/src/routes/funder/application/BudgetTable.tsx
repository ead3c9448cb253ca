// Why: the budget as one table: line by year by source. The sums repeat what stands in the cells;
// the amount asked and the cost are the server's, and a difference would show as its own line.
import { useTranslation } from 'react-i18next';
import { amount } from '@/format';
import type { FieldDataFragment } from '@/gql/graphql';
import { useLanguage } from '@/i18n';
import { sourceName } from '../../applicant/editors/BudgetCells';
import { sumDecimals } from '../../applicant/sums';
import { amountsUnder, budgetColumns, budgetLines, roundingLeft } from './content';
import type { Received } from './query';

interface Props {
  received: Pick<Received, 'document' | 'ask' | 'totalCost'>;
  fields: readonly FieldDataFragment[];
}

function figure(values: readonly unknown[]): string {
  const sum = sumDecimals(values);
  return sum === null ? '?' : amount(sum);
}

export function BudgetTable({ received, fields }: Props) {
  const { t } = useTranslation(['funder', 'common']);
  const words = useTranslation('applicant').t;
  const { pick } = useLanguage();
  const lines = budgetLines(received.document);
  const columns = budgetColumns(lines);
  const years = [...new Set(columns.map(({ year }) => year))];
  const cells = lines.flatMap((line) => line.cells);
  const types = fields.find((field) => field.path === 'lines[].cost_type')?.options ?? [];
  const sums = columns.map((column) => sumDecimals(amountsUnder(cells, column)) ?? '0');
  const left = roundingLeft(received.totalCost, sums);
  return (
    <>
      <p className="pl-small pl-muted">{t('budget.inHkd')}</p>
      <div className="pl-scroll" tabIndex={0} role="group" aria-label={t('budget.caption')}>
        <table className="pl-table fu-dense">
          <caption className="pl-hidden">{t('budget.caption')}</caption>
          <thead>
            <tr>
              <th scope="col" rowSpan={2}>
                {t('budget.line')}
              </th>
              {years.map((year) => (
                <th
                  key={year}
                  scope="colgroup"
                  colSpan={columns.filter((column) => column.year === year).length}
                  className="fu-group"
                >
                  {year}
                </th>
              ))}
              <th scope="col" rowSpan={2} className="pl-end">
                {t('common:table.total')}
              </th>
            </tr>
            <tr>
              {columns.map(({ year, source }) => (
                <th key={`${year}${source}`} scope="col" className="pl-end">
                  {sourceName(source, words)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => {
              const type = types.find((option) => option.code === line.costType);
              return (
                <tr key={line.id}>
                  <th scope="row">
                    {line.description || line.id}
                    <div className="pl-muted pl-small">
                      {type ? pick(type.label) : line.costType}
                      {line.quoted !== '' && ` · ${t('budget.quoted', { amount: amount(line.quoted) })}`}
                    </div>
                  </th>
                  {columns.map((column) => {
                    const found = amountsUnder(line.cells, column);
                    return (
                      <td key={`${column.year}${column.source}`} className="pl-end">
                        {found.length === 0 ? '' : figure(found)}
                      </td>
                    );
                  })}
                  <td className="pl-end">{figure(amountsUnder(line.cells))}</td>
                </tr>
              );
            })}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t('budget.columnSum')}</th>
              {sums.map((sum, position) => (
                <td key={position} className="pl-end">
                  {amount(sum)}
                </td>
              ))}
              <td className="pl-end">{left === null ? amount(received.totalCost) : figure(sums)}</td>
            </tr>
            {left !== null && (
              <>
                <tr>
                  <th scope="row" colSpan={columns.length + 1}>
                    {t('common:table.rounding')}
                  </th>
                  <td className="pl-end">{amount(left)}</td>
                </tr>
                <tr>
                  <th scope="row" colSpan={columns.length + 1}>
                    {t('application.cost')}
                  </th>
                  <td className="pl-end">{amount(received.totalCost)}</td>
                </tr>
              </>
            )}
            <tr>
              <th scope="row" colSpan={columns.length + 1}>
                {t('budget.ofWhichAsked')}
              </th>
              <td className="pl-end">{amount(received.ask)}</td>
            </tr>
          </tfoot>
        </table>
      </div>
    </>
  );
}
