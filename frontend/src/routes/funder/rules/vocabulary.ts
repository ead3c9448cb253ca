// Why: what criteria may be made of, as the server lists it, with the few questions that editors ask
// of it: which fact a path means inside a list, and which operator a word names.
import type { Bilingual } from '@/i18n';
import { graphql } from '@/gql';

export const VocabularyShown = graphql(`
  fragment VocabularyShown on RuleVocabulary {
    facts {
      path
      type
      unit
      section
      provenance
      label {
        en
        zh
      }
      options {
        code
        label {
          en
          zh
        }
      }
    }
    operators {
      word
      gives
      label {
        en
        zh
      }
      operands {
        key
        kind
        optional
      }
    }
    groups {
      code
      label {
        en
        zh
      }
    }
  }
`);

interface Option {
  code: string;
  label: Bilingual;
}

export interface FactInfo {
  path: string;
  type: string;
  unit?: string | null;
  label: Bilingual;
  options: readonly Option[];
}

interface OperandInfo {
  key: string;
  kind: string;
  optional: boolean;
}

export interface OperatorInfo {
  word: string;
  gives: string;
  label: Bilingual;
  operands: readonly OperandInfo[];
}

export interface Vocabulary {
  facts: readonly FactInfo[];
  operators: readonly OperatorInfo[];
  groups: readonly Option[];
}

export type FactMap = ReadonlyMap<string, FactInfo>;

export function factMap(facts: readonly FactInfo[]): FactMap {
  return new Map(facts.map((fact) => [fact.path, fact]));
}

/** The full path of a field: `item.cost_hkd` inside `application.budget_lines` is one of its items'. */
export function fullPath(field: string, lists: readonly string[]): string {
  const list = lists.at(-1);
  if (list === undefined) return field;
  if (field === 'item') return `${list}[]`;
  return field.startsWith('item.') ? `${list}[].${field.slice(5)}` : field;
}

/** How a rule names a fact where it stands: an item's own fact by `item.`. */
export function fieldName(path: string, lists: readonly string[]): string {
  const item = `${lists.at(-1) ?? ''}[]`;
  if (lists.length === 0 || !path.startsWith(item)) return path;
  return path === item ? 'item' : `item.${path.slice(item.length + 1)}`;
}

/** Facts that may be named where a rule stands: an item's facts only inside its list. */
export function factsWithin(facts: readonly FactInfo[], lists: readonly string[]): FactInfo[] {
  const item = lists.length === 0 ? null : `${lists.at(-1)}[].`;
  return facts.filter(({ path }) => !path.includes('[]') || (item !== null && path.startsWith(item) && !path.slice(item.length).includes('[]')));
}

export function operatorOf(vocabulary: Vocabulary, word: unknown, gives: string): OperatorInfo | undefined {
  const named = vocabulary.operators.filter((operator) => operator.word === word);
  return named.find((operator) => operator.gives === gives) ?? named[0];
}
