// Why: a programme's form data asks about outcomes; what every value map has besides (who is involved,
// what was left out, the catalogue, hours of volunteers) is asked with these words where the form
// data has none of its own.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldDataFragment } from '@/gql/graphql';
import { wordFor } from '@/i18n';
import { useMapReference, type CatalogueOutcome } from './mapData';

type AskKey =
  | 'stakeholders' | 'stakeholder_name' | 'stakeholder_subgroup' | 'stakeholder_number' | 'stakeholder_consulted'
  | 'stakeholder_method' | 'exclusions' | 'exclusion_kind' | 'exclusion_name' | 'exclusion_reason' | 'catalogue'
  | 'price_year' | 'local_basis' | 'cohorts' | 'hours' | 'hourly_rate' | 'responsiveness' | 'stated_total'
  | 'stated_investment';

type Asked = [path: string, key: AskKey, kind: string, maxChars?: number];

const ASKED: readonly Asked[] = [
  ['stakeholders', 'stakeholders', 'rows'],
  ['stakeholders[].name', 'stakeholder_name', 'text', 80],
  ['stakeholders[].subgroup', 'stakeholder_subgroup', 'text', 80],
  ['stakeholders[].number', 'stakeholder_number', 'integer'],
  ['stakeholders[].consulted', 'stakeholder_consulted', 'integer'],
  ['stakeholders[].method', 'stakeholder_method', 'text', 200],
  ['exclusions', 'exclusions', 'rows'],
  ['exclusions[].kind', 'exclusion_kind', 'select'],
  ['exclusions[].name', 'exclusion_name', 'text', 160],
  ['exclusions[].reason', 'exclusion_reason', 'text', 300],
  ['outcomes[].catalogue', 'catalogue', 'select'],
  ['outcomes[].price_year', 'price_year', 'year'],
  ['outcomes[].local_basis', 'local_basis', 'long_text', 500],
  ['outcomes[].cohorts', 'cohorts', 'text'],
  ['volunteers[].hours', 'hours', 'decimal'],
  ['volunteers[].hourly_rate', 'hourly_rate', 'money'],
  ['responsiveness', 'responsiveness', 'long_text', 1500],
  ['stated.total_present_value', 'stated_total', 'money'],
  ['stated.investment', 'stated_investment', 'money'],
];
const REQUIRED = new Set<AskKey>(['stakeholder_name', 'stakeholder_number', 'exclusion_kind', 'exclusion_name', 'exclusion_reason', 'hours', 'hourly_rate']);
const OPTIONAL = new Set(['volunteers[].amount']);

function optionsOf(path: string, catalogue: readonly CatalogueOutcome[], kinds: FieldDataFragment['options']): FieldDataFragment['options'] {
  if (path === 'outcomes[].catalogue') return catalogue.map(({ code, label }) => ({ code, label }));
  return path === 'exclusions[].kind' ? kinds : [];
}

/** The questions of a section; those of the value map with what every value map asks. */
export function useMapQuestions(section: string, given: readonly FieldDataFragment[]): readonly FieldDataFragment[] {
  const { t } = useTranslation('valuemap');
  const wanted = section === 'value_map';
  const { catalogue } = useMapReference(!wanted);
  return useMemo(() => {
    if (!wanted) return given;
    const both = (text: string) => ({ en: text, zh: text });
    const kinds = (['stakeholder', 'outcome'] as const).map((code) => ({ code, label: both(t(`exclusions.kind.${code}`)) }));
    const known = new Set(given.map(({ path }) => path));
    const added = ASKED.filter(([path]) => !known.has(path)).map(([path, key, kind, maxChars]) => ({
      path,
      kind,
      required: REQUIRED.has(key),
      maxChars: maxChars ?? null,
      unit: null,
      showIf: null,
      label: both(t(`ask.${key}`)),
      help: both(wordFor(`valuemap:askHelp.${key}`) ?? ''),
      options: optionsOf(path, catalogue, kinds),
    }));
    const filled = given.map((field) => ({
      ...field,
      required: field.required && !OPTIONAL.has(field.path),
      options: field.options.length === 0 ? optionsOf(field.path, catalogue, kinds) : field.options,
    }));
    return [...filled, ...added];
  }, [wanted, given, catalogue, t]);
}
