// Why: taking a proxy from the library into an outcome, and telling later whether the outcome still
// says what the library says. Foreign money is never turned into Hong Kong dollars here.
import { movePoint } from '@/format';
import type { ProxyShownFragment } from '@/gql/graphql';
import type { Bilingual } from '@/i18n';
import type { Content } from '../section/path';
import { REASONED } from './columns';

/** The library vouches for the value alone: the other factors keep the outcome's own grade, and are
 * assumptions (D) as long as it has none. */
function gradesWith(outcome: Content, grade: string): unknown {
  const own = outcome['evidence_grade'];
  if (typeof own === 'object' && own !== null) return { ...own, proxy: grade };
  const others = typeof own === 'string' && own !== '' ? own : 'D';
  return others === grade ? grade : { ...Object.fromEntries(REASONED.map((factor) => [factor, others])), proxy: grade };
}

/** Whether the proxy's value can stand in a Hong Kong dollar map as it is. */
export function isLocalMoney(proxy: Pick<ProxyShownFragment, 'currency'>): boolean {
  return proxy.currency === 'HKD';
}

function sourceText(proxy: Pick<ProxyShownFragment, 'source' | 'sourceUrl'>): string {
  return proxy.sourceUrl ? `${proxy.source} ${proxy.sourceUrl}` : proxy.source;
}

interface Choosing {
  proxy: ProxyShownFragment;
  pick: (text: Bilingual) => string;
  /** Why a value from elsewhere holds here. */
  localBasis: string;
  /** The value in Hong Kong dollars, typed by a person; only for a proxy in other money. */
  localValue?: string;
}

/** The outcome after a proxy was chosen for it: all of it one change. */
export function withProxy(outcome: Content, { proxy, pick, localBasis, localValue }: Choosing): Content {
  const { unvalued_reason: _, local_basis: _old, ...rest } = outcome;
  const sources = typeof rest['sources'] === 'object' && rest['sources'] !== null ? rest['sources'] : {};
  return {
    ...rest,
    proxy: isLocalMoney(proxy) ? proxy.value : (localValue ?? ''),
    proxy_unit: pick(proxy.unit),
    price_year: proxy.priceYear,
    library: { id: proxy.id, version: proxy.version },
    evidence_grade: gradesWith(rest, proxy.evidenceGrade),
    sources: { ...sources, proxy: sourceText(proxy) },
    ...(localBasis.trim() === '' ? {} : { local_basis: localBasis.trim() }),
  };
}

export interface LibraryRef {
  id: string;
  version: number;
}

export function libraryOf(outcome: Content): LibraryRef | null {
  const library = outcome['library'];
  if (typeof library !== 'object' || library === null) return null;
  const { id, version } = library as Content;
  return typeof id === 'string' && typeof version === 'number' ? { id, version } : null;
}

/** Whether two decimals are the same number, however many zeros they end in. */
export function sameNumber(one: unknown, other: unknown): boolean {
  const plain = (value: unknown) => movePoint(String(value), 0);
  return typeof one === 'string' && typeof other === 'string' && plain(one) === plain(other);
}
