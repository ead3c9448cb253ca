// Why: amounts and shares of part funding are typed by people and sent exactly.
import { newLevel, sentLevels, typedLevel, unreadLevels } from './levels';

const stored = { id: 'level_1', name: { en: 'Phase 1', zh: '第一期' }, amount: '400000.00', benefitShare: '0.625', reason: 'Pilot' };

test('a stored level is shown for editing and sent back unchanged', () => {
  const typed = typedLevel(stored);
  expect(typed).toMatchObject({ amount: '400,000.00', share: '62.5' });
  expect(sentLevels([typed])).toEqual([
    { id: 'level_1', nameEn: 'Phase 1', nameZh: '第一期', amount: '400000.00', benefitShare: '0.625', reason: 'Pilot' },
  ]);
});

test('everything that is empty or cannot be read is named at once', () => {
  const bad = { ...typedLevel(stored), en: ' ', amount: 'much', share: '６２．５％' };
  expect(unreadLevels([typedLevel(stored), bad]).map(({ code, path }) => `${code} ${path}`)).toEqual([
    'missing levels[1].nameEn',
    'not_decimal levels[1].amount',
  ]);
});

test('a new level gets an id that no other has', () => {
  const levels = [{ ...typedLevel(stored), id: 'level_2' }];
  expect(newLevel(levels).id).toBe('level_3');
  expect(newLevel([]).id).toBe('level_1');
});
