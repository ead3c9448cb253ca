// Why: an entry carries stable keys and codes; whoever reads the trail reads words. What has none stays as it was
// recorded, so that nothing is hidden.
import { date, dateTime, fileSize, money, ratio, type Language } from '@/format';
import { wordFor } from '@/i18n';

export interface DetailWords {
  label: string;
  /** Without words of its own: shown the way codes are. */
  raw: boolean;
  text: string;
}

/** Where codes under a key have words already; `audit:value.<key>` comes first. */
const ELSEWHERE: Record<string, (code: string) => string> = {
  roles: (code) => `common:role.${code.toUpperCase()}`,
  kind: (code) => `files:kind.${code.toUpperCase()}`,
  scopes: (code) => `account:tokens.scopes.${code.replace(':', '_')}`,
  reason_code: (code) => `operator:registrations.refusals.${code}`,
  deed: (code) => `purchases:deed.${code.toUpperCase()}`,
  conclusion: (code) => `sroi:assurance.conclusions.${code}`,
  reason: (code) => `problems:${code}`,
  codes: (code) => `problems:${code}`,
};

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** One key of an entry with its value, in the language on screen. */
export function detailWords(key: string, value: unknown, language: Language): DetailWords {
  const known = wordFor(`audit:key.${key}`);
  const text = words(key, value, language);
  return { label: known ?? key, raw: text === null, text: text ?? (typeof value === 'string' ? value : JSON.stringify(value)) };
}

function words(key: string, value: unknown, language: Language): string | null {
  if (value === null) return wordFor('common:state.none');
  if (typeof value === 'boolean') return wordFor(value ? 'common:state.yes' : 'common:state.no');
  if (Array.isArray(value)) {
    if (value.length === 0) return wordFor('common:state.none');
    return value.map((each) => words(key, each, language) ?? String(each)).join(language === 'zh' ? '、' : ', ');
  }
  if (typeof value === 'number') return key === 'bytes' ? fileSize(value) : String(value);
  if (typeof value !== 'string') return null;
  if (key === 'amount') return money(value);
  if (key === 'ratio') return ratio(value);
  if (key === 'expires_at') return dateTime(value, language);
  if (DAY.test(value)) return date(value, language);
  const elsewhere = ELSEWHERE[key]?.(value);
  return wordFor(`audit:value.${key}.${value}`) ?? (elsewhere === undefined ? null : wordFor(elsewhere));
}
