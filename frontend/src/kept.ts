// Why: what was typed stays in its tab over a reload and a look elsewhere; one place knows how it is kept.

/** Keeps a draft in this tab. */
export function keep(key: string, draft: unknown): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(draft));
  } catch {
    // A full or forbidden store only means that this copy is not kept.
  }
}

export function drop(key: string): void {
  sessionStorage.removeItem(key);
}

/** The fields of a draft that was kept, each to be judged by its reader; none when there is nothing readable. */
export function findKept<T>(key: string): { [Field in keyof T]?: unknown } {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? 'null');
    return typeof kept === 'object' && kept !== null ? kept : {};
  } catch {
    return {};
  }
}

/** A kept text; empty when it is none. */
export function keptText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
