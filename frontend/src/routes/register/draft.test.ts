// Why: what was typed is found again after a reload, and a changed form never travels under an earlier request's name.
import { beforeEach, expect, test } from 'vitest';
import { changed, dropDraft, emptyDraft, findDraft, keepDraft, withIdentifier, withLine, withoutLine } from './draft';

beforeEach(() => sessionStorage.clear());

test('what was typed is found again and is gone once sent', () => {
  const typed = withIdentifier(changed(emptyDraft(), { nameEn: 'Pebble Cove' }), 0, { type: 'ubi_brn', value: '9999' });
  keepDraft(typed);
  expect(findDraft()).toEqual(typed);
  dropDraft();
  expect(findDraft().nameEn).toBe('');
});

test('a changed form is another request, an unchanged one the same', () => {
  const draft = emptyDraft();
  expect(changed(draft, { nameZh: '石灣' }).requestId).not.toBe(draft.requestId);
  keepDraft(draft);
  expect(findDraft().requestId).toBe(draft.requestId);
});

test('lines come and go, and what cannot be read is an empty form', () => {
  const two = withLine(emptyDraft());
  expect(two.identifiers).toHaveLength(2);
  expect(withoutLine(two, 0).identifiers).toHaveLength(1);
  for (const broken of ['{', '5', '{"identifiers":[7,null]}']) {
    sessionStorage.setItem('plumbline.register', broken);
    expect(findDraft().kind).toBe('');
  }
});
