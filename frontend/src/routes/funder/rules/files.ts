// Why: rules as a file and back: JSON for machines, a workbook for people. What comes back is shown
// before anything is kept.
import { FILE_TYPES, fileProblem, fileProblems, upload, type FileKind } from '@/api/files';
import { UNREACHABLE } from '@/api/problems';
import type { ProblemLike } from '@/components/ProblemText';
import type { Language } from '@/format';
import { asContent } from '../../applicant/section/useSavedForm';
import { readChanges, type Change } from './difference';

type Source = { draftId: string } | { programmeId: string; version: string };

/** The server takes no larger file. */
const FILE_BYTES_MAX = 2 * 1024 * 1024;
export interface Brought {
  body: unknown;
  sections: unknown;
  changes: Change[];
  problems: ProblemLike[];
}

export function fileAddress(source: Source, kind: FileKind, language: Language): string {
  const place =
    'draftId' in source
      ? `draft/${source.draftId}`
      : `version/${source.programmeId}/${encodeURIComponent(source.version)}`;
  return `/files/rules/${place}.${kind}?language=${language === 'zh' ? 'zh-HK' : 'en'}`;
}

/** Asks what a file would change in a draft. Nothing is stored. */
export async function bring(draftId: string, file: File): Promise<{ brought: Brought } | { problems: ProblemLike[] }> {
  const kind = (Object.keys(FILE_TYPES) as FileKind[]).find((each) => file.name.toLowerCase().endsWith(`.${each}`));
  if (kind === undefined) return { problems: [fileProblem('file_kind')] };
  if (file.size > FILE_BYTES_MAX) return { problems: [fileProblem('body_too_large')] };
  const answer = await upload(`/files/rules/draft/${draftId}`, kind, file);
  if ('problems' in answer) return answer;
  const read = asContent(answer.body);
  const problems = fileProblems(read);
  if (read['body'] === undefined) return { problems: problems.length > 0 ? problems : [...UNREACHABLE] };
  return { brought: { body: read['body'], sections: read['sections'], changes: readChanges(read), problems } };
}
