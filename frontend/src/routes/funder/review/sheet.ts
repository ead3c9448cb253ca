// Why: the scoring sheet as values: a level and a remark per dimension, a general remark.
export interface Sheet {
  levels: Readonly<Record<string, number>>;
  remarks: Readonly<Record<string, string>>;
  comment: string;
}

export const LEVELS = [0, 1, 2, 3, 4, 5] as const;

type Given = Record<string, unknown>;

function record(value: unknown): Given {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Given) : {};
}

/** Reads a sheet of the server (`scores`) or one that was kept on this device. */
export function readSheet(json: unknown): Sheet {
  const given = record(json);
  const levels: Record<string, number> = {};
  const remarks: Record<string, string> = {};
  for (const each of Array.isArray(given['scores']) ? (given['scores'] as unknown[]) : []) {
    const score = record(each);
    const dimension = String(score['dimension'] ?? '');
    if (typeof score['level'] === 'number') levels[dimension] = score['level'];
    if (typeof score['comment'] === 'string' && score['comment'] !== '') remarks[dimension] = score['comment'];
  }
  for (const [dimension, level] of Object.entries(record(given['levels']))) {
    if (typeof level === 'number') levels[dimension] = level;
  }
  for (const [dimension, remark] of Object.entries(record(given['remarks']))) {
    if (typeof remark === 'string') remarks[dimension] = remark;
  }
  return { levels, remarks, comment: typeof given['comment'] === 'string' ? given['comment'] : '' };
}

/** What the server takes: a remark travels with its level, so one without a level waits here. */
export function scored(sheet: Sheet): { dimension: string; level: number; comment: string }[] {
  return Object.entries(sheet.levels)
    .map(([dimension, level]) => ({ dimension, level, comment: sheet.remarks[dimension] ?? '' }))
    .toSorted((one, other) => (one.dimension < other.dimension ? -1 : 1));
}

/** Remarks that wait on this device because their dimension has no level yet. */
export function waiting(sheet: Sheet): string[] {
  return Object.keys(sheet.remarks).filter((dimension) => sheet.remarks[dimension] !== '' && sheet.levels[dimension] === undefined);
}

export function withLevel(sheet: Sheet, dimension: string, level: number): Sheet {
  return { ...sheet, levels: { ...sheet.levels, [dimension]: level } };
}

export function withRemark(sheet: Sheet, dimension: string, remark: string): Sheet {
  return { ...sheet, remarks: { ...sheet.remarks, [dimension]: remark } };
}
