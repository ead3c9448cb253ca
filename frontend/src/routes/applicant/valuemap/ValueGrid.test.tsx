// Why: the grid must be workable without a mouse, in any writing system, and forgive a wrong paste.
import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { focusField } from '@/components/ErrorSummary';
import { Themed, wordsReady } from '@/test-words';
import type { FieldDataFragment } from '@/gql/graphql';
import { SectionContext } from '../section/context';
import { NO_HISTORY, redo, remember, undo } from '../section/history';
import { getAt, rowsAt, setAt, type Content } from '../section/path';
import type { FieldForm } from '../section/useSavedForm';
import { COLUMNS } from './columns';
import { ValueGrid } from './ValueGrid';

const headings = Object.fromEntries(COLUMNS.map(({ key }) => [key, key]));
const onDetails = vi.fn();
const START: Content = {
  outcomes: [
    { id: 'o1', stakeholder: 'Elderly users', quantity: '420', deadweight: '0.15' },
    { id: 'o2', stakeholder: 'Carers', quantity: '310', deadweight: '0.25', reasons: { deadweight: 'Survey' }, sources: { deadweight: 'Own' } },
    { id: 'o3', stakeholder: 'Staff', cohorts: [{ start: 1, quantity: '50' }, { start: 2, quantity: '200' }] },
  ],
};
const noteField = (path: string, label: string): FieldDataFragment => ({
  path, kind: 'text', required: true, maxChars: 300, unit: null, showIf: null, options: [],
  label: { en: label, zh: label }, help: { en: '', zh: '' },
});
const FIELDS = [noteField('outcomes[].reasons.deadweight', 'Reason'), noteField('outcomes[].sources.deadweight', 'Source')];
const SHOWN = [{ code: 'not_decimal', path: 'outcomes[0].quantity', message: '', params: [{ name: 'example', value: '12.5' }] }];

function Sheet({ readOnly = false }: { readOnly?: boolean }) {
  const [history, setHistory] = useState(NO_HISTORY);
  const [content, setContent] = useState<Content>(START);
  const change = (next: Content) => {
    setHistory(remember(history, content, null));
    setContent(next);
  };
  const step = (back: typeof undo) => {
    const made = back(history, content);
    if (!made) return;
    setHistory(made.history);
    setContent(made.content);
  };
  const form = {
    content,
    readOnly,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    get: (path: string) => getAt(content, path),
    set: (path: string, value: unknown) => change(setAt(content, path, value)),
    replace: change,
    undo: () => step(undo),
    redo: () => step(redo),
  } as unknown as FieldForm;
  return (
    <Themed>
      <SectionContext value={{ form, fields: FIELDS, shown: SHOWN }}>
        <ValueGrid
          outcomes={rowsAt(content, 'outcomes')}
          columns={COLUMNS}
          headings={headings}
          values={new Map([['o1', '860395.33']])}
          fresh
          onDetails={onDetails}
          onWorking={vi.fn()}
          onPick={vi.fn()}
          openRow={null}
        />
      </SectionContext>
    </Themed>
  );
}

const cell = (row: number, key: string) => document.getElementById(`field-outcomes[${row}].${key}`) as HTMLElement;
const input = (row: number, key: string) => cell(row, key).querySelector('input') as HTMLInputElement;
/** Goes to a cell the way a link to a problem does. */
const goTo = (row: number, key: string) => act(() => focusField(`field-outcomes[${row}].${key}`));
const paste = (target: HTMLElement, text: string, html = '') =>
  fireEvent.paste(target, { clipboardData: { getData: (type: string) => (type === 'text/html' ? html : text) } });

describe('the value map grid', () => {
  beforeEach(() => wordsReady());

  it('has one tab stop among its cells and moves with the arrows', async () => {
    render(<Sheet />);
    goTo(0, 'stakeholder');
    expect(input(0, 'stakeholder')).toHaveFocus();
    await userEvent.keyboard('{ArrowDown}{ArrowRight}{ArrowRight}{ArrowRight}');
    expect(input(1, 'quantity')).toHaveFocus();
    expect(screen.getByRole('grid').querySelectorAll('td[tabindex="0"], td input')).toHaveLength(1);
  });

  it('edits with F2, keeps with Enter and moves down', async () => {
    render(<Sheet />);
    goTo(0, 'deadweight');
    await userEvent.keyboard('{F2}');
    expect(input(0, 'deadweight')).toHaveValue('15');
    await userEvent.clear(input(0, 'deadweight'));
    await userEvent.type(input(0, 'deadweight'), '20%{Enter}');
    expect(cell(0, 'deadweight')).toHaveTextContent('20%');
    expect(input(1, 'deadweight')).toHaveFocus();
  });

  it('starts with the letter that was typed and takes it back with Escape', async () => {
    render(<Sheet />);
    goTo(0, 'quantity');
    await userEvent.keyboard('9');
    expect(input(0, 'quantity')).toHaveValue('9');
    await userEvent.keyboard('{Escape}');
    expect(cell(0, 'quantity')).toHaveTextContent('420');
    expect(input(0, 'quantity')).toHaveFocus();
  });

  it('takes Chinese from an input method from the first stroke on', () => {
    render(<Sheet />);
    goTo(1, 'stakeholder');
    const box = input(1, 'stakeholder');
    fireEvent.keyDown(box, { key: 'Process', keyCode: 229 });
    fireEvent.compositionStart(box);
    fireEvent.input(box, { target: { value: 'c' }, isComposing: true });
    // The keys of the candidate list belong to the input method, not to the grid.
    fireEvent.keyDown(box, { key: 'ArrowDown', keyCode: 229, isComposing: true });
    fireEvent.keyDown(box, { key: 'Enter', keyCode: 229, isComposing: true });
    fireEvent.input(box, { target: { value: '長者' } });
    fireEvent.compositionEnd(box, { data: '長者' });
    expect(input(1, 'stakeholder')).toBe(box);
    expect(box).toHaveValue('長者');
    fireEvent.keyDown(box, { key: 'Enter' });
    expect(cell(1, 'stakeholder')).toHaveTextContent('長者');
  });

  it('selects a block with Shift, fills it down, and goes back and forth', async () => {
    render(<Sheet />);
    goTo(0, 'deadweight');
    await userEvent.keyboard('{Shift>}{ArrowDown}{ArrowDown}{/Shift}');
    expect(cell(2, 'deadweight')).toHaveAttribute('aria-selected', 'true');
    await userEvent.keyboard('{Control>}d{/Control}');
    expect([0, 1, 2].map((row) => cell(row, 'deadweight').textContent)).toEqual([
      expect.stringContaining('15%'), expect.stringContaining('15%'), expect.stringContaining('15%'),
    ]);
    await userEvent.keyboard('{Control>}z{/Control}');
    expect(cell(1, 'deadweight')).toHaveTextContent('25%');
    await userEvent.keyboard('{Control>}y{/Control}');
    expect(cell(1, 'deadweight')).toHaveTextContent('15%');
    await userEvent.click(screen.getByRole('button', { name: 'Undo' }));
    expect(cell(1, 'deadweight')).toHaveTextContent('25%');
    expect(screen.getByRole('button', { name: 'Redo' })).toBeEnabled();
  });

  it('selects with the mouse, copies the block and clears it', () => {
    render(<Sheet />);
    fireEvent.mouseDown(cell(0, 'stakeholder'), { button: 0 });
    fireEvent.mouseEnter(cell(1, 'stakeholder'), { buttons: 1 });
    fireEvent.mouseUp(window);
    const setData = vi.fn();
    fireEvent.copy(input(0, 'stakeholder'), { clipboardData: { setData } });
    expect(setData).toHaveBeenCalledWith('text/plain', 'Elderly users\r\nCarers');
    fireEvent.keyDown(input(0, 'stakeholder'), { key: 'Delete' });
    expect(cell(0, 'stakeholder')).not.toHaveTextContent('Elderly users');
    expect(cell(1, 'stakeholder')).not.toHaveTextContent('Carers');
    expect(cell(2, 'stakeholder')).toHaveTextContent('Staff');
  });

  it('pastes a block and undoes it in one step', async () => {
    render(<Sheet />);
    goTo(2, 'deadweight');
    paste(input(2, 'deadweight'), '10%\t5%\n20%\t0');
    expect(cell(3, 'deadweight')).toHaveTextContent('20%');
    expect(cell(2, 'displacement')).toHaveTextContent('5%');
    await userEvent.keyboard('{Control>}z{/Control}');
    expect(cell(2, 'deadweight')).toHaveTextContent('');
    expect(cell(3, 'deadweight')).toBeNull();
  });

  it('refuses a paste as a whole and names the cells', async () => {
    render(<Sheet />);
    goTo(0, 'deadweight');
    paste(input(0, 'deadweight'), '30%\nlots');
    const alert = screen.getByRole('alert');
    expect(alert).toHaveTextContent('Nothing was pasted');
    expect(alert).toHaveTextContent('deadweight, row 2: “lots” is not a percentage. Write it like 15% or 0.15.');
    expect(cell(0, 'deadweight')).toHaveTextContent('15%');
    await userEvent.click(within(alert).getByRole('button'));
    expect(screen.queryByRole('alert')).toBeNull();
    expect(input(0, 'deadweight')).toHaveFocus();
  });

  it('marks figures without a reason and shows reason and source of the active one', async () => {
    render(<Sheet />);
    expect(cell(0, 'deadweight')).toHaveTextContent('no reason or source yet');
    expect(cell(1, 'deadweight')).not.toHaveTextContent('no reason or source yet');
    goTo(0, 'deadweight');
    await userEvent.keyboard('{Shift>}{F2}{/Shift}');
    const note = screen.getByRole('region', { name: 'Behind this cell' });
    const reason = within(note).getByLabelText('Reason');
    expect(reason).toHaveFocus();
    await userEvent.type(reason, 'ok');
    await userEvent.type(within(note).getByLabelText('Source'), 'me');
    expect(cell(0, 'deadweight')).not.toHaveTextContent('no reason or source yet');
    await userEvent.keyboard('{Escape}');
    expect(input(0, 'deadweight')).toHaveFocus();
  });

  it('leads to the details where a figure starts in several years', async () => {
    render(<Sheet />);
    expect(cell(2, 'quantity')).toHaveTextContent('50 + 200');
    goTo(2, 'quantity');
    expect(input(2, 'quantity')).toHaveAttribute('readonly');
    await userEvent.keyboard('{Enter}');
    expect(onDetails).toHaveBeenCalledWith(2);
  });

  it('explains a column from the keyboard', async () => {
    render(<Sheet />);
    goTo(0, 'attribution');
    await userEvent.keyboard('{ArrowUp}');
    const mark = screen.getByRole('button', { name: 'What this means: attribution' });
    expect(mark).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    expect(await screen.findByText(/The share due to OTHERS/)).toBeInTheDocument();
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(mark).toHaveFocus());
    await userEvent.keyboard('{ArrowDown}');
    expect(input(0, 'attribution')).toHaveFocus();
  });

  it('says in words what is wrong with the active cell', async () => {
    render(<Sheet />);
    goTo(0, 'quantity');
    expect(await screen.findByText('This is not a number. Write it like 12.5.')).toBeInTheDocument();
    expect(cell(0, 'quantity')).toHaveAttribute('aria-invalid', 'true');
  });

  it('changes nothing when it is read only', async () => {
    render(<Sheet readOnly />);
    goTo(0, 'quantity');
    await userEvent.keyboard('9{Delete}');
    paste(input(0, 'quantity'), '7');
    expect(cell(0, 'quantity')).toHaveTextContent('420');
    expect(screen.queryByRole('toolbar')).toBeNull();
  });
});
