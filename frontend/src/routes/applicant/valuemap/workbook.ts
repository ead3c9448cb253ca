// Why: the value map or the cost plan as a workbook and back. The server writes and reads the workbook; nothing that
// comes back is kept before a person has seen every changed cell.
import { download, fileProblem, fileProblemOf, upload } from '@/api/files';
import type { Language } from '@/format';
import type { ProblemLike } from '@/components/ProblemText';

/** The server takes no larger workbook. */
const WORKBOOK_BYTES_MAX = 2 * 1024 * 1024;

interface CellChange {
  path: string;
  cell: string;
  from: string;
  to: string;
}

export interface RefusedCell extends ProblemLike {
  cell: string;
}

export interface WorkbookDiff {
  changes: CellChange[];
  added: string[];
  removed: string[];
  refused: RefusedCell[];
  /** The whole section after the changes. */
  content: Record<string, unknown>;
}

export type Brought = { diff: WorkbookDiff } | { problems: ProblemLike[] };

/** What a workbook is of. */
export type WorkbookKind = 'value-map' | 'cost-plan';

function address(kind: WorkbookKind, applicationId: string): string {
  return `/files/${kind}/${applicationId}.xlsx`;
}

/** Fetches the workbook and hands it to the browser as a download; problems when it could not. */
export function downloadWorkbook(kind: WorkbookKind, applicationId: string, name: string, language: Language): Promise<ProblemLike[]> {
  return download(`${address(kind, applicationId)}?language=${language === 'zh' ? 'zh-HK' : 'en'}`, name);
}

/** Sends a workbook and answers with what it would change. Nothing is stored. */
export async function bringWorkbook(kind: WorkbookKind, applicationId: string, file: File): Promise<Brought> {
  if (file.size > WORKBOOK_BYTES_MAX) return { problems: [fileProblem('workbook_too_large')] };
  const answer = await upload(address(kind, applicationId).replace(/\.xlsx$/, ''), 'xlsx', file);
  return 'problems' in answer ? answer : { diff: readDiff(answer.body) };
}

function list(body: unknown, key: string): Record<string, unknown>[] {
  const value: unknown = typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[key] : undefined;
  return Array.isArray(value) ? value.map((each: unknown) => (typeof each === 'object' && each !== null ? each : { path: each })) as Record<string, unknown>[] : [];
}

const word = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

/** What the server answered, with anything it left out read as nothing. */
export function readDiff(body: unknown): WorkbookDiff {
  const row = (each: Record<string, unknown>) => word(each['name']) || word(each['path']);
  const content = (body as { content?: unknown } | null)?.content;
  return {
    changes: list(body, 'changes').map((each) => ({
      path: word(each['path']),
      cell: word(each['cell']),
      from: word(each['from']),
      to: word(each['to']),
    })),
    added: list(body, 'added').map(row),
    removed: list(body, 'removed').map(row),
    refused: list(body, 'refused').map((each) => ({ ...fileProblemOf(each as Partial<ProblemLike>), cell: word(each['cell']) })),
    content: typeof content === 'object' && content !== null ? (content as Record<string, unknown>) : {},
  };
}
