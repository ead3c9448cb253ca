// Why: files come from the server and go to it with the session and our header; what the server refused is
// told as problems.
import type { ProblemLike } from '@/components/ProblemText';
import { UNREACHABLE } from './problems';

const HEADERS = { 'x-plumbline': '1' };
/** The browser has read it long before. */
const KEPT_MILLISECONDS = 60_000;

export const FILE_TYPES = {
  json: 'application/json',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;
export type FileKind = keyof typeof FILE_TYPES;

/** A problem that is found before anything is sent. */
export function fileProblem(code: string): ProblemLike {
  return { code, path: '', message: '', params: [] };
}

/** A problem as an answer has it, with anything left out read as nothing. */
export function fileProblemOf(given: Partial<ProblemLike>): ProblemLike {
  return {
    code: String(given.code ?? 'unnamed'),
    path: String(given.path ?? ''),
    message: String(given.message ?? ''),
    params: Array.isArray(given.params) ? given.params : [],
  };
}

/** The problems that an answer names. */
export function fileProblems(body: unknown): ProblemLike[] {
  const given: unknown = typeof body === 'object' && body !== null && 'problems' in body ? body.problems : [];
  return (Array.isArray(given) ? given : []).map(fileProblemOf);
}

async function refused(answer: Response): Promise<ProblemLike[]> {
  const problems = fileProblems(await answer.json().catch(() => null));
  return problems.length > 0 ? problems : [...UNREACHABLE];
}

/** Hands a file to the browser; problems when it could not be had. */
export async function download(address: string, name: string, asked: RequestInit = {}): Promise<ProblemLike[]> {
  try {
    const answer = await fetch(address, { credentials: 'same-origin', headers: HEADERS, ...asked });
    if (!answer.ok) return await refused(answer);
    // A page in place of a file means that the address is not known to this server.
    if (answer.headers.get('content-type')?.startsWith('text/html')) return [...UNREACHABLE];
    const link = document.createElement('a');
    link.href = URL.createObjectURL(await answer.blob());
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MILLISECONDS);
    return [];
  } catch {
    return [...UNREACHABLE];
  }
}

/** Sends a file as it is and says how far it has come; problems when it was not taken. */
export function sendBytes(address: string, file: File, onShare: (share: number) => void): Promise<ProblemLike[]> {
  return new Promise((done) => {
    // The one way in which a browser tells how much has gone out.
    const request = new XMLHttpRequest();
    request.upload.addEventListener('progress', ({ loaded, total, lengthComputable }) => {
      if (lengthComputable) onShare(loaded / total);
    });
    request.addEventListener('load', () => {
      if (request.status === 200) return done([]);
      const problems = fileProblems(parsed(request.responseText));
      done(problems.length > 0 ? problems : [...UNREACHABLE]);
    });
    request.addEventListener('error', () => done([...UNREACHABLE]));
    request.open('POST', address);
    for (const [name, value] of Object.entries(HEADERS)) request.setRequestHeader(name, value);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.send(file);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Sends a file and gives what the server answered, or problems when it took none. */
export async function upload(address: string, kind: FileKind, file: File): Promise<{ body: unknown } | { problems: ProblemLike[] }> {
  try {
    const answer = await fetch(address, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { ...HEADERS, 'content-type': FILE_TYPES[kind] },
      body: file,
    });
    return answer.ok ? { body: await answer.json() } : { problems: await refused(answer) };
  } catch {
    return { problems: [...UNREACHABLE] };
  }
}
