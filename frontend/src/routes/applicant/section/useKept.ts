// Why: what somebody types before a deed that is recorded once (a decision, an answer, a statement) is kept on this
// device until the server has it. What was typed about an earlier state of the thing is not put back.
import { useCallback, useRef, useState } from 'react';
import { dropDraft, findDraft, keepDraft } from './draft';
import type { Content } from './path';

export interface KeptPlace {
  userId: string;
  /** What the words are about, such as a submission. */
  thing: string;
  /** Which form of the thing. */
  part: string;
  /** How often the thing has changed so far: words about an earlier state no longer fit. */
  version?: number;
}

export interface Kept<T> {
  typed: T;
  /** Whether something came back from an earlier visit and still stands here. */
  restored: boolean;
  change: (change: Partial<T>) => void;
  /** The server has it, or nobody wants it any more. */
  clear: () => void;
}

/** `read` makes sense of what was kept; of nothing it makes the empty form. */
export function useKept<T extends object>({ userId, thing, part, version = 0 }: KeptPlace, read: (kept: Content) => T): Kept<T> {
  const [first] = useState(() => firstTyped(userId, thing, part, version, read));
  const [typed, setTyped] = useState(first.typed);
  const [restored, setRestored] = useState(first.restored);
  const newest = useRef(first.typed);
  const change = useCallback(
    (given: Partial<T>) => {
      const next = { ...newest.current, ...given };
      newest.current = next;
      setTyped(next);
      keepDraft(userId, thing, part, { content: { ...next }, version, at: new Date().toISOString() });
    },
    [userId, thing, part, version],
  );
  const clear = useCallback(() => {
    dropDraft(userId, thing, part);
    newest.current = read({});
    setTyped(newest.current);
    setRestored(false);
  }, [userId, thing, part, read]);
  return { typed, restored, change, clear };
}

function firstTyped<T extends object>(userId: string, thing: string, part: string, version: number, read: (kept: Content) => T) {
  const empty = { typed: read({}), restored: false };
  const draft = findDraft(userId, thing, part);
  if (draft === null) return empty;
  if (draft.version !== version) {
    dropDraft(userId, thing, part);
    return empty;
  }
  const typed = read(draft.content);
  return { typed, restored: JSON.stringify(typed) !== JSON.stringify(empty.typed) };
}
