// Why: lists sort the same way everywhere, with headings that say so; on a phone they scroll in
// their own box, or stand as one card a row (`stack`). The sort may live in the address (pass `sort` and `onSort`).
import {
  createColumnHelper,
  createSortedRowModel,
  rowSortingFeature,
  tableFeatures,
  useTable,
  type SortingState,
} from '@tanstack/react-table';
import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

export interface Column<Row> {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** What to sort by: text, or a decimal string with `numeric`. No `sortBy`, no sorting. */
  sortBy?: (row: Row) => string | number | null;
  numeric?: boolean;
}

interface Props<Row> {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  /** A class for a row, such as the ones below the budget line. */
  rowClass?: (row: Row) => string | undefined;
  sort?: SortingState;
  onSort?: (sort: SortingState) => void;
  footer?: ReactNode;
  /** Rows become cards on a phone: for rows that are read one at a time. Nothing in them is sorted. */
  stack?: boolean;
}

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() });

function compare(one: unknown, other: unknown): number {
  if (one === null || one === undefined) return other === null || other === undefined ? 0 : 1;
  if (other === null || other === undefined) return -1;
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return String(one).localeCompare(String(other), 'zh-HK');
}

export function DataTable<Row extends object>(props: Props<Row>) {
  const { caption, columns, rows, rowId, rowClass, footer, stack = false } = props;
  const { t } = useTranslation();
  const [ownSort, setOwnSort] = useState<SortingState>([]);
  const sorting = props.sort ?? ownSort;
  const setSorting = props.onSort ?? setOwnSort;

  const definitions = useMemo(() => {
    const helper = createColumnHelper<typeof features, Row>();
    return columns.map((column) =>
      helper.accessor(
        (row): unknown => {
          const value = column.sortBy?.(row) ?? null;
          return column.numeric && value !== null ? Number(value) : value;
        },
        {
          id: column.id,
          header: column.header,
          enableSorting: column.sortBy !== undefined,
          sortFn: (one, other, id) => compare(one.getValue(id), other.getValue(id)),
        },
      ),
    );
  }, [columns]);
  const data = useMemo(() => [...rows], [rows]);
  const table = useTable({
    features,
    columns: definitions,
    data,
    getRowId: rowId,
    state: { sorting },
    onSortingChange: (update) => setSorting(typeof update === 'function' ? update(sorting) : update),
  });
  // A row that stands as a card is no longer a row to those who listen, unless it says so.
  const role = (name: string) => (stack ? { role: name } : {});
  const byId = new Map(columns.map((column) => [column.id, column]));

  return (
    <div className="pl-scroll" role="group" aria-label={caption} tabIndex={0}>
      <table className={stack ? 'pl-table pl-stack' : 'pl-table'} {...role('table')}>
        <caption className="pl-hidden">{caption}</caption>
        <thead {...role('rowgroup')}>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id} {...role('row')}>
              {group.headers.map((header) => {
                const column = byId.get(header.column.id);
                const direction = sorting.find((each) => each.id === header.column.id);
                const sorted = direction ? (direction.desc ? 'descending' : 'ascending') : undefined;
                return (
                  <th
                    key={header.id}
                    scope="col"
                    {...role('columnheader')}
                    className={column?.numeric ? 'pl-end' : undefined}
                    aria-sort={sorted}
                  >
                    {column?.sortBy ? (
                      <button type="button" className="pl-sort" onClick={() => header.column.toggleSorting()}>
                        {column.header}
                        <span aria-hidden="true">{sorted === undefined ? ' ↕' : direction?.desc ? ' ↓' : ' ↑'}</span>
                        {sorted && (
                          <span className="pl-hidden">
                            {direction?.desc ? t('table.sortedDown') : t('table.sortedUp')}
                          </span>
                        )}
                      </button>
                    ) : (
                      column?.header
                    )}
                  </th>
                );
              })}
            </tr>
          ))}
        </thead>
        <tbody {...role('rowgroup')}>
          {table.getRowModel().rows.map((row) => (
            <tr key={row.id} className={rowClass?.(row.original)} {...role('row')}>
              {columns.map((column) => (
                <td key={column.id} className={column.numeric ? 'pl-end' : undefined} data-label={stack ? column.header : undefined} {...role('cell')}>
                  {column.cell(row.original)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        {footer && <tfoot>{footer}</tfoot>}
      </table>
    </div>
  );
}
