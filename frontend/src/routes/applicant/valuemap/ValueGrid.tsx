// Why: the value map as a spreadsheet people know, drawn as one ARIA grid with one tab stop. The
// active cell always holds a real input, so that any input method can start typing straight away.
import { Button, Group } from '@mantine/core';
import { useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { focusField } from '@/components/ErrorSummary';
import { amount } from '@/format';
import { errorAt, fieldElementId, useSectionContext } from '../section/context';
import type { Content } from '../section/path';
import { isSingle, within } from './block';
import { CellNote } from './CellNote';
import { outcomeText, isSplit, lacksReason, type ValueColumn } from './columns';
import { GridHead, helpElementId } from './GridHead';
import type { Refused } from './paste';
import { PasteRefusal } from './PasteRefusal';
import { useGrid, type Grid } from './useGrid';

export interface GridProps {
  outcomes: Content[];
  columns: readonly ValueColumn[];
  headings: Record<string, string>;
  /** Present value by outcome id, from the server; stale while it works on a change. */
  values: ReadonlyMap<string, string>;
  fresh: boolean;
  onDetails: (row: number) => void;
  onWorking: (outcomeId: string) => void;
  onPick: (row: number) => void;
  /** The row whose details are open. */
  openRow: number | null;
}

export function ValueGrid(props: GridProps) {
  const { outcomes, columns, headings, values, onDetails, onWorking, onPick, openRow } = props;
  const { t } = useTranslation('valuemap');
  const { form, shown } = useSectionContext();
  const [refused, setRefused] = useState<Refused[]>([]);
  const stakeholders = useId();
  const catalogue = useId();
  const table = useRef<HTMLTableElement>(null);
  const grid = useGrid(table, {
    outcomes,
    columns,
    onDetails,
    onWorking: (id) => values.has(id) && onWorking(id),
    onRefused: setRefused,
    onNote: (row, key) => focusField(fieldElementId(`outcomes[${row}].reasons.${key}`)),
    onHelp: (column) => document.getElementById(helpElementId(columns[column]?.key ?? ''))?.focus(),
  });
  const { at } = grid;
  const column = columns[at.column];
  const error = column && errorAt(shown, `outcomes[${at.row}].${column.key}`);
  const lists = { stakeholder: stakeholders, catalogue };
  return (
    <>
      <p className="pl-muted pl-small" id="grid-help">
        {t('grid.help')}
      </p>
      {!form.readOnly && <Toolbar grid={grid} />}
      <PasteRefusal
        refused={refused}
        headings={headings}
        onClose={() => {
          setRefused([]);
          grid.go(at);
        }}
      />
      <Choices id={stakeholders} names={stakeholderNames(form.content)} />
      <Choices id={catalogue} names={columns.find(({ key }) => key === 'catalogue')?.choices?.map(({ label }) => label) ?? []} />
      <div className="pl-scroll pl-gridbox">
        <table
          ref={table}
          role="grid"
          className="pl-table pl-valuegrid"
          aria-label={t('grid.name')}
          aria-describedby="grid-help"
          aria-rowcount={outcomes.length + 1}
          aria-colcount={columns.length + 3}
          aria-multiselectable="true"
          onKeyDown={grid.onKeyDown}
          onPaste={grid.onPaste}
          onCopy={grid.onCopy}
          onCut={grid.onCopy}
        >
          <GridHead columns={columns} headings={headings} active={at.column} onLeave={(to) => grid.go({ row: 0, column: to })} />
          <tbody>
            {outcomes.map((outcome, row) => (
              <Row key={String(outcome['id'] ?? row)} {...props} grid={grid} row={row} outcome={outcome} lists={lists} />
            ))}
          </tbody>
        </table>
      </div>
      <p role="status" className="pl-small" style={{ minHeight: '1.4em' }}>
        <span className="pl-mark-bad">{error}</span> <span className="pl-muted">{grid.said}</span>
      </p>
      {column && outcomes[at.row] && (
        <CellNote
          row={at.row}
          column={column}
          heading={headings[column.key] ?? ''}
          onBack={() => grid.go(at)}
          onPick={onPick}
          onDetails={onDetails}
          below={openRow === at.row}
        />
      )}
    </>
  );
}

function Toolbar({ grid }: { grid: Grid }) {
  const { t } = useTranslation('valuemap');
  const { form } = useSectionContext();
  return (
    <Group gap="xs" mb="xs" role="toolbar" aria-label={t('grid.toolbar')}>
      <Button variant="default" size="compact-md" disabled={!form.canUndo} onClick={() => grid.travel(true)}>
        {t('grid.undo')}
      </Button>
      <Button variant="default" size="compact-md" disabled={!form.canRedo} onClick={() => grid.travel(false)}>
        {t('grid.redo')}
      </Button>
      <Button variant="default" size="compact-md" disabled={!grid.canFill} onClick={grid.fill}>
        {t('grid.fill')}
      </Button>
    </Group>
  );
}

function Choices({ id, names }: { id: string; names: readonly string[] }) {
  return (
    <datalist id={id}>
      {[...new Set(names)].map((name) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </datalist>
  );
}

function stakeholderNames(content: Content): string[] {
  const names = ['stakeholders', 'outcomes'].flatMap((list) =>
    Array.isArray(content[list])
      ? (content[list] as Content[]).map((row) => row[list === 'outcomes' ? 'stakeholder' : 'name'])
      : [],
  );
  return names.filter((name): name is string => typeof name === 'string' && name !== '');
}

interface RowProps extends GridProps {
  grid: Grid;
  row: number;
  outcome: Content;
  lists: Record<string, string>;
}

function Row(props: RowProps) {
  const { columns, values, fresh, grid, row, outcome, onDetails } = props;
  const { t } = useTranslation('valuemap');
  const id = String(outcome['id'] ?? '');
  const value = values.get(id);
  const here = (column: number) => grid.at.row === row && grid.at.column === column;
  const plain = (column: number) => ({
    role: 'gridcell',
    tabIndex: here(column) ? 0 : -1,
    'data-focus': here(column),
    onFocus: () => grid.onCellFocus({ row, column }),
  });
  return (
    <tr>
      <th scope="row" className="pl-rownumber">
        {row + 1}
      </th>
      {columns.map((column, position) => (
        <Cell key={column.key} {...props} column={column} position={position} />
      ))}
      <td {...plain(columns.length)} className={fresh ? 'pl-cell pl-end' : 'pl-cell pl-end pl-stale'} onClick={grid.open}>
        {value === undefined ? '—' : amount(value)}
      </td>
      <td {...plain(columns.length + 1)} className="pl-cell" onClick={() => onDetails(row)}>
        <span className="pl-celllink">
          {t('details')}
          <span className="pl-hidden"> {String(outcome['name'] ?? row + 1)}</span>
        </span>
      </td>
    </tr>
  );
}

function Cell({ grid, row, outcome, column, position, headings, lists }: RowProps & { column: ValueColumn; position: number }) {
  const { t } = useTranslation('valuemap');
  const { form, shown } = useSectionContext();
  const path = `outcomes[${row}].${column.key}`;
  const place = { row, column: position };
  const here = grid.at.row === row && grid.at.column === position;
  const editing = here && grid.typed !== null;
  const error = errorAt(shown, path);
  const text = column.key === 'proxy' && outcome['proxy'] === null ? t('notPriced') : outcomeText(column, outcome);
  const bare = lacksReason(column, outcome);
  const selected = within(grid.block, row, position) && !isSingle(grid.block);
  return (
    <td
      id={fieldElementId(path)}
      role="gridcell"
      {...(here ? {} : { tabIndex: -1 })}
      aria-selected={selected || here}
      aria-invalid={error ? true : undefined}
      title={error}
      className={cellClass(column, error, here, selected)}
      onFocus={() => grid.onCellFocus(place)}
      onMouseDown={(event) => grid.onCellMouseDown(event, place)}
      onMouseEnter={(event) => grid.onCellMouseEnter(event, place)}
      onDoubleClick={() => grid.typed === null && grid.edit()}
    >
      {here && (
        <ActiveInput
          grid={grid}
          label={t('grid.cell', { column: headings[column.key] ?? '', row: row + 1 })}
          text={text}
          invalid={error !== undefined}
          locked={form.readOnly || isSplit(column, outcome)}
          list={lists[column.key]}
        />
      )}
      {!editing && text}
      {!editing && bare && (
        <span className="pl-noreason" title={t('noReason')}>
          <span className="pl-hidden"> {t('noReason')}</span>
        </span>
      )}
    </td>
  );
}

interface InputProps {
  grid: Grid;
  label: string;
  text: string;
  invalid: boolean;
  locked: boolean;
  list: string | undefined;
}

/** One input for resting and editing alike: a first letter, or the first stroke of an input method,
 * lands in it without anything being moved under the writer's hands. */
function ActiveInput({ grid, label, text, invalid, locked, list }: InputProps) {
  const editing = grid.typed !== null;
  return (
    <input
      className={editing ? 'pl-celleditor' : 'pl-cellinput'}
      data-focus="true"
      aria-label={editing || text === '' ? label : `${label}: ${text}`}
      aria-invalid={invalid || undefined}
      autoComplete="off"
      readOnly={locked}
      list={list}
      value={grid.typed ?? ''}
      onCompositionStart={() => {
        if (grid.typed === null && !locked) grid.setTyped('');
      }}
      onChange={(event) => grid.setTyped(event.currentTarget.value)}
      onBlur={grid.keep}
    />
  );
}

function cellClass(column: ValueColumn, error: string | undefined, here: boolean, selected: boolean): string {
  const number = column.kind !== 'text' && column.kind !== 'grade' && column.kind !== 'code';
  return ['pl-cell', number && 'pl-end', error && 'pl-cell-bad', here && 'pl-cell-here', selected && 'pl-cell-selected']
    .filter(Boolean)
    .join(' ');
}
