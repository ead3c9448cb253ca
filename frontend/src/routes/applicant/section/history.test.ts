// Why: undo must bring back exactly what was there, and typing must not cost a step for each letter.
import { describe, expect, it } from 'vitest';
import { NO_HISTORY, redo, remember, undo } from './history';

describe('undo and redo', () => {
  it('go back and forth over every step', () => {
    const history = remember(remember(NO_HISTORY, { a: '1' }, null), { a: '2' }, null);
    const back = undo(history, { a: '3' });
    expect(back?.content).toEqual({ a: '2' });
    const twice = back && undo(back.history, back.content);
    expect(twice?.content).toEqual({ a: '1' });
    const again = twice && redo(twice.history, twice.content);
    expect(again?.content).toEqual({ a: '2' });
    expect(again && redo(again.history, again.content)?.content).toEqual({ a: '3' });
  });

  it('forget what was undone as soon as something else is changed', () => {
    const back = undo(remember(NO_HISTORY, { a: '1' }, null), { a: '2' });
    const changed = back && remember(back.history, back.content, null);
    expect(changed && redo(changed, { a: '9' })).toBeNull();
  });

  it('take a run of typing as one step', () => {
    const typed = remember(remember(NO_HISTORY, { need: '' }, 'need'), { need: 'n' }, 'need');
    expect(undo(typed, { need: 'no' })?.content).toEqual({ need: '' });
    const elsewhere = remember(typed, { need: 'no' }, 'title');
    expect(undo(elsewhere, { need: 'no', title: 't' })?.content).toEqual({ need: 'no' });
  });

  it('have nothing to do at either end', () => {
    expect(undo(NO_HISTORY, {})).toBeNull();
    expect(redo(NO_HISTORY, {})).toBeNull();
  });
});
