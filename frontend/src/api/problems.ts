// Why: every answer of the server names its problems the same way, and when there is no answer at all
// there is still one problem to show.
import { graphql, readFragment, type FragmentType } from '@/gql';
import type { ProblemLike } from '@/components/ProblemText';

const ProblemShown = graphql(`
  fragment ProblemShown on Problem {
    code
    path
    message
    params {
      name
      value
    }
  }
`);

type Masked = readonly FragmentType<typeof ProblemShown>[];

export const UNREACHABLE: readonly ProblemLike[] = [{ code: 'server_unreachable', path: '', message: '', params: [] }];

const NONE: readonly ProblemLike[] = [];

/** Problems as they are shown; none while nothing has come. */
export function readProblems(problems: Masked | null | undefined): readonly ProblemLike[] {
  return readFragment(ProblemShown, problems) ?? NONE;
}

/** What stands against what was asked; that there was no answer is a problem too. */
export function problemsOf(answer: { problems: Masked } | null | undefined): readonly ProblemLike[] {
  return answer ? readProblems(answer.problems) : UNREACHABLE;
}
