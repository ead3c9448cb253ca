// Why: one section under way: content, autosave after a short pause, the local copy, two people
// writing at once, undo. Pages only read and set fields.
import { useCallback, useEffect, useRef, useState } from 'react';
import { useClient, useMutation, type Client } from 'urql';
import { graphql } from '@/gql';
import type { SectionSaveMutation } from '@/gql/graphql';
import type { ProblemLike } from '@/components/ProblemText';
import { dropDraft, findDraft, keepDraft } from './draft';
import { getAt, sameContent, setAt, type Content } from './path';

const SAVE_AFTER_MILLISECONDS = 600;
const RETRY_AFTER_MILLISECONDS = 5000;
const UNDO_MAX = 100;

const SectionSave = graphql(`
  mutation SectionSave($input: ApplicationSectionSaveInput!) {
    applicationSectionSave(input: $input) {
      section {
        code
        content
        version
        savedAt
        state
        problems {
          code
          path
          message
          params {
            name
            value
          }
        }
      }
      preview {
        ...PreviewFigures
      }
      problems {
        code
        path
        message
        params {
          name
          value
        }
      }
    }
  }
`);

const SectionTheirs = graphql(`
  query SectionTheirs($id: ID!) {
    application(id: $id) {
      id
      sections {
        code
        content
        version
      }
    }
  }
`);

type SavedPreview = SectionSaveMutation['applicationSectionSave']['preview'];
/** `failed` is tried again by itself; `refused` waits for the next change or another person. */
type SaveStatus = 'saved' | 'typing' | 'saving' | 'failed' | 'refused' | 'conflict';

interface Conflict {
  theirs: Content;
  version: number;
}

export interface StartingSection {
  code: string;
  content: unknown;
  version: number;
  savedAt: string | null;
  problems: readonly ProblemLike[];
}

export interface SectionForm {
  content: Content;
  readOnly: boolean;
  status: SaveStatus;
  savedAt: string | null;
  problems: readonly ProblemLike[];
  /** Why the server would not keep the section at all. */
  refusal: readonly ProblemLike[];
  preview: SavedPreview | undefined;
  conflict: Conflict | null;
  /** The draft of an earlier visit was put back. */
  restored: boolean;
  get: (path: string) => unknown;
  /** Sets one field; `remember` makes it undoable. */
  set: (path: string, value: unknown, remember?: boolean) => void;
  replace: (content: Content) => void;
  undo: () => void;
  canUndo: boolean;
  /** Saves now and answers with the problems that remain; null when it could not be saved. */
  saveNow: () => Promise<readonly ProblemLike[] | null>;
  keepMine: () => void;
  takeTheirs: () => void;
}

function asContent(value: unknown): Content {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Content) : {};
}

async function findTheirs(client: Client, id: string, section: string) {
  const answer = await client.query(SectionTheirs, { id }, { requestPolicy: 'network-only' });
  return answer.data?.application?.sections.find((each) => each.code === section);
}

interface Where {
  applicationId: string;
  userId: string;
  readOnly: boolean;
}

export function useSection(start: StartingSection, { applicationId, userId, readOnly }: Where): SectionForm {
  const section = start.code;
  const [first] = useState(() => firstState(start, userId, applicationId, readOnly));
  const [content, setContent] = useState(first.content);
  const [status, setStatus] = useState<SaveStatus>(first.status);
  const [savedAt, setSavedAt] = useState(start.savedAt);
  const [problems, setProblems] = useState(start.problems);
  const [refusal, setRefusal] = useState<readonly ProblemLike[]>([]);
  const [preview, setPreview] = useState<SavedPreview | undefined>(undefined);
  const [conflict, setConflict] = useState<Conflict | null>(first.conflict);
  const [past, setPast] = useState<Content[]>([]);
  const [, save] = useMutation(SectionSave);
  const client = useClient();

  // The newest state outside React's render, because saving runs later than typing.
  const now = useRef({ content: first.content, version: start.version, saved: asContent(start.content) });
  const running = useRef<Promise<readonly ProblemLike[] | null> | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const saveOnce = useCallback(async (): Promise<readonly ProblemLike[] | null> => {
    const sent = now.current.content;
    setStatus('saving');
    const answer = await save({
      input: { applicationId, section, content: sent, expectedVersion: now.current.version },
    });
    const payload = answer.data?.applicationSectionSave;
    if (!payload) {
      setStatus('failed');
      return null;
    }
    if (payload.problems.some((problem) => problem.code === 'version_conflict')) {
      const theirs = payload.section ?? (await findTheirs(client, applicationId, section));
      if (theirs) setConflict({ theirs: asContent(theirs.content), version: theirs.version });
      setStatus(theirs ? 'conflict' : 'failed');
      return null;
    }
    if (!payload.section) {
      const signedOut = payload.problems.some((problem) => problem.code === 'not_signed_in');
      setRefusal(signedOut ? [] : payload.problems);
      setStatus(signedOut ? 'failed' : 'refused');
      return null;
    }
    now.current.version = payload.section.version;
    now.current.saved = sent;
    setSavedAt(payload.section.savedAt);
    setProblems(payload.section.problems);
    if (payload.preview) setPreview(payload.preview);
    if (now.current.content === sent) {
      dropDraft(userId, applicationId, section);
      setStatus('saved');
    } else {
      setStatus('typing');
    }
    return payload.section.problems;
  }, [applicationId, client, save, section, userId]);

  const saveNow = useCallback(async () => {
    clearTimeout(timer.current);
    if (running.current) await running.current;
    running.current = saveOnce();
    const left = await running.current;
    running.current = null;
    return left;
  }, [saveOnce]);

  const schedule = useCallback(
    (after: number) => {
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void saveNow(), after);
    },
    [saveNow],
  );

  const change = useCallback(
    (next: Content, remember: boolean) => {
      if (readOnly) return;
      if (remember) {
        const before = now.current.content;
        setPast((list) => [...list.slice(-UNDO_MAX + 1), before]);
      }
      now.current.content = next;
      setContent(next);
      keepDraft(userId, applicationId, section, {
        content: next,
        version: now.current.version,
        at: new Date().toISOString(),
      });
      setStatus((before) => (before === 'conflict' ? before : 'typing'));
      if (conflict === null) schedule(SAVE_AFTER_MILLISECONDS);
    },
    [applicationId, conflict, readOnly, schedule, section, userId],
  );

  useEffect(() => {
    if (first.status === 'typing') schedule(SAVE_AFTER_MILLISECONDS);
  }, [first, schedule]);

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
    set: (path, value, remember = false) => change(setAt(now.current.content, path, value), remember),
    replace: (next) => change(next, true),
    canUndo: past.length > 0,
    undo: () => {
      const last = past.at(-1);
      if (last === undefined) return;
      setPast(past.slice(0, -1));
      change(last, false);
    },
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
      setConflict(null);
      dropDraft(userId, applicationId, section);
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
function firstState(start: StartingSection, userId: string, applicationId: string, readOnly: boolean): FirstState {
  const server = asContent(start.content);
  const plain: FirstState = { content: server, status: 'saved', conflict: null, restored: false };
  const draft = readOnly ? null : findDraft(userId, applicationId, start.code);
  if (!draft) return plain;
  if (sameContent(draft.content, server)) {
    dropDraft(userId, applicationId, start.code);
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
