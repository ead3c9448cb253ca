// Why: what came of a project is written and saved like a section of the draft; only where it goes
// and what comes back differ. The value map's editor sees its own part of it.
import { useCallback } from 'react';
import { useClient, useMutation } from 'urql';
import { readProblems } from '@/api/problems';
import { readFragment } from '@/gql';
import type { OutturnShownFragment } from '@/gql/graphql';
import type { ProblemLike } from '@/components/ProblemText';
import { asContent, useSavedForm, type FieldForm, type SaveAnswer, type SavedForm } from '../section/useSavedForm';
import { getAt, type Content } from '../section/path';
import { SAVE_SOON_MILLISECONDS } from '../section/useSection';
import { OutturnPageDocument, OutturnSave, OutturnShown } from './query';

/** The content to begin with: as saved, or the forecast with nothing spent yet. */
export function startContent(content: unknown, forecast: unknown): Content {
  const given = asContent(content);
  return given['value_map'] === undefined
    ? { ...given, value_map: asContent(getAt(forecast, 'value_map')), spent: given['spent'] ?? [] }
    : given;
}

export function useOutturn(applicationId: string, start: OutturnShownFragment, userId: string, readOnly: boolean) {
  const [, write] = useMutation(OutturnSave);
  const client = useClient();
  const save = useCallback(
    async (content: Content, expectedVersion: number): Promise<SaveAnswer<OutturnShownFragment>> => {
      const answer = await write({ input: { applicationId, content, expectedVersion } });
      const payload = answer.data?.outturnSave;
      if (!payload) return { kind: 'failed' };
      const found = readProblems(payload.problems);
      if (found.some(({ code }) => code === 'version_conflict')) {
        const other = await client.query(OutturnPageDocument, { id: applicationId }, { requestPolicy: 'network-only' });
        const theirs = readFragment(OutturnShown, other.data?.application?.outturn);
        return theirs ? { kind: 'conflict', theirs: theirs.content, version: theirs.version } : { kind: 'failed' };
      }
      const saved = readFragment(OutturnShown, payload.application?.outturn);
      if (!saved) {
        const signedOut = found.some(({ code }) => code === 'not_signed_in');
        return signedOut ? { kind: 'failed' } : { kind: 'refused', problems: found };
      }
      return { kind: 'saved', version: saved.version, savedAt: new Date().toISOString(), problems: readProblems(saved.problems), extra: saved };
    },
    [applicationId, client, write],
  );
  return useSavedForm<OutturnShownFragment>(
    { content: startContent(start.content, start.forecast), version: start.version, savedAt: null, problems: readProblems(start.problems) },
    { userId, applicationId, part: 'outturn', readOnly, saveAfter: SAVE_SOON_MILLISECONDS, save },
  );
}

/** Problems of one part, with the paths that the part knows. */
export function problemsUnder(problems: readonly ProblemLike[], part: string): ProblemLike[] {
  return problems
    .filter(({ path }) => path.startsWith(`${part}.`))
    .map((problem) => ({ ...problem, path: problem.path.slice(part.length + 1) }));
}

/** The form as one of its parts sees it. Undo, saving and conflicts stay those of the whole. */
export function partOf(form: SavedForm<unknown>, part: string): FieldForm {
  return {
    ...form,
    content: asContent(getAt(form.content, part)),
    problems: problemsUnder(form.problems, part),
    get: (path) => form.get(`${part}.${path}`),
    set: (path, value, alone) => form.set(`${part}.${path}`, value, alone),
    replace: (content) => form.set(part, content, true),
  };
}
