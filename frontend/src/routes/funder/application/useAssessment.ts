// Why: changes under way are kept on this device until they are saved, and are saved on top of the
// version they were made on; what somebody else saved in between is shown, never overwritten unseen.
import { useState } from 'react';
import { useMutation } from 'urql';
import { problemsOf } from '@/api/problems';
import type { ProblemLike } from '@/components/ProblemText';
import { graphql } from '@/gql';
import type { AssessmentShownFragment } from '@/gql/graphql';
import { useSession } from '@/session/session';
import { dropDraft, findDraft, keepDraft } from '../../applicant/section/draft';
import { rowsAt, textAt } from '../../applicant/section/path';
import { sameChanges, savedChanges, withChange, withoutChange, type Change } from './assessment';
import type { Received } from './query';

const AssessmentSave = graphql(`
  mutation AssessmentSave($input: AssessmentSaveInput!) {
    assessmentSave(input: $input) {
      received {
        id
        ...AssessmentShown
      }
      problems {
        ...ProblemShown
      }
    }
  }
`);

const DRAFT = 'assessment';

interface Draft {
  changes: readonly Change[];
  version: number;
}

export interface AssessmentForm {
  changes: readonly Change[];
  dirty: boolean;
  saving: boolean;
  saved: boolean;
  problems: readonly ProblemLike[];
  /** What somebody else saved in between; null when nobody did. */
  theirs: readonly Change[] | null;
  put: (change: Change) => void;
  remove: (path: string) => void;
  discard: () => void;
  save: () => Promise<void>;
  keepMine: () => void;
  takeTheirs: () => void;
}

type Assessment = AssessmentShownFragment['assessment'];

export function useAssessment(received: Received, assessment: Assessment, refetch: () => void): AssessmentForm {
  const { me } = useSession();
  const user = me?.userId ?? '';
  const version = assessment?.version ?? 0;
  const stored = savedChanges(assessment);
  const [draft, setDraft] = useState<Draft | null>(() => restored(user, received.id));
  const [problems, setProblems] = useState<readonly ProblemLike[]>([]);
  const [saved, setSaved] = useState(false);
  const [state, send] = useMutation(AssessmentSave);
  const dirty = draft !== null && !sameChanges(draft.changes, stored);
  const changes = dirty ? draft.changes : stored;
  const overtaken = dirty && draft.version !== version;

  const keep = (next: Draft | null) => {
    setDraft(next);
    setProblems([]);
    setSaved(false);
    if (next === null) {
      dropDraft(user, received.id, DRAFT);
      return;
    }
    const content = { changes: next.changes };
    keepDraft(user, received.id, DRAFT, { content, version: next.version, at: new Date().toISOString() });
  };
  const edit = (next: readonly Change[]) => keep({ changes: next, version: dirty ? draft.version : version });

  async function save() {
    if (!dirty) return;
    const answer = await send({
      input: { submissionId: received.id, expectedVersion: draft.version, changes: draft.changes.map((each) => ({ ...each })) },
    });
    const payload = answer.data?.assessmentSave;
    if (payload && payload.problems.length === 0) {
      keep(null);
      setSaved(true);
      return;
    }
    const found = problemsOf(payload);
    setProblems(found);
    if (found.some(({ code }) => code === 'version_conflict')) refetch();
  }

  return {
    changes,
    dirty,
    saving: state.fetching,
    saved,
    problems,
    theirs: overtaken ? stored : null,
    put: (change) => edit(withChange(changes, change)),
    remove: (path) => edit(withoutChange(changes, path)),
    discard: () => keep(null),
    save,
    keepMine: () => keep({ changes, version }),
    takeTheirs: () => keep(null),
  };
}

/** Changes that were typed on an earlier visit and not saved. */
function restored(user: string, submissionId: string): Draft | null {
  const found = findDraft(user, submissionId, DRAFT);
  if (found === null) return null;
  const changes = rowsAt(found.content, 'changes').map((each) => ({
    path: textAt(each, 'path'),
    reason: textAt(each, 'reason'),
    to: each['to'],
  }));
  return { changes, version: found.version };
}
