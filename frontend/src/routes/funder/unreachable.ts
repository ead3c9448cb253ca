// Why: when the server gives no answer at all there is still one problem to show.
import type { ProblemLike } from '@/components/ProblemText';

export const UNREACHABLE: readonly ProblemLike[] = [{ code: 'server_unreachable', path: '', message: '', params: [] }];
