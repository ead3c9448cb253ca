// Why: codes become words in one place; the values inside them (methods, steps, amounts, days) too.
import { date, money, type Language } from '@/format';
import { wordFor, type Bilingual } from '@/i18n';
import { personText } from '@/personName';

/** A code of the approval policy with its words. */
export interface PolicyCode {
  code: string;
  label: Bilingual;
}

type Tree = Record<string, unknown>;

function tree(value: unknown): Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Tree) : {};
}

/** The codes of a list of the policy (`departments`, `waiver.reasons`), in the policy's order. */
export function policyCodes(body: unknown, path: string): PolicyCode[] {
  const list = path.split('.').reduce<unknown>((part, key) => tree(part)[key], body);
  return Object.entries(tree(list)).map(([code, words]) => ({
    code,
    label: { en: String(tree(words)['en'] ?? code), zh: String(tree(words)['zh'] ?? code) },
  }));
}

const AMOUNTS: ReadonlySet<string> = new Set(['amount', 'lowest_amount', 'accepted', 'over', 'own', 'sum', 'limit']);
const DAYS: ReadonlySet<string> = new Set(['first_day', 'last_day', 'approved_on', 'ordered_on']);
const CODED = ['method', 'form', 'step', 'category', 'rule', 'basis', 'counted', 'missing'];

function valueWord(value: string): string {
  for (const list of CODED) {
    const word = wordFor(`purchases:${list}.${value}`);
    if (word !== null) return word;
  }
  return value;
}

interface Found {
  code: string;
  shortfall?: string | null;
  params: readonly { name: string; value: string }[];
}

/** The values of a finding or a block, ready to stand in a sentence. */
function valuesOf(found: Found, language: Language): Record<string, string> {
  const separator = language === 'zh' ? '、' : ', ';
  const values = found.params.map(({ name, value }) => {
    if (AMOUNTS.has(name)) return [name, money(value)];
    if (DAYS.has(name)) return [name, date(value, language)];
    if (name === 'person') return [name, personText(value)];
    return [name, value.split(', ').map(valueWord).join(separator)];
  });
  return { ...Object.fromEntries(values), shortfall: found.shortfall ?? '' };
}

const MONEY_SHORT: ReadonlySet<string> = new Set(['accepted_exceeds_tier', 'lowest_without_reason', 'lowest_passed_over']);

/** A finding as a sentence. */
export function findingWords(found: Found, language: Language): string {
  const values = valuesOf(found, language);
  if (found.shortfall && MONEY_SHORT.has(found.code)) values['shortfall'] = money(found.shortfall);
  return wordFor(`purchases:finding.${found.code}`, values) ?? found.code;
}

/** Why a deed is not possible, as a sentence. */
export function blockWords(block: Found, language: Language): string {
  return wordFor(`problems:purchase_${block.code}`, valuesOf(block, language)) ?? block.code;
}
