// Why: the method is written down once, by the server, in both languages and open to everybody; the
// working and the method page read the same steps, by the codes that the engines use.
import { useMemo } from 'react';
import { useQuery } from 'urql';
import { graphql } from '@/gql';
import type { MethodQuery } from '@/gql/graphql';

export const MethodDocument = graphql(`
  query Method {
    method {
      id
      title {
        en
        zh
      }
      formula {
        en
        zh
      }
      text {
        en
        zh
      }
      source
    }
  }
`);

type MethodStep = MethodQuery['method'][number];

type MethodText = Pick<MethodStep, 'id' | 'title' | 'formula' | 'text'>;

export interface Method {
  /** The step of a working: by its code, else by the formula that was recorded. */
  of: (step: { code: string; formula: string }) => MethodText | undefined;
}

/** The place of a step on the method page. */
export function methodAnchor(id: string): string {
  return `method-${id.replace(/[^\w-]+/g, '-')}`;
}

/** The method's texts; nothing until they arrive, and where a step has none. */
export function useMethod(): Method {
  const [{ data }] = useQuery({ query: MethodDocument });
  return useMemo(() => {
    const steps: readonly MethodText[] = data?.method ?? [];
    const byFormula = new Map(steps.filter(({ formula }) => formula.en !== '').map((step) => [step.formula.en, step]));
    const byCode = new Map(steps.map((step) => [step.id, step]));
    return { of: ({ code, formula }) => byFormula.get(formula) ?? byCode.get(code) };
  }, [data]);
}
