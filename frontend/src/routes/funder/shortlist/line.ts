// Why: the budget line may be moved to see what it would cost; sums are exact, on the decimal text, and
// nothing is stored. What is recorded is the server's.
import { sumDecimals } from '../../applicant/sums';

export interface LineRow {
  submissionId: string;
  reference: string;
  ask: string;
}

/** How many ranks of a ranking stand above its line as computed. */
export function placesOf({ rows }: { rows: readonly { aboveLine: boolean }[] }): number {
  return rows.filter((row) => row.aboveLine).length;
}

export interface LineAt<Row extends LineRow = LineRow> {
  /** How many ranks stand above it. */
  places: number;
  committed: string;
  /** Budget less what is committed; negative when it is overspent. */
  left: string;
  over: boolean;
  /** Ranks below that fit, each by itself, into what is left. */
  fits: Row[];
  /** The first below, when it would get only part of what it asks for. */
  part: { row: Row; room: string } | null;
}

function less(one: string, other: string): string {
  const taken = other.startsWith('-') ? other.slice(1) : `-${other}`;
  return sumDecimals([one, taken]) ?? '0';
}

function isNegative(amount: string): boolean {
  return amount.startsWith('-');
}

function isAbove(amount: string): boolean {
  return !isNegative(amount) && /[1-9]/.test(amount);
}

/** What the line means when so many ranks stand above it. `ranked` is in the order of rank. */
export function lineAt<Row extends LineRow>(budget: string, ranked: readonly Row[], places: number): LineAt<Row> {
  const above = ranked.slice(0, places);
  const below = ranked.slice(places);
  const committed = sumDecimals(above.map((row) => row.ask)) ?? '0';
  const left = less(budget, committed);
  const [next] = below;
  const fitting = (row: Row) => isAbove(left) && !isNegative(less(left, row.ask));
  return {
    places: above.length,
    committed,
    left,
    over: isNegative(left),
    fits: below.filter(fitting),
    part: next && isAbove(left) && !fitting(next) ? { row: next, room: left } : null,
  };
}

/** Where a key moves the line; null for a key that does not. */
export function placeAfterKey(key: string, places: number, most: number): number | null {
  const moved: Record<string, number> = {
    ArrowUp: places - 1,
    ArrowDown: places + 1,
    PageUp: places - 5,
    PageDown: places + 5,
    Home: 0,
    End: most,
  };
  const place = moved[key];
  return place === undefined ? null : Math.min(Math.max(place, 0), most);
}

/** Where a pointer at a height puts the line, among rows by their place and middle. */
export function placeAtHeight(rows: readonly { place: number; middle: number }[], height: number): number {
  return rows.reduce((found, row) => (row.middle < height ? Math.max(found, row.place) : found), 0);
}
