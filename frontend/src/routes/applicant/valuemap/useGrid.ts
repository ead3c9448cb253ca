// Why: how the value map behaves as a spreadsheet: which cell is active, which block is selected,
// what is being typed, and what each key does. The table only draws it.
import { useLayoutEffect, useRef, useState, type ClipboardEvent, type KeyboardEvent, type MouseEvent, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useSectionContext } from '../section/context';
import type { Content } from '../section/path';
import { blockOf, blockText, clearBlock, fillDown, isSingle, movedTo, type Block, type Place } from './block';
import { isSplit, outcomeEditText, typedValue, type ValueColumn } from './columns';
import { pasteBlock, type Refused } from './paste';

interface Wiring {
  outcomes: Content[];
  columns: readonly ValueColumn[];
  /** Opens what a cell leads to: the reasons of its row, or the working of its value. */
  onDetails: (row: number) => void;
  onWorking: (outcomeId: string) => void;
  onRefused: (refused: Refused[]) => void;
  onNote: (row: number, key: string) => void;
  onHelp: (column: number) => void;
}

export function useGrid(table: RefObject<HTMLTableElement | null>, wiring: Wiring) {
  const { outcomes, columns, onDetails, onWorking, onRefused, onNote, onHelp } = wiring;
  const { t } = useTranslation('valuemap');
  const { form } = useSectionContext();
  const [active, setActive] = useState<Place>({ row: 0, column: 0 });
  const [end, setEnd] = useState<Place>({ row: 0, column: 0 });
  const [typed, setTyped] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const wantsFocus = useRef(false);
  const dragging = useRef(false);

  const lastRow = Math.max(outcomes.length - 1, 0);
  const lastCell = columns.length - 1;
  const total = columns.length + 2;
  const at: Place = { row: Math.min(active.row, lastRow), column: active.column };
  const block: Block = blockOf(
    { row: at.row, column: Math.min(at.column, lastCell) },
    { row: Math.min(end.row, lastRow), column: Math.min(end.column, lastCell) },
  );
  const column = columns[at.column];
  const outcome = outcomes[at.row];

  useLayoutEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    table.current?.querySelector<HTMLElement>('[data-focus="true"]')?.focus();
  });

  function go(to: Place) {
    wantsFocus.current = true;
    setActive({ ...to });
    setEnd(to);
    setSaid('');
  }
  function extend(to: Place) {
    setEnd({ row: to.row, column: Math.min(to.column, lastCell) });
  }
  function put(next: Content[], words: string) {
    form.replace({ ...form.content, outcomes: next });
    setSaid(words);
  }
  function cellsOf({ top, left, bottom, right }: Block): number {
    return (bottom - top + 1) * (right - left + 1);
  }

  function edit(first?: string) {
    if (!column || !outcome || form.readOnly) return;
    if (isSplit(column, outcome)) onDetails(at.row);
    else setTyped(first ?? outcomeEditText(column, outcome));
  }
  function keep() {
    if (typed === null || !column) return;
    const value = typedValue(column, typed);
    if (value !== outcome?.[column.key]) form.set(`outcomes[${at.row}].${column.key}`, value, true);
    setTyped(null);
  }
  function commit(to: Place) {
    keep();
    go(to);
  }
  function open() {
    if (at.column === total - 1) onDetails(at.row);
    else if (at.column === total - 2) {
      if (typeof outcome?.['id'] === 'string') onWorking(outcome['id']);
    } else edit();
  }
  function fill() {
    if (form.readOnly || (block.top === 0 && block.bottom === 0)) return;
    const rows = Math.max(block.bottom - block.top, 1);
    put(fillDown(outcomes, block, columns), t('grid.filled', { count: rows * (block.right - block.left + 1) }));
  }
  function clear() {
    if (!form.readOnly) put(clearBlock(outcomes, block, columns), t('grid.cleared', { count: cellsOf(block) }));
  }
  function travel(back: boolean) {
    if (back) form.undo();
    else form.redo();
    wantsFocus.current = true;
    setSaid(back ? t('grid.undone') : t('grid.redone'));
  }

  /** Keys together with Ctrl or Cmd; true when one did something. */
  function onControlKey(event: KeyboardEvent): boolean {
    const key = event.key.toLowerCase();
    if (key === 'z') travel(!event.shiftKey);
    else if (key === 'y') travel(false);
    else if (key === 'd') fill();
    else if (key === 'a') {
      setActive({ row: 0, column: 0 });
      setEnd({ row: lastRow, column: lastCell });
      wantsFocus.current = true;
    } else return false;
    return true;
  }

  function onRestingKey(event: KeyboardEvent): boolean {
    const control = event.ctrlKey || event.metaKey;
    const target = movedTo(event.key, event.shiftKey ? end : at, outcomes.length, total, control);
    if (target && event.shiftKey) extend(target);
    else if (event.key === 'ArrowUp' && at.row === 0 && column) onHelp(at.column);
    else if (target) go(target);
    else if (control) return onControlKey(event);
    else if (event.altKey) return false;
    else if (event.key === 'F2' && event.shiftKey && column) onNote(at.row, column.key);
    else if (event.key === 'Enter' || event.key === 'F2' || event.key === ' ') open();
    else if (event.key === 'Delete' || event.key === 'Backspace') clear();
    else if (event.key === 'Escape' && !isSingle(block)) setEnd(at);
    else return false;
    return true;
  }

  function onEditingKey(event: KeyboardEvent): boolean {
    const step = event.shiftKey ? -1 : 1;
    if (event.key === 'Enter') commit({ row: Math.min(Math.max(at.row + step, 0), lastRow), column: at.column });
    else if (event.key === 'Tab') commit({ row: at.row, column: Math.min(Math.max(at.column + step, 0), total - 1) });
    else if (event.key === 'Escape') {
      setTyped(null);
      go(at);
    } else return false;
    return true;
  }

  function onKeyDown(event: KeyboardEvent) {
    // While an input method is at work its keys are its own; 229 is how some browsers say so.
    if (event.nativeEvent.isComposing || event.keyCode === 229 || !inCells(event.target)) return;
    if (!(typed === null ? onRestingKey(event) : onEditingKey(event))) return;
    event.preventDefault();
    event.stopPropagation();
  }

  function onPaste(event: ClipboardEvent) {
    if (typed !== null || form.readOnly || !column || !inCells(event.target)) return;
    event.preventDefault();
    const text = event.clipboardData.getData('text/plain');
    if (text === '') return;
    const corner = { row: block.top, column: block.left };
    const pasted = pasteBlock(outcomes, corner, columns, text, event.clipboardData.getData('text/html'));
    onRefused(pasted.refused);
    if (pasted.outcomes === null) return;
    put(pasted.outcomes, t('grid.pasted', { count: pasted.cells }));
    wantsFocus.current = true;
  }

  function onCopy(event: ClipboardEvent) {
    if (typed !== null || !column || !inCells(event.target)) return;
    event.preventDefault();
    event.clipboardData.setData('text/plain', blockText(outcomes, block, columns, t('notPriced')));
    setSaid(t('grid.copied', { count: cellsOf(block) }));
    if (event.type === 'cut') clear();
  }

  function onCellMouseDown(event: MouseEvent, place: Place) {
    if (event.button !== 0) return;
    // Inside the open editor the mouse sets the caret.
    if (typed !== null && event.target instanceof HTMLInputElement) return;
    event.preventDefault();
    keep();
    if (event.shiftKey) {
      extend(place);
      return;
    }
    dragging.current = true;
    window.addEventListener('mouseup', () => (dragging.current = false), { once: true });
    go(place);
  }
  function onCellMouseEnter(event: MouseEvent, place: Place) {
    if (dragging.current && event.buttons === 1) extend(place);
  }
  /** A link to a problem puts the focus on the cell itself; it belongs in the cell's input. */
  function onCellFocus(place: Place) {
    if (place.row !== at.row || place.column !== at.column) go(place);
  }

  return {
    at,
    block,
    typed,
    said,
    setTyped,
    go,
    edit,
    keep,
    open,
    fill,
    travel,
    onKeyDown,
    onPaste,
    onCopy,
    onCellMouseDown,
    onCellMouseEnter,
    onCellFocus,
    canFill: !form.readOnly && block.bottom > 0,
  };
}

/** Headings, and the help that opens from them, have keys and text of their own. */
function inCells(target: EventTarget): boolean {
  return target instanceof Element && target.closest('tbody') !== null;
}

export type Grid = ReturnType<typeof useGrid>;
