// Why: what is typed about a request or an award, and what of it is sent: a field left empty is left
// out, because unknown is not none; what is stated as none is sent as null.
import { readMoney } from '@/format';
import { rowsAt, textAt, type Content } from '../section/path';

export interface ValueDraft {
  item: string;
  maintenance: string;
  /** Stated: there is no maintenance. */
  none: boolean;
}

export interface PartDraft extends ValueDraft {
  category: string;
}

export interface RequestDraft {
  title: string;
  department: string;
  category: string;
  requirement: string;
  /** Stated: a need of its own, bought once. */
  once: boolean;
  invitedOn: string;
  neededOn: string;
  parts: PartDraft[];
}

export interface OfferDraft {
  id: string;
  supplier: string;
  amount: string;
  conforming: '' | 'yes' | 'no';
  form: '' | 'written' | 'oral';
}

export interface AwardDraft extends ValueDraft {
  invitedOn: string;
  method: string;
  invited: string;
  offers: OfferDraft[];
  chosen: string;
  lowestReason: string;
}

export const EMPTY_PART: PartDraft = { category: '', item: '', maintenance: '', none: false };

export const EMPTY_REQUEST: RequestDraft = {
  title: '',
  department: '',
  category: '',
  requirement: '',
  once: false,
  invitedOn: '',
  neededOn: '',
  parts: [EMPTY_PART],
};

/** What can be read as an amount travels as one; anything else is sent as typed and named by the server. */
function amountOf(typed: string): string {
  return readMoney(typed) ?? typed;
}

function value({ item, maintenance, none }: ValueDraft): Content {
  return {
    ...(item.trim() === '' ? {} : { item: amountOf(item) }),
    ...(none ? { maintenance: null } : maintenance.trim() === '' ? {} : { maintenance: amountOf(maintenance) }),
  };
}

function stated(entries: Record<string, string>): Content {
  return Object.fromEntries(Object.entries(entries).filter(([, text]) => text.trim() !== ''));
}

export function requestContent(draft: RequestDraft): Content {
  return {
    ...stated({
      title: draft.title.trim(),
      department: draft.department,
      category: draft.category,
      invited_on: draft.invitedOn,
      needed_on: draft.neededOn,
    }),
    ...(draft.once ? { requirement: null } : stated({ requirement: draft.requirement.trim() })),
    parts: draft.parts.map((part) => ({ ...stated({ category: part.category }), estimated: value(part) })),
  };
}

export function awardContent(draft: AwardDraft): Content {
  const offers = draft.offers.map((offer) => ({
    id: offer.id,
    ...stated({ supplier: offer.supplier.trim(), form: offer.form }),
    ...(offer.amount.trim() === '' ? {} : { amount: amountOf(offer.amount) }),
    ...(offer.conforming === '' ? {} : { conforming: offer.conforming === 'yes' }),
  }));
  const invited = draft.invited.trim();
  return {
    ...stated({ invited_on: draft.invitedOn, method: draft.method, chosen: draft.chosen }),
    quotations: {
      ...(invited === '' ? {} : { invited: /^\d{1,4}$/.test(invited) ? Number(invited) : invited }),
      ...(offers.length === 0 ? {} : { offers }),
    },
    lowest_reason: draft.lowestReason.trim() === '' ? null : draft.lowestReason.trim(),
    accepted: value(draft),
  };
}

function valueDraft(content: Content | undefined): ValueDraft {
  return {
    item: textAt(content, 'item'),
    maintenance: textAt(content, 'maintenance'),
    none: content?.['maintenance'] === null,
  };
}

function inside(content: unknown, key: string): Content | undefined {
  const found = typeof content === 'object' && content !== null ? (content as Content)[key] : undefined;
  return typeof found === 'object' && found !== null ? (found as Content) : undefined;
}

/** What an earlier request said, to be written again. */
export function requestDraft(content: unknown): RequestDraft {
  const parts = rowsAt(content, 'parts').map((part) => ({
    category: textAt(part, 'category'),
    ...valueDraft(inside(part, 'estimated')),
  }));
  const said = content as Content | undefined;
  return {
    title: textAt(said, 'title'),
    department: textAt(said, 'department'),
    category: textAt(said, 'category'),
    requirement: textAt(said, 'requirement'),
    once: said?.['requirement'] === null,
    invitedOn: textAt(said, 'invited_on'),
    neededOn: textAt(said, 'needed_on'),
    parts: parts.length > 0 ? parts : [EMPTY_PART],
  };
}

export interface Offer {
  id: string;
  supplier: string;
  amount: string;
  conforming: boolean | null;
  form: string;
  chosen: boolean;
  lowest: boolean;
}

/** Cents as a whole number, for comparing; null where there is no readable amount. */
function cents(amount: string): bigint | null {
  const read = readMoney(amount);
  if (read === null) return null;
  const [whole = '0', fraction = ''] = read.split('.');
  return BigInt(whole + fraction.padEnd(6, '0').slice(0, 6));
}

/** The offers of an award; the lowest conforming one is marked. */
export function offersOf(award: unknown): Offer[] {
  const chosen = textAt(award as Content | undefined, 'chosen');
  const offers = rowsAt(inside(award, 'quotations'), 'offers').map((offer) => ({
    id: textAt(offer, 'id'),
    supplier: textAt(offer, 'supplier'),
    amount: textAt(offer, 'amount'),
    conforming: typeof offer['conforming'] === 'boolean' ? offer['conforming'] : null,
    form: textAt(offer, 'form'),
  }));
  const lowest = offers
    .filter((offer) => offer.conforming === true)
    .map((offer) => cents(offer.amount))
    .filter((amount) => amount !== null)
    .reduce<bigint | null>((least, amount) => (least === null || amount < least ? amount : least), null);
  return offers.map((offer) => ({
    ...offer,
    chosen: offer.id === chosen && chosen !== '',
    lowest: offer.conforming === true && lowest !== null && cents(offer.amount) === lowest,
  }));
}

/** An id for the next offer that is not taken yet. */
export function nextOfferId(offers: readonly { id: string }[]): string {
  const numbers = offers.map(({ id }) => Number(/^q(\d+)$/.exec(id)?.[1] ?? 0));
  return `q${Math.max(0, ...numbers) + 1}`;
}
