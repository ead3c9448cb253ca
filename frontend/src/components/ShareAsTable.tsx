// Why: every chart has a table twin with all digits, for screen readers, print and copying.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  title: string;
  help?: string;
  chart: ReactNode;
  /** Column headings; the first column heads its row. */
  columns: readonly string[];
  rows: readonly (readonly string[])[];
  /** Rows that sum up the others. */
  totals?: readonly (readonly string[])[];
  /** The chart has controls of its own and is not hidden from screen readers. */
  live?: boolean;
  /** The last column holds sentences instead of figures. */
  wrapLast?: boolean;
  /** What stands below the table. */
  children?: ReactNode;
}

const NONE: readonly (readonly string[])[] = [];

export function ShareAsTable({ title, help, chart, columns, rows, totals = NONE, live = false, wrapLast = false, children }: Props) {
  const { t } = useTranslation();
  const classOf = (column: number) =>
    column === 0 || (wrapLast && column === columns.length - 1) ? undefined : 'pl-end';
  const cells = (row: readonly string[]) =>
    row.map((cell, column) =>
      column === 0 ? (
        <th key={column} scope="row">
          {cell}
        </th>
      ) : (
        <td key={column} className={classOf(column)}>
          {cell}
        </td>
      ),
    );
  return (
    <figure className="pl-card pl-figure" aria-label={title}>
      <figcaption>
        <h2>{title}</h2>
        {help && <p className="pl-muted pl-small">{help}</p>}
      </figcaption>
      {live ? chart : <div aria-hidden="true">{chart}</div>}
      <details className="pl-details pl-printopen">
        <summary>{t('actions.showAsTable')}</summary>
        <div className="pl-scroll" tabIndex={0} role="group" aria-label={title}>
          <table className="pl-table">
            <caption className="pl-hidden">{title}</caption>
            <thead>
              <tr>
                {columns.map((column, position) => (
                  <th key={column} scope="col" className={classOf(position)}>
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
      </details>
      {children}
    </figure>
  );
}
