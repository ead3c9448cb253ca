// Why: a wrong path would put one person's words into another field.
import { describe, expect, it } from 'vitest';
import { differences, getAt, sameContent, setAt } from './path';

describe('section paths', () => {
  it('reads and writes nested rows without touching the original', () => {
    const before = { outcomes: [{ id: 'o1', reasons: { proxy: 'a' } }] };
    const after = setAt(before, 'outcomes[0].reasons.quantity', 'counted');
    expect(getAt(after, 'outcomes[0].reasons')).toEqual({ proxy: 'a', quantity: 'counted' });
    expect(before).toEqual({ outcomes: [{ id: 'o1', reasons: { proxy: 'a' } }] });
  });

  it('removes a key that becomes unknown, and its empty parent, but keeps null', () => {
    expect(setAt({ title: { en: 'A' } }, 'title.en', undefined)).toEqual({});
    expect(setAt({ pia_document: 'x' }, 'pia_document', null)).toEqual({ pia_document: null });
  });

  it('removes a row', () => {
    expect(setAt({ lines: [{ id: 'b1' }, { id: 'b2' }] }, 'lines[0]', undefined)).toEqual({ lines: [{ id: 'b2' }] });
  });

  it('lists what two versions say differently', () => {
    expect(differences({ need: 'mine', end: '1' }, { need: 'theirs', end: '1' })).toEqual([
      { path: 'need', mine: 'mine', theirs: 'theirs' },
    ]);
  });

  it('does not mind the order of keys', () => {
    expect(sameContent({ a: '1', b: ['2'] }, { b: ['2'], a: '1' })).toBe(true);
    expect(sameContent({ a: [] }, {})).toBe(false);
  });
});
