// Why: points at which a result may claim too much, and the principles it meets, are asked for and read in
// one way, whether the result is recorded or only a preview.
import { readProblems } from '@/api/problems';
import { graphql, readFragment, type FragmentType } from '@/gql';
import type { PrincipleLike } from './Principles';
import type { ProblemLike } from './ProblemText';

export const SroiClaims = graphql(`
  fragment SroiClaims on SroiResult {
    hints {
      ...ProblemShown
    }
    principles {
      code
      state
      evidence {
        ...ProblemShown
      }
    }
  }
`);

interface Claims {
  hints: readonly ProblemLike[];
  principles: readonly PrincipleLike[];
}

export function claimsOf(sroi: FragmentType<typeof SroiClaims>): Claims {
  const { hints, principles } = readFragment(SroiClaims, sroi);
  return {
    hints: readProblems(hints),
    principles: principles.map(({ code, state, evidence }) => ({ code, state, evidence: readProblems(evidence) })),
  };
}
