// Why: weights are whole points that add up to 100; what rounding leaves over goes to the largest
// remainders, ties to the one that stands first. Whole numbers only.
import { movePoint } from '@/format';

export type Points = Readonly<Record<string, number>>;

/** The whole that all weights add up to. */
export const WHOLE = 100;

export function sumOf(points: Points): number {
  return Object.values(points).reduce((sum, each) => sum + each, 0);
}

/** Parts of a whole in proportion to sizes, by largest remainder; equal parts when all sizes are 0. */
export function inProportion(sizes: readonly (readonly [string, bigint])[], whole: number): Record<string, number> {
  const given = sizes.reduce((sum, [, size]) => sum + size, 0n);
  const used = given === 0n ? sizes.map(([id]) => [id, 1n] as const) : sizes;
  const all = used.reduce((sum, [, size]) => sum + size, 0n);
  if (all === 0n) return {};
  const quotas = used.map(([id, size], place) => {
    const scaled = size * BigInt(whole);
    return { id, place, floor: Number(scaled / all), rest: scaled % all };
  });
  const left = whole - quotas.reduce((sum, each) => sum + each.floor, 0);
  const first = new Set(
    quotas
      .toSorted((one, other) => (one.rest === other.rest ? one.place - other.place : one.rest > other.rest ? -1 : 1))
      .slice(0, left)
      .map((each) => each.id),
  );
  return Object.fromEntries(quotas.map(({ id, floor }) => [id, floor + (first.has(id) ? 1 : 0)]));
}

const PLACES = 12;

/** Shares such as `0.1525` as whole points that add up to 100. */
export function pointsOf(shares: readonly { id: string; share: string }[]): Points {
  return inProportion(
    shares.map(({ id, share }) => [id, BigInt(movePoint(share, PLACES).split('.')[0] ?? '0')] as const),
    WHOLE,
  );
}

/** Keeps one criterion as it is and spreads what is left of 100 over the others, in their proportions. */
export function spreadRest(points: Points, kept: string | null): Points {
  const fixed = kept === null ? 0 : Math.min(points[kept] ?? 0, WHOLE);
  const others = Object.entries(points).filter(([id]) => id !== kept);
  if (others.length === 0) return kept === null ? points : { [kept]: WHOLE };
  const spread = inProportion(others.map(([id, each]) => [id, BigInt(each)] as const), WHOLE - fixed);
  return Object.fromEntries(Object.keys(points).map((id) => [id, id === kept ? fixed : (spread[id] ?? 0)]));
}

/** Points as a share: `15` → `0.15`. */
export function shareOf(points: number): string {
  return movePoint(String(points), -2);
}
