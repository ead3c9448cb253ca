// Why: a decision half written comes back after another page or a reload, and goes once it is recorded.
import { act, renderHook } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';
import { textAt, type Content } from './path';
import { useKept, type KeptPlace } from './useKept';

const PLACE: KeptPlace = { userId: 'u1', thing: 's1', part: 'decision', version: 1 };
const read = (kept: Content) => ({ reason: textAt(kept, 'reason'), conditions: textAt(kept, 'conditions') });
const open = (place: Partial<KeptPlace> = {}) => renderHook(() => useKept({ ...PLACE, ...place }, read)).result;

beforeEach(() => localStorage.clear());

test('what was typed is there again, for that person and that thing only', () => {
  const form = open();
  expect(form.current).toMatchObject({ typed: { reason: '', conditions: '' }, restored: false });
  act(() => form.current.change({ reason: 'Serves a district' }));
  act(() => form.current.change({ conditions: 'Quarterly report' }));
  expect(open().current).toMatchObject({ typed: { reason: 'Serves a district', conditions: 'Quarterly report' }, restored: true });
  expect(open({ userId: 'u2' }).current.restored).toBe(false);
  expect(open({ thing: 's2' }).current.restored).toBe(false);
  expect(open({ part: 'appeal' }).current.restored).toBe(false);
});

test('it is gone once the server has it', () => {
  const form = open();
  act(() => form.current.change({ reason: 'x' }));
  act(() => form.current.clear());
  expect(form.current.typed.reason).toBe('');
  expect(open().current).toMatchObject({ typed: { reason: '' }, restored: false });
});

test('what was typed before another decision stood does not come back, and typing emptied is no find', () => {
  const form = open();
  act(() => form.current.change({ reason: 'x' }));
  expect(open({ version: 2 }).current.typed.reason).toBe('');
  expect(localStorage.length).toBe(0);
  act(() => form.current.change({ reason: '' }));
  expect(open().current.restored).toBe(false);
});
