// Why: the grid must be workable without a mouse and forgive a wrong paste.
import { act, fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Themed, wordsReady } from '@/test-words';
import { SectionContext } from '../section/context';
import { rowsAt, setAt, type Content } from '../section/path';
import type { SectionForm } from '../section/useSection';
import { COLUMNS } from './columns';
import { ValueGrid } from './ValueGrid';

const headings = Object.fromEntries(COLUMNS.map(({ key }) => [key, key]));
const onDetails = vi.fn();

function Sheet() {
  const [past, setPast] = useState<Content[]>([]);
  const [content, setContent] = useState<Content>({
    outcomes: [
      { id: 'o1', stakeholder: 'Elderly users', quantity: '420', deadweight: '0.15' },
      { id: 'o2', stakeholder: 'Carers', quantity: '310', deadweight: '0.25' },
    ],
  });
  const change = (next: Content) => {
    setPast([...past, content]);
    setContent(next);
  };
  const form = {
    content,
    readOnly: false,
    set: (path: string, value: unknown) => change(setAt(content, path, value)),
    replace: change,
    undo: () => {
      const last = past.at(-1);
      if (last) setContent(last);
    },
  } as unknown as SectionForm;
  return (
    <Themed>
      <SectionContext value={{ form, fields: [], shown: [{ code: 'not_decimal', path: 'outcomes[0].quantity', message: '', params: [{ name: 'example', value: '12.5' }] }] }}>
        <ValueGrid outcomes={rowsAt(content, 'outcomes')} headings={headings} values={new Map()} onDetails={onDetails} onWorking={vi.fn()} />
      </SectionContext>
    </Themed>
  );
}

const cell = (row: number, key: string) => document.getElementById(`field-outcomes[${row}].${key}`) as HTMLElement;

describe('the value map grid', () => {
  beforeEach(() => wordsReady());

  it('has one tab stop and moves with the arrows', async () => {
    render(<Sheet />);
    await userEvent.tab();
    expect(cell(0, 'stakeholder')).toHaveFocus();
    await userEvent.keyboard('{ArrowDown}{ArrowRight}{ArrowRight}');
    expect(cell(1, 'quantity')).toHaveFocus();
    expect(screen.getAllByRole('gridcell').filter((each) => each.tabIndex === 0)).toHaveLength(1);
  });

  it('edits with F2, keeps with Enter and moves down', async () => {
    render(<Sheet />);
    act(() => cell(0, 'deadweight').focus());
    await userEvent.keyboard('{F2}');
    const editor = screen.getByRole('textbox');
    expect(editor).toHaveValue('15');
    await userEvent.clear(editor);
    await userEvent.type(editor, '20%{Enter}');
    expect(cell(0, 'deadweight')).toHaveTextContent('20%');
    expect(cell(1, 'deadweight')).toHaveFocus();
  });

  it('takes an edit back with Escape', async () => {
    render(<Sheet />);
    act(() => cell(0, 'quantity').focus());
    await userEvent.keyboard('9');
    expect(screen.getByRole('textbox')).toHaveValue('9');
    await userEvent.keyboard('{Escape}');
    expect(cell(0, 'quantity')).toHaveTextContent('420');
    expect(cell(0, 'quantity')).toHaveFocus();
  });

  it('pastes a block and undoes it in one step', async () => {
    render(<Sheet />);
    act(() => cell(1, 'stakeholder').focus());
    fireEvent.paste(cell(1, 'stakeholder'), {
      clipboardData: { getData: () => 'Staff\tHours saved\t9,600\nSWD\tFewer referrals\t75' },
    });
    expect(cell(1, 'quantity')).toHaveTextContent('9,600');
    expect(cell(2, 'stakeholder')).toHaveTextContent('SWD');
    await userEvent.keyboard('{Control>}z{/Control}');
    expect(cell(1, 'stakeholder')).toHaveTextContent('Carers');
    expect(cell(2, 'stakeholder')).toBeNull();
  });

  it('says in words what is wrong with the active cell', async () => {
    render(<Sheet />);
    act(() => cell(0, 'quantity').focus());
    expect(await screen.findByText('This is not a number. Write it like 12.5.')).toBeInTheDocument();
    expect(cell(0, 'quantity')).toHaveAttribute('aria-invalid', 'true');
  });
});
