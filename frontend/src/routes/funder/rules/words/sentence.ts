// Why: a rule is data; people read it as a sentence in their language. Pure: the same rule, facts and
// parameters always come to the same words. What is not filled in yet shows as a gap.
import { asContent } from '../../../applicant/section/useSavedForm';
import type { Content } from '../../../applicant/section/path';
import { date, grouped, money, percent, type Language } from '@/format';
import { bilingual, listOf, text } from '../body';
import { fullPath } from '../vocabulary';
import { isNumberKind, kindOf, kindOfValue, type Surroundings } from './kinds';

export interface Telling extends Surroundings {
  language: Language;
  /** Words for codes, from the programme. */
  words: Content;
  /** A sentence of the catalogue with its marks filled. */
  say: (key: string, values?: Record<string, string>) => string;
}

const GAP = '…';
const DECIMAL = /^-?\d+(\.\d+)?$/;

interface Scene extends Telling {
  lists: readonly string[];
}

/** The rule as a sentence, without a full stop. */
export function ruleWords(rule: unknown, telling: Telling): string {
  const words = ruleIn(rule, { ...telling, lists: [] });
  return telling.language === 'en' ? words.charAt(0).toUpperCase() + words.slice(1) : words;
}

/** A value as a sentence would name it: a fact, an amount, a calculation. */
export function valueWords(value: unknown, telling: Telling, kind?: string, lists: readonly string[] = []): string {
  return valueIn(value, { ...telling, lists }, kind);
}

const COMPARISONS = new Set(['eq', 'ne', 'lt', 'lte', 'gt', 'gte']);
const SETS = new Set(['in', 'superset', 'subset', 'intersects']);
const SIZES = new Set(['min_length', 'max_length', 'min_count', 'max_count']);
const EACH = new Set(['any', 'all', 'none']);

function ruleIn(rule: unknown, scene: Scene): string {
  if (typeof rule === 'string') return rule;
  const own = asContent(rule);
  const op = text(own['op']);
  if (op === 'and' || op === 'or') return joined(listOf(own['args']).map((each) => nested(each, scene)), op, scene);
  if (op === 'not') return scene.say('not', { rule: ruleIn(own['arg'] ?? listOf(own['args'])[0], scene) });
  if (op === 'implies') return scene.say('implies', { condition: ruleIn(own['if'], scene), consequence: ruleIn(own['then'], scene) });
  if (EACH.has(op)) return ofEach(op, own, scene);
  if (COMPARISONS.has(op)) return comparison(op, own, scene);
  if (op === 'between') return between(own, scene);
  if (SETS.has(op) || SIZES.has(op)) return scene.say(op, sides(own, scene, SIZES.has(op) ? 'count' : undefined));
  if (op === 'matches') return matches(own, scene);
  if (op === 'present') return scene.say('present', { left: valueIn(own['left'], scene) });
  if (op === 'all_present') return scene.say('all_present', { list: factList(own['fields'], scene) });
  if (op === 'ruleset') return scene.say('ruleset', { name: factWords(`rulesets.${text(own['name'])}`, scene) });
  if (op === 'criterion') return scene.say('criterion', { id: text(own['id']) || GAP });
  if (op === 'ratio') return scene.say('reported', { value: valueIn(own, scene) });
  return op === '' ? GAP : `${op}${GAP}`;
}

/** `and` inside `or` (and the reverse) stands in brackets. */
function nested(rule: unknown, scene: Scene): string {
  const op = asContent(rule)['op'];
  const words = ruleIn(rule, scene);
  return op === 'and' || op === 'or' || op === 'implies' ? bracketed(words, scene) : words;
}

function bracketed(words: string, { language }: Scene): string {
  return language === 'zh' ? `（${words}）` : `(${words})`;
}

function joined(parts: readonly string[], how: 'and' | 'or', scene: Scene): string {
  if (parts.length === 0) return GAP;
  return parts.join(scene.say(how));
}

function ofEach(op: string, own: Content, scene: Scene): string {
  const field = text(asContent(own['over'])['field']);
  const list = fullPath(field, scene.lists);
  const inside = { ...scene, lists: [...scene.lists, list] };
  return scene.say(op, { list: field === '' ? GAP : factWords(list, scene), rule: ruleIn(own['where'], inside) });
}

/** Both sides, each read in the light of the other. */
function sides(own: Content, scene: Scene, fixed?: string): { left: string; right: string } {
  const left = kindOf(own['left'], scene, scene.lists);
  const right = kindOf(own['right'], scene, scene.lists);
  const options = fieldOf(own['left']) ?? fieldOf(own['right']);
  const within = { ...scene, codesOf: options };
  return {
    left: valueIn(own['left'], within, fixed ?? right),
    right: valueIn(own['right'], within, fixed ?? left),
  };
}

function comparison(op: string, own: Content, scene: Scene): string {
  const kind = kindOf(own['left'], scene, scene.lists) ?? kindOf(own['right'], scene, scene.lists);
  const manner = kind === 'date' || kind === 'financial_year' ? 'date' : isNumberKind(kind) || kind === undefined ? 'number' : 'word';
  return scene.say(`${op}_${manner === 'word' && op !== 'eq' && op !== 'ne' ? 'number' : manner}`, sides(own, scene));
}

function between(own: Content, scene: Scene): string {
  const kind = kindOf(own['left'], scene, scene.lists);
  return scene.say('between', {
    left: valueIn(own['left'], scene),
    low: valueIn(own['low'], scene, kind),
    high: valueIn(own['high'], scene, kind),
  });
}

function matches(own: Content, scene: Scene): string {
  const left = valueIn(own['left'], scene);
  const name = text(asContent(own['right'])['param']);
  if (name !== '' && typeof scene.parameters[name] === 'object') return scene.say('matches_own', { left, name });
  return scene.say('matches', { left, right: name === '' ? text(own['right']) || GAP : text(scene.parameters[name]) || name });
}

function factList(fields: unknown, scene: Scene): string {
  const names = Array.isArray(fields) ? fields.map((field) => factWords(fullPath(text(field), scene.lists), scene)) : [];
  return names.length === 0 ? GAP : listed(names, scene);
}

function listed(names: readonly string[], { language }: { language: Language }): string {
  return names.join(language === 'zh' ? '、' : ', ');
}

function fieldOf(node: unknown): string | undefined {
  const field = asContent(node)['field'];
  return typeof field === 'string' ? field : undefined;
}

type ValueScene = Scene & { codesOf?: string | undefined };

const SIGNS: Record<string, string> = { add: ' + ', sub: ' − ', mul: ' × ', div: ' ÷ ', ratio: ' ÷ ' };

function valueIn(node: unknown, scene: ValueScene, kind?: string): string {
  if (node === undefined || node === null) return GAP;
  if (Array.isArray(node)) return node.length === 0 ? GAP : listed(node.map((item) => literal(item, scene, kind)), scene);
  if (typeof node !== 'object') return literal(node, scene, kind);
  const own = asContent(node);
  if (typeof own['field'] === 'string') return factWords(fullPath(own['field'], scene.lists), scene);
  if (typeof own['param'] === 'string') return parameterWords(own['param'], scene, kind);
  return calculation(own, scene, kind);
}

function calculation(own: Content, scene: ValueScene, kind?: string): string {
  const op = text(own['op']);
  const args = Array.isArray(own['args']) ? own['args'] : [own['left'], own['right']];
  const sign = SIGNS[op];
  if (sign !== undefined) return args.map((arg) => part(arg, scene, kind)).join(sign) + ifZero(own, scene);
  if (op === 'max' || op === 'min') {
    const shared = kindOf(own, scene, scene.lists) ?? kind;
    return scene.say(args.length === 2 ? op : `${op}_of`, pairOrList(args.map((arg) => part(arg, scene, shared)), scene));
  }
  const over = fieldOf(own['over']);
  const list = over === undefined ? GAP : factWords(fullPath(over, scene.lists), scene);
  if (op === 'count') return scene.say('count', { list });
  if (op === 'sum') return scene.say('sum', { list, of: over === undefined ? GAP : factWords(itemPath(over, own['of'], scene), scene) });
  if (op === 'months_between' || op === 'days_between') {
    const [from, to] = args;
    return scene.say(op, { from: valueIn(from, scene, 'date'), to: valueIn(to, scene, 'date') });
  }
  if (op === 'table') return scene.say('table', { name: tableWords(text(own['name']), scene) });
  return op === '' ? GAP : `${op}${GAP}`;
}

function itemPath(over: string, of: unknown, scene: Scene): string {
  const list = fullPath(over, scene.lists);
  return of === undefined ? `${list}[]` : `${list}[].${text(of).replace(/^item\./, '')}`;
}

function pairOrList(parts: readonly string[], scene: Scene): Record<string, string> {
  const [one = GAP, other = GAP] = parts;
  return { one, other, list: listed(parts, scene) };
}

/** A calculation within a calculation stands in brackets. */
function part(node: unknown, scene: ValueScene, kind?: string): string {
  const words = valueIn(node, scene, kind);
  return SIGNS[text(asContent(node)['op'])] === undefined ? words : bracketed(words, scene);
}

function ifZero(own: Content, scene: ValueScene): string {
  if (!('if_zero' in own)) return '';
  const value = own['if_zero'] === null ? scene.say('unknown') : valueIn(own['if_zero'], scene);
  return scene.say('if_zero', { value });
}

function parameterWords(name: string, scene: ValueScene, kind?: string): string {
  const value = scene.parameters[name];
  const own = kindOfValue(name, value);
  if (value === undefined) return name;
  if (own === 'patterns') return name;
  if (Array.isArray(value)) return valueIn(value, scene, kind);
  const words = literal(value, scene, own === 'text' || own === 'decimal' || own === 'count' ? (kind ?? own) : own);
  return own === 'rate' || own === 'share' ? `${name} ${words}` : words;
}

function tableWords(name: string, scene: Scene): string {
  const label = bilingual(asContent(scene.tables[name])['label']);
  return label[scene.language] || label.en || name || GAP;
}

/** The label of a fact, as it reads inside a sentence. */
function factWords(path: string, { facts, language, lists }: Scene): string {
  const fact = facts.get(path) ?? (path.endsWith('[]') ? facts.get(path.slice(0, -2)) : undefined);
  if (!fact) return path.replace(`${lists.at(-1)}[].`, 'item.');
  const label = fact.label[language] || fact.label.en;
  // "Amount asked" within a sentence is "amount asked"; "Lump Sum Grant" stays.
  return language === 'en' && /^[A-Z][a-z-]*( [^A-Z]|$)/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;
}

/** A literal in the light of what it is compared with. */
function literal(value: unknown, scene: ValueScene, kind?: string): string {
  if (typeof value === 'boolean') return scene.say(value ? 'yes' : 'no');
  const written = text(value);
  if (written === '') return GAP;
  if (kind === 'date') return date(written, scene.language);
  if (DECIMAL.test(written)) {
    if (kind === 'hkd') return money(written);
    if (kind === 'share' || kind === 'rate') return percent(written);
    return grouped(written);
  }
  return codeWords(written, scene);
}

function codeWords(code: string, scene: ValueScene): string {
  const fact = scene.codesOf === undefined ? undefined : scene.facts.get(fullPath(scene.codesOf, scene.lists));
  const label = fact?.options.find((option) => option.code === code)?.label ?? bilingual(scene.words[code]);
  return label[scene.language] || label.en || code;
}
