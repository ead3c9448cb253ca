// Why: a name comes empty once its person's data was erased; every place says so in words. The type is no text, so that
// none is shown without passing here.
import { wordFor } from '@/i18n';

declare const name: unique symbol;

/** A person's name as the API sends it. */
export interface PersonName {
  readonly [name]: true;
}

/** The name, or that it was erased, in the language on screen. */
export function personName(sent: PersonName | null): string {
  const text = sent as unknown as string | null;
  return text === null ? '' : personText(text);
}

/** The same for a name that comes inside a text of another type. */
export function personText(text: string): string {
  return text === '' ? (wordFor('common:personErased') ?? '') : text;
}
