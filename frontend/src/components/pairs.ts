// Why: the pairs of a list and the answers on Saaty's scale of nine, as the engine reads them; dozens of
// answers are kept on this device, because nobody gives them twice.
export interface Item {
  id: string;
  label: string;
}

/** -8 … 8: how far towards the first (negative) or the second (positive); 0 is equal. */
export type Step = number;
export type Answers = Readonly<Record<string, Step>>;

export const SCALE: readonly Step[] = Array.from({ length: 17 }, (_, position) => position - 8);

/** Each two items once, in the order of the list. */
export function pairsOf(items: readonly Item[]): (readonly [Item, Item])[] {
  return items.flatMap((first, position) => items.slice(position + 1).map((second) => [first, second] as const));
}

export function pairKey([first, second]: readonly [Item, Item]): string {
  return `${first.id}|${second.id}`;
}

/** `-2` → the first counts three times the second: `3`; `2` → `1/3`. */
export function valueOf(step: Step): string {
  const times = Math.abs(step) + 1;
  return step > 0 ? `1/${times}` : String(times);
}

/** The pairs that have been compared, as the engine reads them. */
export function judgementsOf(items: readonly Item[], answers: Answers): { a: string; b: string; value: string }[] {
  return pairsOf(items).flatMap((pair) => {
    const step = answers[pairKey(pair)];
    return step === undefined ? [] : [{ a: pair[0].id, b: pair[1].id, value: valueOf(step) }];
  });
}

function stored(name: string): string {
  return `plumbline.pairs.${name}`;
}

/** The answers of an earlier visit; what cannot be read is no answer. */
export function keptAnswers(name: string): Answers {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(stored(name)) ?? '{}');
    if (typeof kept !== 'object' || kept === null) return {};
    return Object.fromEntries(Object.entries(kept).filter(([, step]: [string, unknown]) => SCALE.some((each) => each === step))) as Answers;
  } catch {
    return {};
  }
}

export function keepAnswers(name: string, answers: Answers): void {
  try {
    localStorage.setItem(stored(name), JSON.stringify(answers));
  } catch {
    // A full or forbidden store only means that this copy is not kept.
  }
}
