// Why: which tab, which criterion, which round and which two versions are open lives in the address,
// so that a view can be shared and returned to. What cannot be read is left out.
type Given = Record<string, unknown>;

export const TABS = ['criteria', 'tables', 'parameters', 'form', 'rubric', 'ranking', 'words', 'test', 'changes', 'publish'] as const;
export type Tab = (typeof TABS)[number];

export interface DraftSearch {
  tab?: Tab;
  /** Position of the criterion that is open, from 0. */
  at?: number;
  /** The round to test on, and words to filter its rows by. */
  round?: string;
  q?: string;
}

export interface CompareSearch {
  from?: string;
  to?: string;
}

export interface RescreeningSearch {
  q?: string;
}

function word(value: unknown): string | undefined {
  const read = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  return read === '' ? undefined : read;
}

function kept<T extends object>(given: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as T;
}

export function readDraftSearch(given: Given): DraftSearch {
  const at = Number(given['at']);
  const tab = TABS.find((each) => each === given['tab']);
  return kept<Required<DraftSearch>>({
    tab: tab === 'criteria' ? undefined : tab,
    at: given['at'] !== undefined && Number.isInteger(at) && at >= 0 ? at : undefined,
    round: word(given['round']),
    q: word(given['q']),
  });
}

/** A side is `v:1` (a version) or `d:…` (a draft). */
export function readCompareSearch(given: Given): CompareSearch {
  const side = (value: unknown) => (/^[vd]:./.test(word(value) ?? '') ? word(value) : undefined);
  return kept<Required<CompareSearch>>({ from: side(given['from']), to: side(given['to']) });
}

export function readRescreeningSearch(given: Given): RescreeningSearch {
  return kept<Required<RescreeningSearch>>({ q: word(given['q']) });
}

interface Side {
  draftId?: string;
  programmeId?: string;
  version?: string;
}

export function sideOf(side: string, programmeId: string): Side {
  const value = side.slice(2);
  return side.startsWith('d:') ? { draftId: value } : { programmeId, version: value };
}

/** Where a problem's path is edited. */
export function placeOf(path: string): { tab: Tab; at?: number } {
  const criterion = /^criteria\[(\d+)\]/.exec(path);
  if (criterion) return { tab: 'criteria', at: Number(criterion[1]) };
  const start = /^[a-z_]+/.exec(path)?.[0] ?? '';
  const tabs: Record<string, Tab> = { tables: 'tables', parameters: 'parameters', parameter_status: 'parameters', sections: 'form', stages: 'form', words: 'words', rubric: 'rubric', settings: 'ranking' };
  if (/^settings\.(anchors|machine_read)/.test(path)) return { tab: 'rubric' };
  return { tab: tabs[start] ?? 'criteria' };
}
