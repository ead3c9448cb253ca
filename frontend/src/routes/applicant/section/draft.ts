// Why: what is typed is kept on this device until the server has it, so that closing the tab,
// losing the connection or an ended session loses nothing. Removed once saved.
import type { Content } from './path';

export interface LocalDraft {
  content: Content;
  /** The server's version that this was typed on top of. */
  version: number;
  at: string;
}

function key(userId: string, applicationId: string, section: string): string {
  return `plumbline.draft.${userId}.${applicationId}.${section}`;
}

export function keepDraft(userId: string, applicationId: string, section: string, draft: LocalDraft): void {
  try {
    localStorage.setItem(key(userId, applicationId, section), JSON.stringify(draft));
  } catch {
    // A full or forbidden store only means that this copy is not kept; saving goes on.
  }
}

export function dropDraft(userId: string, applicationId: string, section: string): void {
  localStorage.removeItem(key(userId, applicationId, section));
}

export function findDraft(userId: string, applicationId: string, section: string): LocalDraft | null {
  const text = localStorage.getItem(key(userId, applicationId, section));
  if (text === null) return null;
  try {
    const draft: unknown = JSON.parse(text);
    if (typeof draft !== 'object' || draft === null) return null;
    const { content, version, at } = draft as Partial<LocalDraft>;
    if (typeof content !== 'object' || content === null || typeof version !== 'number') return null;
    return { content, version, at: String(at ?? '') };
  } catch {
    return null;
  }
}
