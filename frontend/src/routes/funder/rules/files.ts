// Why: rules as a file and back: JSON for machines, a workbook for people. What comes back is shown
// before anything is kept.
import type { ProblemLike } from '@/components/ProblemText';
import type { Language } from '@/format';
import { asContent } from '../../applicant/section/useSavedForm';
import type { Content } from '../../applicant/section/path';
import { listOf, text } from './body';
import { readChanges, type Change } from './difference';

export type FileKind = 'json' | 'xlsx';
type Source = { draftId: string } | { programmeId: string; version: string };

/** The server takes no larger file. */
const FILE_BYTES_MAX = 2 * 1024 * 1024;
const TYPES: Record<FileKind, string> = {
  json: 'application/json',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};
const HEADERS = { 'x-plumbline': '1' };

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

function problem(code: string): ProblemLike {
  return { code, path: '', message: '', params: [] };
}

function readProblems(body: unknown): ProblemLike[] {
  return listOf(asContent(body)['problems']).map((each) => ({
    code: text(each['code']) || 'unnamed',
    path: text(each['path']),
    message: text(each['message']),
    params: listOf(each['params']).map((param) => ({ name: text(param['name']), value: text(param['value']) })),
  }));
}

/** Hands a file to the browser; problems when it could not be had. */
export async function download(address: string, name: string): Promise<ProblemLike[]> {
  try {
    const answer = await fetch(address, { credentials: 'same-origin', headers: HEADERS });
    if (!answer.ok) return orUnreachable(readProblems(await answer.json().catch(() => null)));
    const link = document.createElement('a');
    link.href = URL.createObjectURL(await answer.blob());
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    return [];
  } catch {
    return [problem('server_unreachable')];
  }
}

function orUnreachable(problems: ProblemLike[]): ProblemLike[] {
  return problems.length > 0 ? problems : [problem('server_unreachable')];
}

/** Asks what a file would change in a draft. Nothing is stored. */
export async function bring(draftId: string, file: File): Promise<{ brought: Brought } | { problems: ProblemLike[] }> {
  const kind = (Object.keys(TYPES) as FileKind[]).find((each) => file.name.toLowerCase().endsWith(`.${each}`));
  if (kind === undefined) return { problems: [problem('file_kind')] };
  if (file.size > FILE_BYTES_MAX) return { problems: [problem('body_too_large')] };
  try {
    const answer = await fetch(`/files/rules/draft/${draftId}`, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { ...HEADERS, 'content-type': TYPES[kind] },
      body: file,
    });
    const read: Content = asContent(await answer.json().catch(() => null));
    if (!answer.ok || read['body'] === undefined) return { problems: orUnreachable(readProblems(read)) };
    return { brought: { body: read['body'], sections: read['sections'], changes: readChanges(read), problems: readProblems(read) } };
  } catch {
    return { problems: [problem('server_unreachable')] };
  }
}
