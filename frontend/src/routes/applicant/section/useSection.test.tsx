// Why: nothing typed may be lost: not by leaving, not by a failed save, not by a second writer.
import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { map, pipe } from 'wonka';
import { Client, makeErrorResult, makeResult, Provider, type Exchange, type Operation } from 'urql';
import { findDraft, keepDraft } from './draft';
import { useSection, type StartingSection } from './useSection';

type Answer = (operation: Operation) => unknown;

/** A server that answers each operation with `answer`; an Error stands for a lost connection. */
function serverOf(answer: Answer): Client {
  const exchange: Exchange = () => (operations) =>
    pipe(
      operations,
      map((operation) => {
        const data = answer(operation);
        return data instanceof Error ? makeErrorResult(operation, data) : makeResult(operation, { data, hasNext: false, stale: false } as never);
      }),
    );
  return new Client({ url: '/graphql', exchanges: [exchange], preferGetMethod: false });
}

const START: StartingSection = {
  code: 'project',
  content: { need: 'old' },
  version: 3,
  savedAt: null,
  problems: [],
};
const WHERE = { applicationId: 'a1', userId: 'u1', readOnly: false };

function saved(content: unknown, version: number) {
  return {
    applicationSectionSave: {
      __typename: 'SectionSavePayload',
      section: { code: 'project', content, version, savedAt: '2026-11-21T06:02:00Z', state: 'IN_PROGRESS', problems: [] },
      preview: null,
      problems: [],
    },
  };
}

const conflict = {
  applicationSectionSave: {
    section: { code: 'project', content: { need: 'theirs' }, version: 5, savedAt: null, state: 'IN_PROGRESS', problems: [] },
    preview: null,
    problems: [{ code: 'version_conflict', path: '', message: '', params: [] }],
  },
};

function open(answer: Answer) {
  const client = serverOf(answer);
  const wrapper = ({ children }: { children: ReactNode }) => <Provider value={client}>{children}</Provider>;
  return renderHook(() => useSection(START, WHERE), { wrapper });
}

interface SaveVariables {
  input: { content: { need?: string }; expectedVersion: number };
}
const sent = (operation: Operation) => (operation.variables as SaveVariables).input;

describe('a section under way', () => {
  beforeEach(() => {
    localStorage.clear();
    vi.useFakeTimers({ shouldAdvanceTime: true });
  });
  afterEach(() => vi.useRealTimers());

  it('saves once after a pause, with the last words and the version it saw', async () => {
    const answer = vi.fn((operation: Operation) => saved(sent(operation).content, 4));
    const { result } = open(answer);
    act(() => result.current.set('need', 'n'));
    act(() => result.current.set('need', 'new'));
    expect(result.current.status).toBe('typing');
    expect(findDraft('u1', 'a1', 'project')?.content).toEqual({ need: 'new' });
    act(() => vi.advanceTimersByTime(700));
    await waitFor(() => expect(result.current.status).toBe('saved'));
    expect(answer).toHaveBeenCalledTimes(1);
    expect(sent(answer.mock.calls[0]?.[0] as Operation)).toMatchObject({ content: { need: 'new' }, expectedVersion: 3 });
    expect(findDraft('u1', 'a1', 'project')).toBeNull();
  });

  it('keeps the words on the device while the server cannot be reached', async () => {
    const { result } = open(() => new Error('offline'));
    act(() => result.current.set('need', 'typed on the MTR'));
    act(() => vi.advanceTimersByTime(700));
    await waitFor(() => expect(result.current.status).toBe('failed'));
    expect(findDraft('u1', 'a1', 'project')?.content).toEqual({ need: 'typed on the MTR' });
  });

  it('puts back what was typed on an earlier visit', async () => {
    keepDraft('u1', 'a1', 'project', { content: { need: 'kept' }, version: 3, at: '' });
    const { result } = open((operation) => saved(sent(operation).content, 4));
    expect(result.current.content).toEqual({ need: 'kept' });
    expect(result.current.restored).toBe(true);
    act(() => vi.advanceTimersByTime(700));
    await waitFor(() => expect(result.current.status).toBe('saved'));
  });

  it('shows both texts when somebody else saved first, and saves mine on their version', async () => {
    let turn = 0;
    const answer = vi.fn((operation: Operation) => {
      turn += 1;
      return turn === 1 ? conflict : saved(sent(operation).content, 6);
    });
    const { result } = open(answer);
    act(() => result.current.set('need', 'mine'));
    act(() => vi.advanceTimersByTime(700));
    await waitFor(() => expect(result.current.conflict).not.toBeNull());
    expect(result.current.content).toEqual({ need: 'mine' });
    expect(result.current.conflict?.theirs).toEqual({ need: 'theirs' });
    act(() => result.current.keepMine());
    await waitFor(() => expect(result.current.status).toBe('saved'));
    expect(sent(answer.mock.calls[1]?.[0] as Operation)).toMatchObject({ content: { need: 'mine' }, expectedVersion: 5 });
  });

  it('does not overwrite a newer version with an old draft', () => {
    keepDraft('u1', 'a1', 'project', { content: { need: 'from last week' }, version: 1, at: '' });
    const { result } = open(() => saved({}, 4));
    expect(result.current.conflict?.theirs).toEqual({ need: 'old' });
    expect(result.current.status).toBe('conflict');
  });
});
