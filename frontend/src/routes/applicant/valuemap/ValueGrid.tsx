// Why: the value map as a spreadsheet people know: arrows move, Enter or F2 edits, Escape takes it
// back, a block pastes from Excel, Ctrl+Z undoes. One ARIA grid with one tab stop.
import { useEffect, useRef, useState, type ClipboardEvent, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { amount } from '@/format';
import { errorAt, fieldElementId, useSectionContext } from '../section/context';
import type { Content } from '../section/path';
import { COLUMNS, cellText, editText, movedTo, pasteBlock, typedValue, type Place, type ValueColumn } from './columns';

export interface GridProps {
  outcomes: Content[];
  headings: Record<string, string>;
  /** Present value by outcome id, from the server. */
  values: ReadonlyMap<string, string>;
  onDetails: (row: number) => void;
  onWorking: (outcomeId: string) => void;
}

const VALUE_COLUMN = COLUMNS.length;
const DETAILS_COLUMN = COLUMNS.length + 1;
const COLUMN_COUNT = COLUMNS.length + 2;

interface Editing extends Place {
  text: string;
}

export function ValueGrid({ outcomes, headings, values, onDetails, onWorking }: GridProps) {
  const { t } = useTranslation('applicant');
  const { form, shown } = useSectionContext();
  const [active, setActive] = useState<Place>({ row: 0, column: 0 });
  const [editing, setEditing] = useState<Editing | null>(null);
  const grid = useRef<HTMLTableElement>(null);
  const wantsFocus = useRef(false);
  const at: Place = { row: Math.min(active.row, Math.max(outcomes.length - 1, 0)), column: active.column };

  useEffect(() => {
    if (!wantsFocus.current || editing) return;
    wantsFocus.current = false;
    grid.current?.querySelector<HTMLElement>('[data-active="true"]')?.focus();
  });

  function go(to: Place) {
    wantsFocus.current = true;
    setActive(to);
  }

  function edit(first?: string) {
    const column = COLUMNS[at.column];
    if (!column || form.readOnly) return;
    setEditing({ ...at, text: first ?? editText(column, outcomes[at.row]?.[column.key]) });
  }

  function commit(to: Place) {
    if (editing) {
      const column = COLUMNS[editing.column];
      if (column) {
        const value = typedValue(column, editing.text);
        if (value !== outcomes[editing.row]?.[column.key]) {
          form.set(`outcomes[${editing.row}].${column.key}`, value, true);
        }
      }
    }
    setEditing(null);
    go(to);
  }

  function openCell() {
    const outcome = outcomes[at.row];
    if (at.column === DETAILS_COLUMN) onDetails(at.row);
    else if (at.column === VALUE_COLUMN) {
      if (typeof outcome?.['id'] === 'string' && values.has(outcome['id'])) onWorking(outcome['id']);
    } else edit();
  }

  function onKeyDown(event: KeyboardEvent) {
    if (editing) return;
    const control = event.ctrlKey || event.metaKey;
    const target = movedTo(event.key, at, outcomes.length, COLUMN_COUNT, control);
    if (target) go(target);
    else if (control && event.key.toLowerCase() === 'z') form.undo();
    else if (control || event.altKey) return;
    else if (event.key === 'Enter' || event.key === 'F2') openCell();
    else if (event.key === 'Delete' || event.key === 'Backspace') {
      const column = COLUMNS[at.column];
      if (!column) return;
      form.set(`outcomes[${at.row}].${column.key}`, undefined, true);
    } else if (event.key.length === 1 && at.column < COLUMNS.length) edit(event.key === ' ' ? undefined : event.key);
    else return;
    event.preventDefault();
  }

  function onEditorKey(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') commit({ row: Math.min(at.row + 1, outcomes.length - 1), column: at.column });
    else if (event.key === 'Tab') commit({ row: at.row, column: at.column + (event.shiftKey ? -1 : 1) });
    else if (event.key === 'Escape') {
      setEditing(null);
      go(at);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function onPaste(event: ClipboardEvent) {
    if (editing || form.readOnly || at.column >= COLUMNS.length) return;
    event.preventDefault();
    const text = event.clipboardData.getData('text/plain');
    if (text !== '') form.replace({ ...form.content, outcomes: pasteBlock(outcomes, at.row, at.column, text) });
  }

  function onCopy(event: ClipboardEvent) {
    const column = COLUMNS[at.column];
    if (editing || !column) return;
    event.preventDefault();
    event.clipboardData.setData('text/plain', cellText(column, outcomes[at.row]?.[column.key]));
  }

  const activeColumn = COLUMNS[at.column];
  const activeError = activeColumn && errorAt(shown, `outcomes[${at.row}].${activeColumn.key}`);
  return (
    <>
      <p className="pl-muted pl-small" id="grid-help">
        {t('valueMap.gridHelp')}
      </p>
      <div className="pl-scroll pl-gridbox">
        <table
          ref={grid}
          role="grid"
          className="pl-table pl-valuegrid"
          aria-label={t('valueMap.gridName')}
          aria-describedby="grid-help"
          aria-rowcount={outcomes.length + 1}
          aria-colcount={COLUMN_COUNT}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          onCopy={onCopy}
        >
          <thead>
            <tr>
              {COLUMNS.map((column) => (
                <th key={column.key} scope="col" className={isNumber(column) ? 'pl-end' : undefined}>
                  {headings[column.key]}
                </th>
              ))}
              <th scope="col" className="pl-end">
                {t('valueMap.presentValue')} (HK$)
              </th>
              <th scope="col">
                <span className="pl-hidden">{t('valueMap.details')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {outcomes.map((outcome, row) => (
              <tr key={String(outcome['id'] ?? row)}>
                {COLUMNS.map((column, position) => {
                  const here = at.row === row && at.column === position;
                  const isEditing = editing?.row === row && editing.column === position;
                  const error = errorAt(shown, `outcomes[${row}].${column.key}`);
                  return (
                    <td
                      key={column.key}
                      id={fieldElementId(`outcomes[${row}].${column.key}`)}
                      role="gridcell"
                      tabIndex={here && !isEditing ? 0 : -1}
                      data-active={here}
                      aria-invalid={error ? true : undefined}
                      title={error}
                      className={cellClass(column, error)}
                      onFocus={() => setActive({ row, column: position })}
                      onDoubleClick={() => edit()}
                    >
                      {isEditing ? (
                        <input
                          className="pl-celleditor"
                          ref={(input) => input?.focus()}
                          aria-label={t('valueMap.cell', { column: headings[column.key] ?? '', row: row + 1 })}
                          value={editing.text}
                          onChange={(event) => setEditing({ ...editing, text: event.currentTarget.value })}
                          onKeyDown={onEditorKey}
                          onBlur={() => {
                            if (editing) commit(at);
                            wantsFocus.current = false;
                          }}
                        />
                      ) : column.key === 'proxy' && outcome['proxy'] === null ? (
                        <span className="pl-muted">{t('valueMap.notPriced')}</span>
                      ) : (
                        cellText(column, outcome[column.key])
                      )}
                    </td>
                  );
                })}
                <PlainCell here={at.row === row && at.column === VALUE_COLUMN} onFocus={() => setActive({ row, column: VALUE_COLUMN })} onOpen={openCell} end>
                  {typeof outcome['id'] === 'string' && values.has(outcome['id'])
                    ? amount(values.get(outcome['id']) ?? '')
                    : '—'}
                </PlainCell>
                <PlainCell here={at.row === row && at.column === DETAILS_COLUMN} onFocus={() => setActive({ row, column: DETAILS_COLUMN })} onOpen={() => onDetails(row)}>
                  <span className="pl-celllink">
                    {t('valueMap.details')}
                    <span className="pl-hidden"> {String(outcome['name'] ?? row + 1)}</span>
                  </span>
                </PlainCell>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p role="status" className="pl-small pl-mark-bad" style={{ minHeight: '1.4em' }}>
        {activeError}
      </p>
    </>
  );
}

function isNumber(column: ValueColumn): boolean {
  return column.kind !== 'text' && column.kind !== 'grade';
}

function cellClass(column: ValueColumn, error: string | undefined): string {
  return `pl-cell${isNumber(column) ? ' pl-end' : ''}${error ? ' pl-cell-bad' : ''}`;
}

interface PlainProps {
  here: boolean;
  end?: boolean;
  onFocus: () => void;
  onOpen: () => void;
  children: React.ReactNode;
}

function PlainCell({ here, end = false, onFocus, onOpen, children }: PlainProps) {
  return (
    <td
      role="gridcell"
      tabIndex={here ? 0 : -1}
      data-active={here}
      className={end ? 'pl-cell pl-end' : 'pl-cell'}
      onFocus={onFocus}
      onClick={onOpen}
    >
      {children}
    </td>
  );
}
