// Why: small rules of the applicant pages that people would notice when wrong.
import { describe, expect, it } from 'vitest';
import { budgetYears } from './editors/BudgetEditor';
import { readFacts } from './editors/OrganisationEditor';
import { sectionOfFact } from './facts';
import { mayEdit, maySubmit } from './may';
import { cleanPaste } from './section/TextFields';
import { sumDecimals } from './sums';

describe('running sums', () => {
  it('add cents exactly, beyond what a float can hold', () => {
    expect(sumDecimals(['0.10', '0.20'])).toBe('0.30');
    expect(sumDecimals(['9007199254740993.01', '0.01'])).toBe('9007199254740993.02');
    expect(sumDecimals(['-1.5', '0.25'])).toBe('-1.25');
  });

  it('count what is not filled in as nothing and give up on what is not a number', () => {
    expect(sumDecimals([undefined, '', '5'])).toBe('5');
    expect(sumDecimals(['5', 'about 3'])).toBeNull();
  });
});

it('text from a word processor keeps its list and loses its hidden marks', () => {
  expect(cleanPaste('Aims:\r\n\u2022\tFirst\r\n\u00b7 Second\u200b\r\n1)\tThird\u00a0one')).toBe(
    'Aims:\n- First\n- Second\n1) Third one',
  );
});

describe('the budget table', () => {
  it('spans the financial years of the project and any year that carries money', () => {
    const project = { start_on: '2027-02-01', end_on: '2028-05-31' };
    expect(budgetYears([{ financial_year: '2029-30' }], project, [])).toEqual([
      '2026-27', '2027-28', '2028-29', '2029-30',
    ]);
  });

  it('offers the first years of the form while the dates are unknown', () => {
    expect(budgetYears([], {}, ['2026-27', '2027-28', '2028-29', '2029-30'])).toHaveLength(3);
  });
});

it('facts of the organisation come newest year first', () => {
  const years = readFacts([
    { financial_year: '2024-25', path: 'org.legal_form', value: 'company', provenance: 'verified' },
    { financial_year: null, path: 'org.awarded_to_date_hkd', value: '0.00', provenance: 'ledger' },
    { financial_year: '2025-26', path: 'org.legal_form', value: 'company', provenance: 'verified' },
  ]);
  expect(years.map((year) => year.financialYear)).toEqual(['2025-26', '2024-25', '']);
});

it('a criterion leads to the question that mends it', () => {
  expect(sectionOfFact('application.requested_hkd')).toEqual({ section: 'budget', path: 'lines' });
  expect(sectionOfFact('project.ai_plan.testing')).toEqual({ section: 'project', path: 'ai_plan.testing' });
  expect(sectionOfFact('org.s88_status')).toEqual({ section: 'organisation', path: 'confirmed' });
  expect(sectionOfFact('application.submitted_on')).toBeUndefined();
});

it('a finance officer writes figures, an endorser submits, a viewer does neither', () => {
  expect(mayEdit(['NGO_FINANCE'], 'budget')).toBe(true);
  expect(mayEdit(['NGO_FINANCE'], 'project')).toBe(false);
  expect(mayEdit(['NGO_VIEWER'], 'budget')).toBe(false);
  expect(maySubmit(['NGO_EDITOR'])).toBe(false);
  expect(maySubmit(['NGO_ENDORSER'])).toBe(true);
});
