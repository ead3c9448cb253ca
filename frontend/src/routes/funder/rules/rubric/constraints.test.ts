// Why: rules come and go row by row; what else the settings hold, known or not, must stay.
import { describe, expect, it } from 'vitest';
import { rulesIn, withoutRule, withRule } from './constraints';

const before = { small_share: '0.2', lucky: true };

describe('rules of the exact set', () => {
  it('are added as rows to fill in, beside what stands there', () => {
    const after = withRule(withRule(before, 'at_most'), 'requires');
    expect(after).toEqual({
      ...before,
      at_most: [{ dimension: 'district', code: '', measure: 'count', value: '' }],
      requires: [{ application: '', needs: '' }],
    });
    expect(rulesIn(withRule(after, 'at_most'), 'at_most')).toHaveLength(2);
  });

  it('are removed by their place, and an emptied list leaves nothing behind', () => {
    const lists = { ...before, exclusive: [['a', 'b'], ['c', 'd']] };
    const once = withoutRule(lists, 'exclusive', 0);
    expect(once).toEqual({ ...before, exclusive: [['c', 'd']] });
    expect(withoutRule(once, 'exclusive', 0)).toEqual(before);
  });

  it('are none where the settings say none', () => {
    expect(rulesIn(undefined, 'at_least')).toEqual([]);
    expect(rulesIn({ at_least: null }, 'at_least')).toEqual([]);
    expect(withRule(null, 'exclusive')).toEqual({ exclusive: [[]] });
  });
});
