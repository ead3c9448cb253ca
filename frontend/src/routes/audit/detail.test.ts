// Why: the trail is read by people: keys, yes and no, nothing and codes have words in both languages.
import { beforeAll, describe, expect, test } from 'vitest';
import { loadWords } from '@/i18n';
import { wordsReady } from '@/test-words';
import { detailWords } from './detail';

const SIGN_IN = { known_device: false, second_step: null, way: 'password' };
const shown = (detail: Record<string, unknown>, language: 'en' | 'zh') =>
  Object.entries(detail).map(([key, value]) => {
    const { label, text } = detailWords(key, value, language);
    return `${label}=${text}`;
  });

describe.each(['en', 'zh'] as const)('details (%s)', (language) => {
  beforeAll(async () => {
    await wordsReady(language);
    await Promise.all((['audit', 'account', 'files', 'operator', 'purchases', 'sroi'] as const).map(loadWords));
  });

  test('of a sign-in and of a decision are words', () => {
    const decision = { outcome: 'approve_in_part', amount: '241101.00', departs_from_rank: true };
    expect(shown({ ...SIGN_IN, ...decision }, language)).toEqual(
      language === 'en'
        ? [
            'Known device=No',
            'Second step=None',
            'Signed in with=password',
            'Outcome=approve in part',
            'Amount=HK$241,101.00',
            'Departs from the ranking=Yes',
          ]
        : ['已知裝置=否', '雙重認證=無', '登入方式=密碼', '結果=部分批准', '款額=HK$241,101.00', '與排名不同=是'],
    );
  });

  test('that other pages have words for use those', () => {
    const detail = { roles: ['funder_chair'], kind: 'quotation', scopes: ['audit:read'], reason_code: 'other', deed: 'award' };
    for (const [key, value] of Object.entries({ ...detail, conclusion: 'qualified', reason: 'file_infected' })) {
      expect(detailWords(key, value, language)).toMatchObject({ raw: false });
      expect(detailWords(key, value, language).label).not.toBe(key);
    }
  });

  test('without words stay as they were recorded', () => {
    expect(detailWords('new_key', { a: 1 }, language)).toEqual({ label: 'new_key', raw: true, text: '{"a":1}' });
    expect(detailWords('run', '01890a5d', language)).toMatchObject({ raw: true, text: '01890a5d' });
  });
});
