// Why: fields find their question (versioned form data), their value and their problems by path
// alone, so that every editor is built from the same fields.
import { createContext, useContext } from 'react';
import { graphql } from '@/gql';
import type { FieldDataFragment } from '@/gql/graphql';
import { wordFor, type Bilingual } from '@/i18n';
import { problemWords, type ProblemLike } from '@/components/ProblemText';
import { getAt, textAt } from './path';
import type { FieldForm } from './useSavedForm';

export const FieldData = graphql(`
  fragment FieldData on FormField {
    path
    kind
    required
    maxChars
    unit
    showIf
    label {
      en
      zh
    }
    help {
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
`);

export interface SectionContextValue {
  form: FieldForm;
  fields: readonly FieldDataFragment[];
  /** The problems to show now; what is merely not filled in waits until it is asked for. */
  shown: readonly ProblemLike[];
}

export const SectionContext = createContext<SectionContextValue | null>(null);

export function useSectionContext(): SectionContextValue {
  const value = useContext(SectionContext);
  if (!value) throw new Error('a field stands outside its section');
  return value;
}

/** The question behind a path: `lines[2].amount` is asked as `lines[].amount`. */
export function questionOf(fields: readonly FieldDataFragment[], path: string): FieldDataFragment | undefined {
  const template = path.replace(/\[\d+\]/g, '[]');
  return fields.find((field) => field.path === template);
}

/** A question by name, with the row it is asked in: `Quantity (4)`. Rows of a small table inside one
 * question, such as shares by district, go by the name of that question. */
export function questionName(
  fields: readonly FieldDataFragment[],
  path: string,
  pick: (text: Bilingual) => string,
  content?: unknown,
): string | undefined {
  const field = questionOf(fields, path) ?? questionOf(fields, path.replace(/\[\d+\]\.[^.[\]]+$/, ''));
  if (!field) return undefined;
  const row = /\[(\d+)\]/.exec(path)?.[1];
  if (row === undefined) return pick(field.label);
  const cell = content === undefined ? null : cellName(content, path);
  return `${pick(field.label)} (${cell ?? Number(row) + 1})`;
}

/** A cell of the budget by its line, source and year: `2. Laptops · Grant · 2026-27`. */
function cellName(content: unknown, path: string): string | null {
  const [cell, line, number] = /^(lines\[(\d+)\])\.cells\[\d+\]/.exec(path) ?? [];
  if (cell === undefined || line === undefined) return null;
  const source = textAt(getAt(content, cell), 'source');
  const parts = [
    `${Number(number) + 1}. ${textAt(getAt(content, line), 'description')}`.trim(),
    wordFor(`applicant:budget.sources.${source}`) ?? source.replace(/^other:/, ''),
    textAt(getAt(content, cell), 'financial_year'),
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

/** Element ids follow paths, so that problems and criteria can link to a field. */
export function fieldElementId(path: string): string {
  return `field-${path}`;
}

/** The element of a path, or of the nearest enclosing one that is on the page. */
export function nearestFieldId(path: string): string | undefined {
  let at = path;
  while (at !== '') {
    const id = fieldElementId(at);
    if (document.getElementById(id)) return id;
    at = at.replace(/(\[\d+\]|\.?[^.[\]]+)$/, '');
  }
  return undefined;
}

/** Words beside a field: the same as in the summary. */
export function errorAt(shown: readonly ProblemLike[], path: string): string | undefined {
  const own = shown.filter((problem) => problem.path === path);
  return own.length === 0 ? undefined : own.map(problemWords).join(' ');
}

const ABSENT = new Set(['missing', 'blank', 'too_few']);

/** While somebody is still writing, unfilled fields are no reproach. */
export function problemsToShow(problems: readonly ProblemLike[], all: boolean): readonly ProblemLike[] {
  return all ? problems : problems.filter((problem) => !ABSENT.has(problem.code));
}

/** Whether a question applies, given the answers; row questions look inside their own row. */
export function isAsked(field: FieldDataFragment, path: string, content: unknown): boolean {
  const rule = field.showIf;
  if (typeof rule !== 'object' || rule === null || !('path' in rule) || !('equals' in rule)) return true;
  const row = /^(.*\[\d+\])\./.exec(path)?.[1];
  const at = row === undefined ? String(rule.path) : `${row}.${String(rule.path)}`;
  const value = getAt(content, at);
  return rule.equals === null ? value === null : value === rule.equals;
}
