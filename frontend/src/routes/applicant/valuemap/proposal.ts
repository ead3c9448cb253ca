// Why: from what was typed into the proposal form to what the server is asked; figures that cannot
// be read are named here, everything else is the server's to judge.
import { readNumber } from '@/format';
import type { ProblemLike } from '@/components/ProblemText';
import type { ProxyProposeInput } from '@/gql/graphql';

export type ProposalField =
  | 'name.en' | 'name.zh' | 'description.en' | 'description.zh' | 'value' | 'low' | 'high'
  | 'unit.en' | 'unit.zh' | 'source' | 'sourceUrl' | 'priceYear' | 'region' | 'licence' | 'evidenceGrade';

export type ProposalDraft = Record<ProposalField, string> & { outcomes: string[] };

export const EMPTY_PROPOSAL: ProposalDraft = {
  'name.en': '', 'name.zh': '', 'description.en': '', 'description.zh': '', value: '', low: '', high: '',
  'unit.en': '', 'unit.zh': '', source: '', sourceUrl: '', priceYear: '', region: 'HK', licence: '',
  evidenceGrade: '', outcomes: [],
};

const REQUIRED: readonly ProposalField[] = [
  'name.en', 'name.zh', 'unit.en', 'unit.zh', 'source', 'priceYear', 'region', 'licence', 'evidenceGrade',
];
const FIGURES: readonly ProposalField[] = ['value', 'low', 'high'];

function problem(code: string, path: string, params: Record<string, string> = {}): ProblemLike {
  return { code, path, message: '', params: Object.entries(params).map(([name, value]) => ({ name, value })) };
}

/** The input for the server, or everything that stands in its way. */
export function proposalInput(
  draft: ProposalDraft,
): { input: Omit<ProxyProposeInput, 'idempotencyKey'>; problems: [] } | { input: null; problems: ProblemLike[] } {
  const text = (field: ProposalField) => draft[field].trim();
  const problems = REQUIRED.filter((field) => text(field) === '').map((field) => problem('missing', field));
  for (const field of FIGURES) {
    if (text(field) === '') problems.push(problem('missing', field));
    else if (readNumber(text(field)) === null) problems.push(problem('not_decimal', field, { example: '1250.00' }));
  }
  const year = readNumber(text('priceYear'));
  if (text('priceYear') !== '' && (year === null || !/^\d{4}$/.test(year))) problems.push(problem('not_year', 'priceYear'));
  if (problems.length > 0) return { input: null, problems };
  const both = (name: 'name' | 'description' | 'unit') => ({ en: text(`${name}.en`), zh: text(`${name}.zh`) });
  const figure = (field: ProposalField) => readNumber(text(field)) ?? '';
  return {
    input: {
      name: both('name'),
      description: both('description'),
      value: figure('value'),
      low: figure('low'),
      high: figure('high'),
      currency: 'HKD',
      unit: both('unit'),
      source: text('source'),
      sourceUrl: text('sourceUrl') || null,
      priceYear: Number(year),
      region: text('region'),
      licence: text('licence'),
      evidenceGrade: draft.evidenceGrade,
      outcomes: draft.outcomes,
    },
    problems: [],
  };
}

/** The field a problem's path means: `input.source_url` and `sourceUrl` are the same. */
export function fieldOf(path: string): string {
  return path
    .replace(/^input\./, '')
    .replace(/\[\d+\].*$/, '')
    .replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
