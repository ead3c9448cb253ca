// Why: what every editor of a draft needs: the form, what rules may be made of, how rules read, the
// problems to show beside fields.
import { createContext, useContext, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProblemLike } from '@/components/ProblemText';
import { problemWords } from '@/components/ProblemText';
import { useLanguage, wordFor } from '@/i18n';
import { asContent, type FieldForm } from '../../../applicant/section/useSavedForm';
import { fieldElementId } from '../../../applicant/section/context';
import type { FieldParts } from '../../../applicant/section/Field';
import type { Telling } from '../words/sentence';
import { factMap, type FactInfo, type Vocabulary } from '../vocabulary';

export interface DraftContextValue {
  draftId: string;
  programmeId: string;
  form: FieldForm;
  vocabulary: Vocabulary;
  /** Opens the place that a path names and moves there. */
  goTo: (path: string) => void;
}

export const DraftContext = createContext<DraftContextValue | null>(null);

export function useDraft(): DraftContextValue {
  const value = useContext(DraftContext);
  if (!value) throw new Error('a rule editor stands outside its draft');
  return value;
}

/** What turns a rule of some content into words, in the language on screen. */
export function useTelling(content: unknown, facts: readonly FactInfo[]): Telling {
  const { language } = useLanguage();
  useTranslation();
  const known = useMemo(() => factMap(facts), [facts]);
  const own = asContent(content);
  return {
    language,
    facts: known,
    parameters: asContent(own['parameters']),
    tables: asContent(own['tables']),
    words: asContent(own['words']),
    say: (key, values = {}) => wordFor(`rulewords:say.${key}`, values) ?? key,
  };
}

export function useDraftTelling(): Telling {
  const { form, vocabulary } = useDraft();
  return useTelling(form.content, vocabulary.facts);
}

/** Problems of a path and of everything inside it. */
export function problemsUnder(problems: readonly ProblemLike[], path: string): ProblemLike[] {
  return problems.filter((problem) => isUnder(problem.path, path));
}

function isUnder(path: string, parent: string): boolean {
  return path === parent || path.startsWith(`${parent}.`) || path.startsWith(`${parent}[`);
}

interface Asked {
  label: string;
  help?: string;
  options?: FieldParts['field']['options'];
  maxChars?: number;
  kind?: string;
  /** Also shows the problems of what lies inside the path. */
  deep?: boolean;
}

/** Everything a field of the application's form needs, for a path of the draft. */
export function useParts(path: string, { label, help = '', options = [], maxChars, kind = 'text', deep = false }: Asked): FieldParts {
  const { form } = useDraft();
  const own = deep ? problemsUnder(form.problems, path) : form.problems.filter((problem) => problem.path === path);
  return {
    id: fieldElementId(path),
    path,
    label,
    help,
    error: own.length === 0 ? undefined : [...new Set(own.map(problemWords))].join(' '),
    value: form.get(path),
    disabled: form.readOnly,
    onChange: (value) => form.set(path, value),
    field: {
      path, kind, unit: null, showIf: null, required: true, options,
      maxChars: maxChars ?? null,
      label: { en: label, zh: label },
      help: { en: help, zh: help },
    },
  };
}
