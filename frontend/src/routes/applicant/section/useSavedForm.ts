// Why: anything that is saved as it is typed: content, autosave after a short pause, the local copy,
// two people writing at once, undo and redo. What saves it, and where, is the caller's.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ProblemLike } from '@/components/ProblemText';
import { dropDraft, findDraft, keepDraft } from './draft';
import { NO_HISTORY, redo, remember, undo, type History } from './history';
import { getAt, sameContent, setAt, type Content } from './path';

const RETRY_AFTER_MILLISECONDS = 5000;

/** `failed` is tried again by itself; `refused` waits for the next change or another person. */
type SaveStatus = 'saved' | 'typing' | 'saving' | 'failed' | 'refused' | 'conflict';

interface Conflict {
  theirs: Content;
  version: number;
}

/** What a save came to. */
export type SaveAnswer<Extra> =
  | { kind: 'saved'; version: number; savedAt: string | null; problems: readonly ProblemLike[]; extra: Extra | null | undefined }
  | { kind: 'conflict'; theirs: unknown; version: number }
  | { kind: 'refused'; problems: readonly ProblemLike[] }
  | { kind: 'failed' };

export interface Start {
  content: unknown;
  version: number;
  savedAt: string | null;
  problems: readonly ProblemLike[];
}

export interface Keeping<Extra> {
  /** Names the local copy: whose, of which application, and which part. */
  userId: string;
  applicationId: string;
  part: string;
  readOnly: boolean;
  /** Pause after the last change before it is saved: of a run of typing, and of an act of its own. */
  saveAfter: { typing: number; act: number };
  /** Writes the content over the version that was seen. Must keep its identity between renders. */
  save: (content: Content, expectedVersion: number) => Promise<SaveAnswer<Extra>>;
}

export interface SavedForm<Extra> {
  content: Content;
  readOnly: boolean;
  status: SaveStatus;
  savedAt: string | null;
  problems: readonly ProblemLike[];
  /** Why the server would not keep the content at all. */
  refusal: readonly ProblemLike[];
  /** What the server worked out with the last save. */
  preview: Extra | undefined;
  conflict: Conflict | null;
  /** The draft of an earlier visit was put back. */
  restored: boolean;
  get: (path: string) => unknown;
  /** Sets one field; `alone` makes it an undo step of its own instead of part of a run of typing. */
  set: (path: string, value: unknown, alone?: boolean) => void;
  replace: (content: Content) => void;
  undo: () => void;
  redo: () => void;
  canUndo: boolean;
  canRedo: boolean;
  /** Saves now and answers with the problems that remain; null when it could not be saved. */
  saveNow: () => Promise<readonly ProblemLike[] | null>;
  keepMine: () => void;
  takeTheirs: () => void;
}

/** All that fields need to know of a form. */
export type FieldForm = Omit<SavedForm<unknown>, 'preview'>;

export function asContent(value: unknown): Content {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Content) : {};
}

export function useSavedForm<Extra>(start: Start, keeping: Keeping<Extra>): SavedForm<Extra> {
  const { userId, applicationId, part, readOnly, save } = keeping;
  const { typing: afterTyping, act } = keeping.saveAfter;
  const [first] = useState(() => firstState(start, keeping));
  const [content, setContent] = useState(first.content);
  const [status, setStatus] = useState<SaveStatus>(first.status);
  const [savedAt, setSavedAt] = useState(start.savedAt);
  const [problems, setProblems] = useState(start.problems);
  const [refusal, setRefusal] = useState<readonly ProblemLike[]>([]);
  const [preview, setPreview] = useState<Extra | undefined>(undefined);
  const [conflict, setConflict] = useState<Conflict | null>(first.conflict);
  const [history, setHistory] = useState<History>(NO_HISTORY);

  // The newest state outside React's render, because saving runs later than typing.
  const now = useRef({ content: first.content, version: start.version, saved: asContent(start.content) });
  const running = useRef<Promise<readonly ProblemLike[] | null> | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const saveOnce = useCallback(async (): Promise<readonly ProblemLike[] | null> => {
    const sent = now.current.content;
    setStatus('saving');
    const answer = await save(sent, now.current.version);
    if (answer.kind === 'failed') {
      setStatus('failed');
      return null;
    }
    if (answer.kind === 'conflict') {
      setConflict({ theirs: asContent(answer.theirs), version: answer.version });
      setStatus('conflict');
      return null;
    }
    if (answer.kind === 'refused') {
      setRefusal(answer.problems);
      setStatus('refused');
      return null;
    }
    now.current.version = answer.version;
    now.current.saved = sent;
    setSavedAt(answer.savedAt);
    setProblems(answer.problems);
    if (answer.extra) setPreview(answer.extra);
    if (now.current.content === sent) {
      dropDraft(userId, applicationId, part);
      setStatus('saved');
    } else {
      setStatus('typing');
    }
    return answer.problems;
  }, [applicationId, part, save, userId]);

  const saveNow = useCallback(async () => {
    clearTimeout(timer.current);
    // One save at a time, also when several wait: each must know the version the last one made.
    while (running.current) await running.current;
    const run = saveOnce().finally(() => {
      running.current = null;
    });
    running.current = run;
    return run;
  }, [saveOnce]);

  const saveChanges = useCallback(async () => {
    while (running.current) await running.current;
    if (now.current.content === now.current.saved) {
      dropDraft(userId, applicationId, part);
      setStatus('saved');
    } else {
      await saveNow();
    }
  }, [applicationId, part, saveNow, userId]);

  const schedule = useCallback(
    (after: number) => {
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void saveChanges(), after);
    },
    [saveChanges],
  );

  const show = useCallback(
    (next: Content, after: number) => {
      now.current.content = next;
      setContent(next);
      keepDraft(userId, applicationId, part, {
        content: next,
        version: now.current.version,
        at: new Date().toISOString(),
      });
      setStatus((before) => (before === 'conflict' ? before : 'typing'));
      if (conflict === null) schedule(after);
    },
    [applicationId, conflict, part, schedule, userId],
  );

  const change = useCallback(
    (next: Content, typing: string | null) => {
      if (readOnly) return;
      const before = now.current.content;
      setHistory((known) => remember(known, before, typing));
      show(next, typing === null ? act : afterTyping);
    },
    [act, afterTyping, readOnly, show],
  );

  const step = (back: typeof undo) => {
    const made = readOnly ? null : back(history, now.current.content);
    if (!made) return;
    setHistory(made.history);
    show(made.content, act);
  };

  useEffect(() => {
    if (first.status === 'typing') schedule(afterTyping);
  }, [afterTyping, first, schedule]);

  useEffect(() => {
    if (status !== 'failed') return undefined;
    const again = () => schedule(0);
    const retry = setTimeout(again, RETRY_AFTER_MILLISECONDS);
    window.addEventListener('online', again);
    return () => {
      clearTimeout(retry);
      window.removeEventListener('online', again);
    };
  }, [status, schedule]);

  // Leaving the page saves what is waiting; the local copy stays until the server has it.
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      if (now.current.content !== now.current.saved && !running.current) void saveOnce();
    },
    [saveOnce],
  );

  return {
    content,
    readOnly,
    status,
    savedAt,
    problems,
    refusal,
    preview,
    conflict,
    restored: first.restored,
    get: (path) => getAt(content, path),
    set: (path, value, alone = false) => change(setAt(now.current.content, path, value), alone ? null : path),
    replace: (next) => change(next, null),
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    undo: () => step(undo),
    redo: () => step(redo),
    saveNow,
    keepMine: () => {
      if (!conflict) return;
      now.current.version = conflict.version;
      setConflict(null);
      void saveNow();
    },
    takeTheirs: () => {
      if (!conflict) return;
      now.current = { content: conflict.theirs, version: conflict.version, saved: conflict.theirs };
      setContent(conflict.theirs);
      setHistory(NO_HISTORY);
      setConflict(null);
      dropDraft(userId, applicationId, part);
      setStatus('saved');
    },
  };
}

interface FirstState {
  content: Content;
  status: SaveStatus;
  conflict: Conflict | null;
  restored: boolean;
}

/** What the page opens with: the server's content, or the local copy where it is newer. */
function firstState<Extra>(start: Start, { userId, applicationId, part, readOnly }: Keeping<Extra>): FirstState {
  const server = asContent(start.content);
  const plain: FirstState = { content: server, status: 'saved', conflict: null, restored: false };
  const draft = readOnly ? null : findDraft(userId, applicationId, part);
  if (!draft) return plain;
  if (sameContent(draft.content, server)) {
    dropDraft(userId, applicationId, part);
    return plain;
  }
  if (draft.version === start.version) {
    return { content: draft.content, status: 'typing', conflict: null, restored: true };
  }
  return {
    content: draft.content,
    status: 'conflict',
    conflict: { theirs: server, version: start.version },
    restored: true,
  };
}
