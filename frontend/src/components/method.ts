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
      formula
      text {
        en
        zh
      }
      source
    }
  }
`);

type MethodStep = MethodQuery['method'][number];

export interface MethodText {
  formula: string;
  text: MethodStep['text'];
}

/** The place of a step on the method page. */
export function methodAnchor(id: string): string {
  return `method-${id.replace(/[^\w-]+/g, '-')}`;
}

/** The method's texts by step code; empty until they arrive, and where a step has none. */
export function useMethod(): ReadonlyMap<string, MethodText> {
  const [{ data }] = useQuery({ query: MethodDocument });
  return useMemo(() => {
    const steps = data?.method ?? [];
    return new Map(steps.map((step) => [step.id, { formula: step.formula, text: step.text }]));
  }, [data]);
}
