// Why: a row must show what its own hours come to, and an old row with an amount nothing.
import { expect, it } from 'vitest';
import { volunteerAmounts } from './volunteerAmounts';

it('finds the amount of each row with hours in the working', () => {
  const year = (values: Record<string, string>) => ({ id: 'input_year.1.present_value', values, children: [] });
  const working = {
    id: 'investment',
    children: [
      year({ 'input 3: Cooks': '900', 'input 3: Cooks, hours': '12', 'input 3: Cooks, rate of an hour': '75' }),
      year({ 'input 1: grant 2026-27': '5000', 'input 2: Helpers': '7500', 'input 2: Helpers, hours': '120' }),
    ],
  };
  const rows = [{ name: 'Helpers', hours: '120' }, { name: 'Old', amount: '40.00' }, { name: 'Cooks', hours: '12' }];
  expect(volunteerAmounts(working, rows)).toEqual(['7500', undefined, '900']);
  expect(volunteerAmounts(null, rows)).toEqual([undefined, undefined, undefined]);
});
