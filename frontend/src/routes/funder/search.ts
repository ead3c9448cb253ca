// Why: filters, order and the part that is open live in the address, so that a view can be shared
// and returned to. What cannot be read is left out instead of failing.
import type { SortingState } from '@tanstack/react-table';
import type { DecisionOutcome, EligibilityState, SizeBand } from '@/gql/graphql';

type Given = Record<string, unknown>;

export const ELIGIBILITY_STATES = ['ELIGIBLE', 'NOT_ELIGIBLE', 'NEEDS_INFORMATION'] as const satisfies readonly EligibilityState[];
export const SIZE_BANDS = ['SMALL', 'MEDIUM', 'LARGE'] as const satisfies readonly SizeBand[];
export const DECISIONS = ['APPROVE', 'APPROVE_IN_PART', 'RESERVE', 'DECLINE'] as const satisfies readonly DecisionOutcome[];
export const PARTS = ['document', 'eligibility', 'sroi', 'costs', 'reviews', 'decisions'] as const;
export type Part = (typeof PARTS)[number];
/** Views of the value map's evaluation: as claimed, as the funder assessed it, and what came of it. */
export const COPIES = ['claimed', 'assessed', 'difference', 'outturn', 'explore'] as const;
export type Copy = (typeof COPIES)[number];

export interface ListSearch {
  q?: string;
  district?: string;
  size?: SizeBand;
}

export interface InboxSearch extends ListSearch {
  state?: EligibilityState | 'UNSCREENED';
  decision?: DecisionOutcome | 'NONE';
  sort?: string;
  desc?: boolean;
}

export interface ApplicationSearch {
  part?: Part;
  copy?: Copy;
}

export function text<K extends string>(given: Given, key: K): { [P in K]?: string } {
  const value = given[key];
  const read = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  return (read === '' ? {} : { [key]: read }) as { [P in K]?: string };
}

export function oneOf<K extends string, const V extends string>(given: Given, key: K, allowed: readonly V[]): { [P in K]?: V } {
  const value = allowed.find((each) => each === given[key]);
  return (value === undefined ? {} : { [key]: value }) as { [P in K]?: V };
}

export function readListSearch(given: Given): ListSearch {
  return { ...text(given, 'q'), ...text(given, 'district'), ...oneOf(given, 'size', SIZE_BANDS) };
}

export function readInboxSearch(given: Given): InboxSearch {
  return {
    ...readListSearch(given),
    ...oneOf(given, 'state', [...ELIGIBILITY_STATES, 'UNSCREENED']),
    ...oneOf(given, 'decision', [...DECISIONS, 'NONE']),
    ...text(given, 'sort'),
    ...(given['desc'] === true || given['desc'] === 'true' ? { desc: true } : {}),
  };
}

export function readApplicationSearch(given: Given): ApplicationSearch {
  return { ...oneOf(given, 'part', PARTS), ...oneOf(given, 'copy', COPIES) };
}

/** The order of a table from the address. */
export function sortingOf({ sort, desc }: InboxSearch): SortingState {
  return sort === undefined ? [] : [{ id: sort, desc: desc ?? false }];
}

/** The address without what a change turned off, with what it turned on. */
export function changed<S extends object>(search: S, change: { [K in keyof S]?: S[K] | undefined }): S {
  const next: Given = { ...search, ...change };
  for (const key of Object.keys(next)) {
    if (next[key] === undefined || next[key] === '' || next[key] === false) delete next[key];
  }
  return next as S;
}

/** Whether all words typed occur somewhere in the texts, whatever the case. */
export function matches(typed: string | undefined, texts: readonly string[]): boolean {
  const all = texts.join('\n').toLowerCase();
  return (typed ?? '').toLowerCase().split(/\s+/).every((word) => all.includes(word));
}
