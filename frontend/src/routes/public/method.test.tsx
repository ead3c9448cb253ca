// Why: every step of the method has one place on the page, in either language, to which workings lead.
import { render, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { Answering, Themed, wordsReady } from '@/test-words';
import Method from './Method';
import { groupOf, grouped } from './methodGroups';

const text = (en: string, zh: string) => ({ en, zh });
const step = (id: string, en: string, zh: string) => ({
  id, title: text(en, zh), formula: text('a ÷ b', '甲 ÷ 乙'), text: text(`What ${en} means.`, `${zh}的意思。`), source: 'Guide to SROI, stage 5.3',
});
const method = [
  step('convention.simulation', 'Simulation', '模擬'),
  step('sroi.ratio', 'SROI ratio', '社會投資回報比率'),
  step('convention.brand_new', 'Something new', '新事項'),
];

describe('the method', () => {
  it('is told in order, and a new step finds its place', () => {
    expect(grouped(method).map(([group, members]) => [group, members.map(({ id }) => id)])).toEqual([
      ['order', ['sroi.ratio']],
      ['conventions', ['convention.brand_new']],
      ['uncertainty', ['convention.simulation']],
    ]);
    expect(groupOf('sroi.anything')).toBe('order');
  });

  it.each([['en', 'SROI ratio', 'a ÷ b', 'Simulation'], ['zh', '社會投資回報比率', '甲 ÷ 乙', '模擬']] as const)(
    'leads from the contents to each step (%s)',
    async (language, title, formula, simulation) => {
      await wordsReady(language);
      render(<Answering data={{ method }}><Themed><Method /></Themed></Answering>);
      const region = screen.getByRole('region', { name: title });
      expect(region).toHaveAttribute('id', 'method-sroi-ratio');
      expect(within(region).getByText(formula)).toBeInTheDocument();
      const contents = screen.getByRole('navigation');
      expect(within(contents).getByRole('link', { name: title })).toHaveAttribute('href', '#method-sroi-ratio');
      expect(within(contents).getByRole('link', { name: simulation })).toHaveAttribute('href', '#method-convention-simulation');
    },
  );
});
