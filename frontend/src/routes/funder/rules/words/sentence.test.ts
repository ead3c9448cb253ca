// Why: every demonstration criterion reads as a sentence in both languages, with the parameters' values.
import { beforeAll, describe, expect, it } from 'vitest';
import { wordFor } from '@/i18n';
import { wordsReady } from '@/test-words';
import facts from '../../../../../../seed/facts.json';
import programme from '../../../../../../seed/programmes/dedicated-fund-it.json';
import { factMap } from '../vocabulary';
import { ruleWords, type Telling } from './sentence';

const options = [{ code: 'current', label: { en: 'in force', zh: '有效' } }];
const known = factMap(facts.facts.map((fact) => ({ ...fact, options: fact.path === 'org.s88_status' ? options : [] })));

function telling(language: 'en' | 'zh'): Telling {
  const { parameters, words } = programme;
  const tables = { cap_by_size: { label: { en: 'Cap by size', zh: '按規模的上限' }, unit: 'hkd', rows: [{ value: '500000.00' }] } };
  const say = (key: string, values = {}) => wordFor(`rulewords:say.${key}`, values) ?? key;
  return { language, facts: known, parameters, tables, words, say };
}

const said = (id: string, language: 'en' | 'zh') => ruleWords(programme.criteria.find((each) => each.id === id)?.rule, telling(language));

describe('in English', () => {
  beforeAll(() => wordsReady('en'));

  it.each([
    ['DF-E01', 'Mode of subvention is one of: Lump Sum Grant, conventional subvention'],
    ['DF-E02', 'Section 88 charity status is in force or legal form is ordinance'],
    ['DF-E03', 'At least one entry of registry identifiers: registry identifiers has the pattern of its own type (identifier_patterns)'],
    ['DF-E04', 'Scope is one of: information system, information-technology infrastructure, information security, back-office system, system for service users'],
    ['DF-E05', 'Share that serves subvented services > 0% and share that serves subvented services ≤ 100%'],
    ['DF-E06', 'Amount asked + awarded to date under this programme ≤ the larger of (cap_rate 1% × provisional subvention of the year) and HK$500,000.00'],
    ['DF-E07', 'Day of submission is from 1 June 2024 to 31 May 2029'],
    ['DF-E08', 'The months from start date to end date ≤ 36'],
    ['DF-E09', 'Day of board endorsement is given'],
    ['DF-E10', 'Staff consultation has at least 50 characters'],
    ['DF-E11', 'The sum of asked for the line over budget lines = amount asked'],
    ['DF-E12', 'Every entry of budget lines: asked for the line + other funding for the line ≤ cost of the line'],
    ['DF-E13', 'No entry of budget lines: cost type is one of: an overtime allowance, recurrent rent, a cost of a self-financing service, a cost incurred before approval, a cost of fundraising'],
    ['DF-E14', 'The check “procurement plan in line with the table” is met'],
    ['DF-E15', 'If handles personal data is yes, then privacy impact assessment is given'],
    ['DF-E17', 'If uses artificial intelligence is yes, then all of these are given: post accountable for the AI, where a person decides, testing, emergency stop'],
    ['DF-E18', 'If used by service users is yes, then plan for low digital ability has at least 50 characters'],
    ['DF-E19', 'Shown for information: Lump Sum Grant reserve ÷ (operating expenditure − Provident Fund expenditure) (if the divisor is 0: unknown)'],
    ['DF-E20', 'The check “shared costs apportioned or exempt” is met'],
    ['DF-E21', 'At least one entry of outcomes: all of these are given: baseline, target, how it is measured'],
    ['DF-E22', 'Declared interests has at least 1 entries'],
    ['DF-E23', 'Reports overdue on earlier awards = 0'],
    ['DF-E24', 'Latest audited accounts is not before 2024-25'],
    ['DF-E25', 'Upkeep after the grant has at least 50 characters'],
    ['DF-E26', 'Part of staff and users in design has at least 50 characters'],
    ['DF-E27', 'When the contract ends has at least 50 characters'],
    ['DF-E28', 'Taking out the data has at least 50 characters'],
    ['DF-E29', 'Exchange with other systems has at least 50 characters'],
  ])('%s', (id, words) => expect(said(id, 'en')).toBe(words));

  it('lists what a set must include', () => {
    expect(said('DF-E16', 'en')).toMatch(/^Privacy and security controls includes all of: consent management, data minimisation, .* encryption at rest$/);
  });

  it('puts one kind of condition inside another in brackets', () => {
    const given = (field: string) => ({ op: 'present', left: { field } });
    const rule = { op: 'or', args: [given('project.need'), { op: 'and', args: [given('project.summary'), given('project.objectives')] }] };
    expect(ruleWords(rule, telling('en'))).toBe('Need is given or (summary is given and objectives is given)');
  });

  it('names another criterion, and days between dates', () => {
    expect(ruleWords({ op: 'criterion', id: 'DF-E01' }, telling('en'))).toBe('Criterion DF-E01 is met');
    const days = { op: 'days_between', left: { field: 'project.start_on' }, right: { field: 'project.end_on' } };
    expect(ruleWords({ op: 'gte', left: days, right: 30 }, telling('en'))).toBe('The days from start date to end date ≥ 30');
  });

  it('names a table by its label and says what a divisor of zero means', () => {
    const rule = {
      op: 'lte',
      left: { op: 'div', left: { field: 'application.requested_hkd' }, right: { field: 'org.overdue_reports' }, if_zero: null },
      right: { op: 'table', name: 'cap_by_size' },
    };
    expect(ruleWords(rule, telling('en'))).toBe(
      'Amount asked ÷ reports overdue on earlier awards (if the divisor is 0: unknown) ≤ the figure from the table “Cap by size”',
    );
  });

  it('shows a gap where something is not filled in, and keeps text that is no rule', () => {
    expect(ruleWords({ op: 'gte', left: { field: 'project.start_on' } }, telling('en'))).toBe('Start date is not before …');
    expect(ruleWords(undefined, telling('en'))).toBe('…');
    expect(ruleWords('{"op":', telling('en'))).toBe('{"op":');
  });
});

describe('in Chinese', () => {
  beforeAll(() => wordsReady('zh'));

  it.each([
    ['DF-E06', '申請款額 + 本計劃至今獲批款額 ≤ （cap_rate 1% × 該年度暫定津助額）與HK$500,000.00兩者中較高者'],
    ['DF-E07', '遞交日期介乎2024年6月1日至2029年5月31日'],
    ['DF-E12', '預算項目的每一項：該項申請款額 + 該項其他資助 ≤ 該項開支'],
    ['DF-E15', '如涉及個人資料為「是」，則已提供私隱影響評估'],
    ['DF-E23', '逾期未交的批款報告 = 0'],
  ])('%s', (id, words) => expect(said(id, 'zh')).toBe(words));

  it('reads all criteria without a gap or an operator left over', () => {
    const all = programme.criteria.map(({ id }) => said(id, 'zh'));
    expect(all).toHaveLength(29);
    expect(all.filter((words) => words.includes('…') || /\bop\b|undefined|object/.test(words))).toEqual([]);
  });
});
