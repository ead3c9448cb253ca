// Why: a rule comes together by choosing from ordinary controls, and what is chosen is exactly the rule.
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useEffect, useState } from 'react';
import { beforeAll, describe, expect, it } from 'vitest';
import { Themed, wordsReady } from '@/test-words';
import type { FieldForm } from '../../../applicant/section/useSavedForm';
import { getAt, setAt, type Content } from '../../../applicant/section/path';
import { DraftContext } from '../draft/context';
import type { OperatorInfo, Vocabulary } from '../vocabulary';
import { RuleEditor } from './RuleEditor';

const label = (en: string) => ({ en, zh: en });
const fact = (path: string, type: string, name: string) => ({ path, type, label: label(name), options: [] });
const operator = (word: string, gives: string, operands: [string, string][]): OperatorInfo => ({
  word,
  gives,
  label: label(word),
  operands: operands.map(([key, kind]) => ({ key, kind, optional: false })),
});

const VOCABULARY: Vocabulary = {
  facts: [
    fact('application.requested_hkd', 'hkd', 'Amount asked'),
    fact('application.budget_lines', 'list', 'Budget lines'),
    fact('application.budget_lines[].cost_hkd', 'hkd', 'Cost of the line'),
  ],
  operators: [
    operator('lte', 'yes_no', [['left', 'scalar'], ['right', 'scalar']]),
    operator('gte', 'yes_no', [['left', 'scalar'], ['right', 'scalar']]),
    operator('and', 'yes_no', [['args', 'rules']]),
    operator('all', 'yes_no', [['over', 'list_field'], ['where', 'rule']]),
    operator('sum', 'value', [['over', 'list_field'], ['of', 'item_key']]),
  ],
  groups: [],
};

let content: Content = {};

function Bench({ rule }: { rule: unknown }) {
  const [now, setNow] = useState<Content>({ rule, parameters: {}, tables: {} });
  useEffect(() => {
    content = now;
  }, [now]);
  const form = {
    content: now,
    readOnly: false,
    problems: [],
    get: (path: string) => getAt(now, path),
    set: (path: string, value: unknown) => setNow(setAt(now, path, value)),
  } as unknown as FieldForm;
  const value = { draftId: 'd', programmeId: 'p', form, vocabulary: VOCABULARY, goTo: () => undefined };
  return (
    <Themed>
      <DraftContext value={value}>
        <RuleEditor path="rule" label="Rule" lists={[]} depth={1} top />
      </DraftContext>
    </Themed>
  );
}

const asked = { op: 'lte', left: { field: 'application.requested_hkd' }, right: '500000.00' };

describe('the rule editor', () => {
  beforeAll(() => wordsReady('en'));

  it('types a fixed value the way its other side is', async () => {
    render(<Bench rule={asked} />);
    const amount = screen.getByLabelText('Fixed value (Compared with)');
    expect(amount).toHaveValue('HK$500,000.00');
    await userEvent.clear(amount);
    await userEvent.type(amount, 'HK$1,850,000');
    expect(content['rule']).toEqual({ ...asked, right: '1850000.00' });
  });

  it('changes how it is tested and keeps both sides', async () => {
    render(<Bench rule={asked} />);
    await userEvent.selectOptions(screen.getByRole('combobox', { name: /How it is tested/ }), 'gte');
    expect(content['rule']).toEqual({ ...asked, op: 'gte' });
  });

  it('joins another condition and removes it again', async () => {
    render(<Bench rule={asked} />);
    await userEvent.click(screen.getByRole('button', { name: /another condition \(and\)/ }));
    expect(content['rule']).toEqual({ op: 'and', args: [asked, {}] });
    await userEvent.click(screen.getByRole('button', { name: /^Remove: Part 2/ }));
    expect(content['rule']).toEqual({ op: 'and', args: [asked] });
  });

  it('offers the facts of list entries inside their list only', async () => {
    const every = { op: 'all', over: { field: 'application.budget_lines' }, where: { op: 'lte', left: { field: '' } } };
    render(<Bench rule={every} />);
    const inner = screen.getByRole('group', { name: 'What is tested in each entry' });
    await userEvent.click(within(inner).getByRole('combobox', { name: 'Fact' }));
    await userEvent.click(await screen.findByRole('option', { name: /Cost of the line/, hidden: true }));
    expect(content['rule']).toEqual({ ...every, where: { op: 'lte', left: { field: 'item.cost_hkd' } } });
  });

  it('builds a calculation inside a test', async () => {
    render(<Bench rule={{ op: 'lte', left: { op: '' }, right: '1.00' }} />);
    await userEvent.selectOptions(screen.getByRole('combobox', { name: /Which calculation/ }), 'sum');
    expect(content['rule']).toEqual({ op: 'lte', left: { op: 'sum' }, right: '1.00' });
  });
});
