// Why: what is typed about an organisation stays over a reload and a refusal; the request keeps its name until something
// in it changes, so that sending it again registers once.
import type { IdentifierGiven, RegistrationSent } from '@/api/registration';

export type Draft = RegistrationSent;

const KEY = 'plumbline.register';
const EMPTY: IdentifierGiven = { type: '', value: '' };

export function emptyDraft(): Draft {
  return {
    requestId: crypto.randomUUID(),
    kind: '',
    nameEn: '',
    nameZh: '',
    identifiers: [EMPTY],
    name: '',
    email: '',
    notice: null,
  };
}

/** The draft with something changed, under a new name: another content is another request. */
export function changed(draft: Draft, part: Partial<Draft>): Draft {
  return { ...draft, ...part, requestId: crypto.randomUUID() };
}

export function withIdentifier(draft: Draft, position: number, part: Partial<IdentifierGiven>): Draft {
  return changed(draft, { identifiers: draft.identifiers.map((each, at) => (at === position ? { ...each, ...part } : each)) });
}

export function withLine(draft: Draft): Draft {
  return changed(draft, { identifiers: [...draft.identifiers, EMPTY] });
}

export function withoutLine(draft: Draft, position: number): Draft {
  return changed(draft, { identifiers: draft.identifiers.filter((_, at) => at !== position) });
}

export function keepDraft(draft: Draft): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(draft));
  } catch {
    // A full or forbidden store only means that this copy is not kept.
  }
}

export function dropDraft(): void {
  sessionStorage.removeItem(KEY);
}

/** What was typed in this tab before; an empty form when there is nothing, or nothing that can be read. */
export function findDraft(): Draft {
  const empty = emptyDraft();
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? 'null');
    if (typeof kept !== 'object' || kept === null) return empty;
    const draft = kept as Partial<Draft>;
    const text = (value: unknown) => (typeof value === 'string' ? value : '');
    const lines = Array.isArray(draft.identifiers) ? draft.identifiers : [];
    return {
      requestId: text(draft.requestId) || empty.requestId,
      kind: text(draft.kind),
      nameEn: text(draft.nameEn),
      nameZh: text(draft.nameZh),
      identifiers: lines.length === 0 ? empty.identifiers : lines.map((line) => ({ type: text(line?.type), value: text(line?.value) })),
      name: text(draft.name),
      email: text(draft.email),
      notice: typeof draft.notice === 'string' ? draft.notice : null,
    };
  } catch {
    return empty;
  }
}
