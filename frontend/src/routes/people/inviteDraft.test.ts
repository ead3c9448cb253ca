// Why: an unfinished invitation is found again, by the person and in the organisation that it was begun in.
import { beforeEach, expect, test } from 'vitest';
import { findInvite, keepInvite } from './inviteDraft';

beforeEach(() => sessionStorage.clear());

test('what was typed is found again by the same person in the same organisation only', () => {
  const typed = { email: 'new@kestrel.example', chosen: ['NGO_EDITOR' as const], until: '2027-01-31' };
  keepInvite('org', 'me', typed);
  expect(findInvite('org', 'me', ['NGO_EDITOR', 'NGO_FINANCE'])).toEqual(typed);
  expect(findInvite('other', 'me', ['NGO_EDITOR']).email).toBe('');
  expect(findInvite('org', 'you', ['NGO_EDITOR']).email).toBe('');
  expect(findInvite('org', 'me', ['NGO_FINANCE']).chosen).toEqual([]);
});

test('an empty form leaves nothing behind', () => {
  keepInvite('org', 'me', { email: 'a@b.example', chosen: [], until: '' });
  keepInvite('org', 'me', { email: '', chosen: [], until: '' });
  expect(sessionStorage).toHaveLength(0);
});
