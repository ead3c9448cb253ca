// Why: what is typed about an organisation stays over a reload and a refusal; the request keeps its name until something
// in it changes, so that sending it again registers once.
import type { IdentifierGiven, RegistrationSent } from '@/api/registration';
import { drop, findKept, keep, keptText } from '@/kept';

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
  keep(KEY, draft);
}

export function dropDraft(): void {
  drop(KEY);
}

/** What was typed in this tab before; an empty form when there is nothing, or nothing that can be read. */
export function findDraft(): Draft {
  const empty = emptyDraft();
  const kept = findKept<Draft>(KEY);
  const lines: unknown[] = Array.isArray(kept.identifiers) ? kept.identifiers : [];
  const identifiers = lines.map((line) => {
    const { type, value } = (typeof line === 'object' && line !== null ? line : {}) as { type?: unknown; value?: unknown };
    return { type: keptText(type), value: keptText(value) };
  });
  return {
    requestId: keptText(kept.requestId) || empty.requestId,
    kind: keptText(kept.kind),
    nameEn: keptText(kept.nameEn),
    nameZh: keptText(kept.nameZh),
    identifiers: identifiers.length === 0 ? empty.identifiers : identifiers,
    name: keptText(kept.name),
    email: keptText(kept.email),
    notice: typeof kept.notice === 'string' ? kept.notice : null,
  };
}
