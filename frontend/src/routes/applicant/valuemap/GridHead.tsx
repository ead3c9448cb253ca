// Why: the headings of the grid, each with a question mark that explains it. One of the marks is a
// tab stop; the arrows go from mark to mark and down into the cells.
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ColumnHelp } from './ColumnHelp';
import type { ValueColumn } from './columns';

export function helpElementId(key: string): string {
  return `help-${key}`;
}

interface Props {
  columns: readonly ValueColumn[];
  headings: Record<string, string>;
  active: number;
  onLeave: (column: number) => void;
}

export function GridHead({ columns, headings, active, onLeave }: Props) {
  const { t } = useTranslation('valuemap');
  const stop = Math.min(active, columns.length - 1);

  function onKeyDown(event: KeyboardEvent, from: number) {
    if (event.key === 'ArrowDown') onLeave(from);
    else if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
      const to = columns[from + (event.key === 'ArrowRight' ? 1 : -1)];
      if (to) document.getElementById(helpElementId(to.key))?.focus();
    } else return;
    event.preventDefault();
  }
  return (
    <thead>
      <tr>
        <th scope="col" className="pl-rownumber">
          <span className="pl-hidden">{t('grid.rowNumber')}</span>
        </th>
        {columns.map((column, position) => (
          <th key={column.key} scope="col" className={column.kind === 'text' || column.kind === 'code' ? undefined : 'pl-end'}>
            {headings[column.key]}{' '}
            <ColumnHelp
              columnKey={column.key}
              heading={headings[column.key] ?? ''}
              id={helpElementId(column.key)}
              tabIndex={position === stop ? 0 : -1}
              onKeyDown={(event) => onKeyDown(event, position)}
            />
          </th>
        ))}
        <th scope="col" className="pl-end">
          {t('presentValue')} (HK$)
        </th>
        <th scope="col">
          <span className="pl-hidden">{t('details')}</span>
        </th>
      </tr>
    </thead>
  );
}
