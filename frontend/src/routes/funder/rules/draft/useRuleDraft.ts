// Why: a draft of rules is saved as it is typed, like every form here: local copy, undo, two people at
// once. Body and sections travel together.
import { useCallback, useRef } from 'react';
import { useClient, useMutation, type Client } from 'urql';
import { readProblems } from '@/api/problems';
import { readFragment } from '@/gql';
import type { Content } from '../../../applicant/section/path';
import { useSavedForm, type SaveAnswer, type SavedForm } from '../../../applicant/section/useSavedForm';
import { formContent, splitContent } from '../body';
import { RuleDraftSave, RuleDraftShown, RuleDraftTheirs } from '../query';
import type { ProblemLike } from '@/components/ProblemText';

const SAVE_AFTER_MILLISECONDS = { typing: 600, act: 150 };

export interface DraftStart {
  id: string;
  body: unknown;
  sections: unknown;
  version: number;
  updatedAt: string;
  problems: readonly ProblemLike[];
}

type RuleForm = SavedForm<null>;
type Answer = SaveAnswer<null>;

async function theirDraft(client: Client, id: string): Promise<Answer> {
  const answer = await client.query(RuleDraftTheirs, { id }, { requestPolicy: 'network-only' });
  const theirs = answer.data?.ruleDraft;
  if (!theirs) return { kind: 'failed' };
  return { kind: 'conflict', theirs: formContent(theirs.body, theirs.sections), version: theirs.version };
}

export function useRuleDraft(start: DraftStart, userId: string, readOnly: boolean): { form: RuleForm; latestVersion: () => number } {
  const { id, sections } = start;
  const [, write] = useMutation(RuleDraftSave);
  const client = useClient();
  /** The version seen last, which publishing must name. */
  const latest = useRef(start.version);
  const save = useCallback(
    async (content: Content, expectedVersion: number): Promise<Answer> => {
      const answer = await write({ input: { id, expectedVersion, ...splitContent(content, sections) } });
      const payload = answer.data?.ruleDraftSave;
      if (!payload) return { kind: 'failed' };
      const found = readProblems(payload.problems);
      if (found.some(({ code }) => code === 'version_conflict')) {
        const theirs = await theirDraft(client, id);
        if (theirs.kind === 'conflict') latest.current = theirs.version;
        return theirs;
      }
      const draft = readFragment(RuleDraftShown, payload.draft);
      if (!draft) {
        const signedOut = found.some(({ code }) => code === 'not_signed_in');
        return signedOut ? { kind: 'failed' } : { kind: 'refused', problems: found };
      }
      const { version, updatedAt, problems } = draft;
      latest.current = version;
      return { kind: 'saved', version, savedAt: updatedAt, problems: readProblems(problems), extra: null };
    },
    [client, id, sections, write],
  );
  const form = useSavedForm<null>(
    { content: formContent(start.body, start.sections), version: start.version, savedAt: start.updatedAt, problems: start.problems },
    { userId, applicationId: id, part: 'rules', readOnly, saveAfter: SAVE_AFTER_MILLISECONDS, save },
  );
  return { form, latestVersion: useCallback(() => latest.current, []) };
}
