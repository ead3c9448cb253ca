// Why: files come from the server with the session and our header, and are handed to the browser under a
// name; what the server refused is told as problems.
import type { ProblemLike } from '@/components/ProblemText';

const HEADERS = { 'x-plumbline': '1' };
/** The browser has read it long before. */
const KEPT_MILLISECONDS = 60_000;
const UNREACHABLE: ProblemLike = { code: 'server_unreachable', path: '', message: '', params: [] };

function readProblems(body: unknown): ProblemLike[] {
  const given: unknown = typeof body === 'object' && body !== null && 'problems' in body ? body.problems : [];
  return (Array.isArray(given) ? given : []).map((each: Partial<ProblemLike>) => ({
    code: String(each.code ?? 'unnamed'),
    path: String(each.path ?? ''),
    message: String(each.message ?? ''),
    params: Array.isArray(each.params) ? each.params : [],
  }));
}

/** Hands a file to the browser; problems when it could not be had. */
export async function download(address: string, name: string): Promise<ProblemLike[]> {
  try {
    const answer = await fetch(address, { credentials: 'same-origin', headers: HEADERS });
    if (!answer.ok) {
      const problems = readProblems(await answer.json().catch(() => null));
      return problems.length > 0 ? problems : [UNREACHABLE];
    }
    // A page in place of a file means that the address is not known to this server.
    if (answer.headers.get('content-type')?.startsWith('text/html')) return [UNREACHABLE];
    const link = document.createElement('a');
    link.href = URL.createObjectURL(await answer.blob());
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MILLISECONDS);
    return [];
  } catch {
    return [UNREACHABLE];
  }
}
