// Why: what the library's page reads from its address, and what changed between two versions.
import type { ProxyShownFragment } from '@/gql/graphql';

export const GRADES = ['A', 'B', 'C', 'D'] as const;

export interface LibrarySearch {
  q?: string;
  outcome?: string;
  region?: string;
  grade?: (typeof GRADES)[number];
}

export function readLibrarySearch(given: Record<string, unknown>): LibrarySearch {
  const text = (key: 'q' | 'outcome' | 'region') => {
    const value = given[key];
    return typeof value === 'string' && value !== '' ? { [key]: value } : {};
  };
  const grade = GRADES.find((each) => each === given['grade']);
  return { ...text('q'), ...text('outcome'), ...text('region'), ...(grade === undefined ? {} : { grade }) };
}

/** The proxies of one region and grade. */
export function filtered(proxies: readonly ProxyShownFragment[], { region, grade }: LibrarySearch): ProxyShownFragment[] {
  return proxies.filter(
    (proxy) => (region === undefined || proxy.region === region) && (grade === undefined || proxy.evidenceGrade === grade),
  );
}

export function regionsOf(proxies: readonly ProxyShownFragment[]): string[] {
  return [...new Set(proxies.map(({ region }) => region))].toSorted();
}

const COMPARED = [
  'name', 'description', 'value', 'low', 'high', 'currency', 'unit', 'source', 'sourceUrl', 'priceYear', 'region',
  'licence', 'evidenceGrade', 'outcomes',
] as const;
export type Compared = (typeof COMPARED)[number];

/** The fields in which a version differs from the one before it. */
export function changedFields(version: ProxyShownFragment, before: ProxyShownFragment): Compared[] {
  return COMPARED.filter((field) => {
    if (field === 'outcomes') {
      const codes = (proxy: ProxyShownFragment) => proxy.outcomes.map(({ code }) => code).toSorted().join(' ');
      return codes(version) !== codes(before);
    }
    const [now, then] = [version[field], before[field]];
    return typeof now === 'object' && now !== null && typeof then === 'object' && then !== null
      ? now.en !== then.en || now.zh !== then.zh
      : now !== then;
  });
}
