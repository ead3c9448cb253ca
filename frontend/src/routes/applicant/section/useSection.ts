// Why: one section of a draft under way, saved by the section mutation, with the live figures that
// come back with each save. Pages only read and set fields.
import { useCallback } from 'react';
import { useClient, useMutation, type Client } from 'urql';
import { readProblems } from '@/api/problems';
import { graphql } from '@/gql';
import type { SectionSaveMutation } from '@/gql/graphql';
import { useSavedForm, type SaveAnswer, type SavedForm, type Start } from './useSavedForm';
import type { Content } from './path';

const SAVE_AFTER_MILLISECONDS = { typing: 600, act: 600 };
/** Where a live result stands beside what is typed, the save that brings it follows at once: after a
 * breath of typing, and as good as immediately after a finished cell. */
export const SAVE_SOON_MILLISECONDS = { typing: 150, act: 20 };
const LIVE_SECTIONS = new Set(['value_map']);

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
          ...ProblemShown
        }
      }
      preview {
        ...PreviewFigures
      }
      problems {
        ...ProblemShown
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

type SavedPreview = NonNullable<SectionSaveMutation['applicationSectionSave']['preview']>;

export interface StartingSection extends Start {
  code: string;
}

export type SectionForm = SavedForm<SavedPreview>;

interface Where {
  applicationId: string;
  userId: string;
  readOnly: boolean;
}

async function findTheirs(client: Client, id: string, section: string) {
  const answer = await client.query(SectionTheirs, { id }, { requestPolicy: 'network-only' });
  return answer.data?.application?.sections.find((each) => each.code === section);
}

export function useSection(start: StartingSection, { applicationId, userId, readOnly }: Where): SectionForm {
  const section = start.code;
  const [, write] = useMutation(SectionSave);
  const client = useClient();
  const save = useCallback(
    async (content: Content, expectedVersion: number): Promise<SaveAnswer<SavedPreview>> => {
      const answer = await write({ input: { applicationId, section, content, expectedVersion } });
      const payload = answer.data?.applicationSectionSave;
      if (!payload) return { kind: 'failed' };
      const found = readProblems(payload.problems);
      if (found.some(({ code }) => code === 'version_conflict')) {
        const theirs = payload.section ?? (await findTheirs(client, applicationId, section));
        return theirs ? { kind: 'conflict', theirs: theirs.content, version: theirs.version } : { kind: 'failed' };
      }
      if (!payload.section) {
        const signedOut = found.some(({ code }) => code === 'not_signed_in');
        return signedOut ? { kind: 'failed' } : { kind: 'refused', problems: found };
      }
      const { version, savedAt, problems } = payload.section;
      return { kind: 'saved', version, savedAt, problems: readProblems(problems), extra: payload.preview };
    },
    [applicationId, client, section, write],
  );
  const saveAfter = LIVE_SECTIONS.has(section) ? SAVE_SOON_MILLISECONDS : SAVE_AFTER_MILLISECONDS;
  return useSavedForm(start, { userId, applicationId, part: section, readOnly, saveAfter, save });
}
