// Why: body and sections travel as one form whose paths are those of the server's problems.
import { describe, expect, it } from 'vitest';
import programme from '../../../../../seed/programmes/dedicated-fund-it.json';
import { factBeside, formContent, nextId, splitContent, usersOf } from './body';
import { filled } from './criteria/placeholders';
import { fromTemplate, TEMPLATES } from './criteria/templates';
import { kindOfTable, kindOfValue } from './words/kinds';

describe('the form of a draft', () => {
  it('is taken apart into what it was made of', () => {
    const sections = { format: 1, version: '1', sections: [{ code: 'project' }] };
    const content = formContent({ criteria: [], parameters: { a: '1' } }, sections);
    expect(content['sections']).toEqual([{ code: 'project' }]);
    expect(splitContent(content, sections)).toEqual({ body: { criteria: [], parameters: { a: '1' } }, sections });
  });

  it('gives a new criterion the next number', () => {
    expect(nextId(programme.criteria)).toBe('DF-E30');
    expect(nextId([{ id: 'A9' }, { id: 'A10' }])).toBe('A11');
    expect(nextId([])).toBe('E01');
  });

  it('knows which criteria use a parameter or a table', () => {
    expect(usersOf(programme, 'param', 'cap_rate')).toEqual(['DF-E06']);
    const content = { criteria: [{ id: 'E1', rule: { op: 'lte', left: '1', right: { op: 'table', name: 'cap' } } }] };
    expect(usersOf(content, 'table', 'cap')).toEqual(['E1']);
    expect(usersOf(content, 'table', 'other')).toEqual([]);
  });
});

describe('a parameter of codes', () => {
  it('belongs to the fact it is compared with, also inside a list', () => {
    expect(factBeside(programme, 'eligible_scopes')).toBe('project.scope_code');
    expect(factBeside(programme, 'excluded_cost_types')).toBe('application.budget_lines[].cost_type');
    expect(factBeside(programme, 'reference_year')).toBeUndefined();
  });
});

describe('kinds', () => {
  it('follow from the name of a parameter, then from its looks', () => {
    const kinds = Object.entries(programme.parameters).map(([name, value]) => [name, kindOfValue(name, value)]);
    expect(Object.fromEntries(kinds)).toMatchObject({
      cap_rate: 'rate', cap_floor_hkd: 'hkd', reference_year: 'financial_year', opens_on: 'date', max_months: 'count',
      eligible_scopes: 'list', identifier_patterns: 'patterns',
    });
  });
  it('of a table follow from its unit, its name or its figures', () => {
    expect(kindOfTable('cap', { unit: 'hkd', rows: [] })).toBe('hkd');
    expect(kindOfTable('most_share', { rows: [{ value: '0.5' }] })).toBe('share');
    expect(kindOfTable('starts', { rows: [{ value: '2027-01-01' }] })).toBe('date');
    expect(kindOfTable('cap', { rows: [] })).toBeUndefined();
  });
});

describe('templates', () => {
  it.each(TEMPLATES.filter((name) => name !== 'blank'))('%s brings a rule and both languages for each text', (name) => {
    const { criterion } = fromTemplate(name, 'E1');
    expect(criterion['rule']).toHaveProperty('op');
    const words = JSON.stringify([criterion['reason'], criterion['fix']]);
    expect(words.match(/"en"/g)?.length).toBe(5);
    expect(words.match(/"zh"/g)?.length).toBe(5);
    expect(words).not.toMatch(/""/);
  });
  it('brings the table that its rule reads', () => {
    expect(Object.keys(fromTemplate('cap_by_size', 'E1').tables)).toEqual(['cap_by_size']);
  });
});

describe('a preview', () => {
  it('fills marks with the figures of an application, and leaves the others', () => {
    const figures = { value: '600000.00', threshold: '500000.00', shortfall: '100000.00', isMoney: true };
    expect(filled('{value} is {shortfall} over {threshold} in {item}', figures)).toBe('HK$600,000.00 is HK$100,000.00 over HK$500,000.00 in {item}');
    expect(filled('{value}', { ...figures, value: null })).toBe('{value}');
    expect(filled('{value}', { ...figures, isMoney: false, value: '1200' })).toBe('1,200');
  });
});
