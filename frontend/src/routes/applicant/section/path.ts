// Why: section content is JSON addressed by the same paths the server uses in its problems:
// `outcomes[2].reasons.deadweight`. Reading and writing never changes the value in place.
export type Content = Record<string, unknown>;

/** `a[2].b` → `['a', 2, 'b']`. */
function parsePath(path: string): (string | number)[] {
  return path
    .replace(/\[(\d+)\]/g, '.$1')
    .split('.')
    .filter((part) => part !== '')
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

export function getAt(content: unknown, path: string): unknown {
  let at: unknown = content;
  for (const part of parsePath(path)) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = (at as Record<string | number, unknown>)[part];
  }
  return at;
}

/** A copy with the value at the path; `undefined` removes the key (unknown). */
export function setAt(content: Content, path: string, value: unknown): Content {
  return put(content, parsePath(path), value) as Content;
}

function put(at: unknown, parts: (string | number)[], value: unknown): unknown {
  const [head, ...rest] = parts;
  if (head === undefined) return value;
  if (typeof head === 'number') {
    const list: unknown[] = Array.isArray(at) ? [...at] : [];
    if (rest.length === 0 && value === undefined) list.splice(head, 1);
    else list[head] = put(list[head], rest, value);
    return list;
  }
  const record: Content = typeof at === 'object' && at !== null && !Array.isArray(at) ? { ...(at as Content) } : {};
  const next = put(record[head], rest, value);
  if (next === undefined || (rest.length > 0 && isEmptyRecord(next))) delete record[head];
  else record[head] = next;
  return record;
}

function isEmptyRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;
}

export function textAt(content: unknown, path: string): string {
  const value = getAt(content, path);
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

export function rowsAt(content: unknown, path: string): Content[] {
  const value = getAt(content, path);
  return Array.isArray(value) ? (value as Content[]) : [];
}

/** Every leaf with its path, for showing two versions beside each other. */
function leaves(value: unknown, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  if (typeof value === 'object' && value !== null) {
    const entries: [string, unknown][] = Array.isArray(value)
      ? value.map((each, position) => [`${path}[${position}]`, each])
      : Object.entries(value).map(([key, each]) => [path === '' ? key : `${path}.${key}`, each]);
    for (const [at, each] of entries) {
      for (const [leaf, text] of leaves(each, at)) found.set(leaf, text);
    }
  } else if (value !== undefined) {
    found.set(path, value === null ? '—' : String(value));
  }
  return found;
}

export interface Difference {
  path: string;
  mine: string;
  theirs: string;
}

/** The leaves in which two contents differ. */
export function differences(mine: unknown, theirs: unknown): Difference[] {
  const left = leaves(mine);
  const right = leaves(theirs);
  const paths = new Set([...left.keys(), ...right.keys()]);
  return [...paths]
    .filter((path) => left.get(path) !== right.get(path))
    .map((path) => ({ path, mine: left.get(path) ?? '', theirs: right.get(path) ?? '' }));
}

/** Whether two contents say the same, whatever the order of their keys. */
export function sameContent(one: unknown, other: unknown): boolean {
  return differences(one, other).length === 0 && shape(one) === shape(other);
}

function shape(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}

let lastId = 0;

/** An id for a new row, unique within its list: `b3`. */
export function newRowId(prefix: string, rows: readonly Content[]): string {
  const taken = new Set(rows.map((row) => row['id']));
  do lastId += 1;
  while (taken.has(`${prefix}${lastId}`));
  return `${prefix}${lastId}`;
}
