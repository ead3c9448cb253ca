// Why: reviewers two levels apart or more on a dimension are asked to talk before anybody decides.
export interface Spread {
  levels: number;
  moderate: boolean;
}

const MODERATE_FROM_LEVELS = 2;

/** The distance between the highest and lowest level; null while fewer than two have scored. */
export function spread(levels: readonly (number | undefined)[]): Spread | null {
  const given = levels.filter((level) => level !== undefined);
  if (given.length < 2) return null;
  const distance = Math.max(...given) - Math.min(...given);
  return { levels: distance, moderate: distance >= MODERATE_FROM_LEVELS };
}
