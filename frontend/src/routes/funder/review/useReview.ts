// Why: a scoring sheet under way: levels and remarks are kept on this device at once and sent to the
// server after a short pause, one save at a time, always on top of the version that was read.
import { useCallback, useEffect, useRef, useState } from 'react';
import { useMutation } from 'urql';
import { problemsOf } from '@/api/problems';
import type { ProblemLike } from '@/components/ProblemText';
import { graphql } from '@/gql';
import { dropDraft, findDraft, keepDraft } from '../../applicant/section/draft';
import { readSheet, scored, type Sheet } from './sheet';

const SAVE_AFTER_MILLISECONDS = 1200;
const RETRY_AFTER_MILLISECONDS = 6000;
const SECTION = 'review';

const ReviewSave = graphql(`
  mutation ReviewSave($input: ReviewSaveInput!) {
    reviewSave(input: $input) {
      review {
        id
        state
        version
        comment
        updatedAt
        scores {
          dimension
          level
          comment
        }
      }
      problems {
        ...ProblemShown
      }
    }
  }
`);

export interface Saved {
  state: string;
  version: number;
  comment: string;
  updatedAt: string;
  scores: readonly { dimension: string; level: number; comment: string }[];
}

export interface ReviewForm {
  sheet: Sheet;
  status: 'saved' | 'typing' | 'saving' | 'failed' | 'conflict';
  savedAt: string | null;
  state: string;
  problems: readonly ProblemLike[];
  restored: boolean;
  change: (change: (sheet: Sheet) => Sheet) => void;
  submit: () => Promise<boolean>;
  /** Opens a submitted sheet again; it counts only once it is handed in anew. */
  reopen: () => void;
}

export function useReview(submissionId: string, userId: string, start: Saved | null): ReviewForm {
  const [first] = useState(() => firstSheet(submissionId, userId, start));
  const [sheet, setSheet] = useState(first.sheet);
  const [status, setStatus] = useState<ReviewForm['status']>(first.restored ? 'typing' : 'saved');
  const [state, setState] = useState(start?.state ?? 'open');
  const [savedAt, setSavedAt] = useState(start?.updatedAt ?? null);
  const [problems, setProblems] = useState<readonly ProblemLike[]>([]);
  const [, save] = useMutation(ReviewSave);
  const version = useRef(start?.version ?? 0);
  const running = useRef<Promise<boolean> | null>(null);
  const newest = useRef(sheet);

  const send = useCallback(
    async (sent: Sheet, submit: boolean): Promise<boolean> => {
      while (running.current) await running.current;
      const act = async () => {
        setStatus('saving');
        const answer = await save({
          input: {
            submissionId,
            expectedVersion: version.current,
            scores: scored(sent),
            comment: sent.comment,
            submit,
          },
        });
        const payload = answer.data?.reviewSave;
        const found = problemsOf(payload);
        if (!payload?.review || found.length > 0) {
          const overtaken = found.some((each) => each.code === 'version_conflict');
          setStatus(overtaken ? 'conflict' : payload ? 'typing' : 'failed');
          setProblems(found);
          return false;
        }
        version.current = payload.review.version;
        setState(payload.review.state);
        setSavedAt(payload.review.updatedAt);
        setProblems([]);
        if (newest.current === sent) {
          dropDraft(userId, submissionId, SECTION);
          setStatus('saved');
        } else {
          setStatus('typing');
        }
        return true;
      };
      running.current = act();
      try {
        return await running.current;
      } finally {
        running.current = null;
      }
    },
    [save, submissionId, userId],
  );

  const change = useCallback(
    (apply: (sheet: Sheet) => Sheet) => {
      const next = apply(newest.current);
      newest.current = next;
      setSheet(next);
      setStatus((old) => (old === 'conflict' ? old : 'typing'));
      keepDraft(userId, submissionId, SECTION, {
        content: { ...next },
        version: version.current,
        at: new Date().toISOString(),
      });
    },
    [submissionId, userId],
  );

  // Each change starts the pause anew: what is sent is the sheet as it stands.
  useEffect(() => {
    if (status !== 'typing' && status !== 'failed') return undefined;
    const wait = status === 'failed' ? RETRY_AFTER_MILLISECONDS : SAVE_AFTER_MILLISECONDS;
    const timer = setTimeout(() => void send(sheet, false), wait);
    return () => clearTimeout(timer);
  }, [status, sheet, send]);

  return {
    sheet,
    status,
    savedAt,
    state,
    problems,
    restored: first.restored,
    change,
    submit: () => send(sheet, true),
    reopen: () => setState('open'),
  };
}

/** The server's sheet, or what was typed on top of the same version and never arrived. */
function firstSheet(submissionId: string, userId: string, start: Saved | null): { sheet: Sheet; restored: boolean } {
  const own = readSheet(start);
  const draft = findDraft(userId, submissionId, SECTION);
  if (draft === null || draft.version !== (start?.version ?? 0)) return { sheet: own, restored: false };
  return { sheet: readSheet({ ...own, ...draft.content }), restored: true };
}
