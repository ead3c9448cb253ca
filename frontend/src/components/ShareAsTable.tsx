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
}

export function ShareAsTable({ title, help, chart, columns, rows }: Props) {
  const { t } = useTranslation();
  return (
    <figure className="pl-card pl-figure" aria-label={title}>
      <figcaption>
        <h2>{title}</h2>
        {help && <p className="pl-muted pl-small">{help}</p>}
      </figcaption>
      <div aria-hidden="true">{chart}</div>
      <details className="pl-details">
        <summary>{t('actions.showAsTable')}</summary>
        <div className="pl-scroll" tabIndex={0} role="group" aria-label={title}>
          <table className="pl-table">
            <caption className="pl-hidden">{title}</caption>
            <thead>
              <tr>
                {columns.map((column, position) => (
                  <th key={column} scope="col" className={position === 0 ? undefined : 'pl-end'}>
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row, position) => (
                <tr key={position}>
                  {row.map((cell, column) =>
                    column === 0 ? (
                      <th key={column} scope="row">
                        {cell}
                      </th>
                    ) : (
                      <td key={column} className="pl-end">
                        {cell}
                      </td>
                    ),
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}
