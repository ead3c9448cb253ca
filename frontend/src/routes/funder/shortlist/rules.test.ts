// Why: a panel reads rules as sentences, in both languages, with names instead of codes.
import i18next from 'i18next';
import { loadWords } from '@/i18n';
import { wordsReady } from '@/test-words';
import { readRule, relaxationWords, ruleValue, ruleWords, type Names } from './rules';

const names: Names = {
  places: new Map([['district:kwun_tong', 'Kwun Tong'], ['service_area:elderly', 'Elderly']]),
  references: new Map([['s1', 'DF-26-001'], ['s2', 'DF-26-002']]),
};

async function words(language: 'en' | 'zh') {
  await wordsReady(language);
  await Promise.all([loadWords('ranking'), loadWords('funder')]);
  return i18next.getFixedT(language, 'ranking');
}

test('every kind of rule is read from its id', () => {
  expect(readRule('at_most:district:kwun_tong:spend')).toMatchObject({ kind: 'at_most', dimension: 'district', code: 'kwun_tong', measure: 'money' });
  expect(readRule('at_least:service_area:elderly:count')).toMatchObject({ kind: 'at_least', measure: 'count' });
  expect(readRule('exclusive:s1:s2')).toMatchObject({ kind: 'exclusive', applications: ['s1', 's2'] });
  expect(readRule('requires:s1:s2')).toMatchObject({ kind: 'requires', applications: ['s1', 's2'] });
  expect(readRule('new_rule')).toMatchObject({ kind: 'other' });
});

test('rules are sentences with names', async () => {
  const t = await words('en');
  expect(ruleWords('at_most:district:kwun_tong:spend', names, t)).toBe('Kwun Tong (district): at most so much money');
  expect(ruleWords('exclusive:s1:s2', names, t)).toBe('Not together: DF-26-001 / DF-26-002');
  expect(ruleWords('requires:s1:s2', names, t)).toBe('DF-26-001 only with DF-26-002');
  expect(ruleWords('small_share', names, t)).toContain('small organisations');
  expect(ruleWords('new_rule', names, t)).toBe('new_rule');
});

test('values carry the unit of their rule', () => {
  expect(ruleValue('at_most:district:kwun_tong:spend', '900000.00')).toBe('HK$900,000.00');
  expect(ruleValue('at_least:service_area:elderly:count', '2')).toBe('2');
  expect(ruleValue('small_share', '0.2')).toBe('20%');
  expect(ruleValue('max_per_group', '3')).toBe('3');
});

test('what would have to give is said with the amount, in both languages', async () => {
  const short = { rule: 'at_most:district:kwun_tong:spend', required: '900000.00', achievable: '960000.00', shortfall: '60000.00' };
  expect(relaxationWords(short, names, await words('en'))).toBe(
    'the cap of Kwun Tong (district) would have to rise by HK$60,000.00 (HK$900,000.00 asked for, HK$960,000.00 possible)',
  );
  expect(relaxationWords({ ...short, required: null }, names, await words('zh'))).toContain('HK$60,000.00');
});
