// Why: every change of a section can be taken back and put again; letters typed one after the other
// into the same field are one step, as in a text editor.
import type { Content } from './path';

interface Entry {
  content: Content;
  /** The field that was being typed into; null for an act that stands alone. */
  typing: string | null;
}

export interface History {
  past: readonly Entry[];
  future: readonly Content[];
}

const STEPS_MAX = 100;

export const NO_HISTORY: History = { past: [], future: [] };

/** Notes what the content was before a change. */
export function remember(history: History, before: Content, typing: string | null): History {
  const last = history.past.at(-1);
  if (typing !== null && last?.typing === typing && history.future.length === 0) return history;
  return { past: [...history.past.slice(1 - STEPS_MAX), { content: before, typing }], future: [] };
}

export function undo(history: History, now: Content): { history: History; content: Content } | null {
  const last = history.past.at(-1);
  if (!last) return null;
  return { history: { past: history.past.slice(0, -1), future: [...history.future, now] }, content: last.content };
}

export function redo(history: History, now: Content): { history: History; content: Content } | null {
  const next = history.future.at(-1);
  if (next === undefined) return null;
  const past = [...history.past, { content: now, typing: null }];
  return { history: { past, future: history.future.slice(0, -1) }, content: next };
}
