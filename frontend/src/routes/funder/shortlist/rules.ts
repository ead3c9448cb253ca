// Why: the exact set names its rules by id; here they become sentences, with the names of districts and
// service areas and the references of applications.
import type { TFunction } from 'i18next';
import { money, percent, plainNumber } from '@/format';

export interface Names {
  /** Names of districts, service areas and size bands by `dimension:code`. */
  places: ReadonlyMap<string, string>;
  /** References of applications by their id. */
  references: ReadonlyMap<string, string>;
}

type Measure = 'money' | 'share' | 'count';

interface ReadRule {
  kind: 'budget' | 'small_share' | 'max_per_group' | 'at_most' | 'at_least' | 'exclusive' | 'requires' | 'other';
  dimension: string;
  code: string;
  measure: Measure;
  applications: string[];
}

const PLAIN = ['budget', 'small_share', 'max_per_group'] as const;
const MEASURES: Record<string, Measure> = { budget: 'money', small_share: 'share', spend: 'money' };

/** `at_most:district:kwun_tong:spend` → its parts; what is not known stays as it is. */
export function readRule(rule: string): ReadRule {
  const [kind = '', dimension = '', code = '', measure = ''] = rule.split(':');
  const none = { dimension: '', code: '', applications: [] };
  const plain = PLAIN.find((each) => each === rule);
  if (plain) return { kind: plain, ...none, measure: MEASURES[plain] ?? 'count' };
  if (kind === 'at_most' || kind === 'at_least') {
    return { kind, dimension, code, measure: MEASURES[measure] ?? 'count', applications: [] };
  }
  const applications = rule.split(/[:,>+|]/).slice(1).filter((each) => each !== '');
  if (kind === 'exclusive' || kind === 'requires') return { kind, ...none, measure: 'count', applications };
  return { kind: 'other', ...none, measure: 'count' };
}

type Words = TFunction<['ranking', 'funder', 'common']>;

/** `Kwun Tong (district)`; the code where no application names it. */
function placeWords({ dimension, code }: ReadRule, names: Names, t: Words): string {
  const name = names.places.get(`${dimension}:${code}`) ?? code;
  if (dimension === 'district' || dimension === 'service_area' || dimension === 'size_band') {
    return t(`ranking:rule.place.${dimension}`, { name });
  }
  return name;
}

/** What a rule asks for, in words. */
export function ruleWords(rule: string, names: Names, t: Words): string {
  const read = readRule(rule);
  const applications = read.applications.map((id) => names.references.get(id) ?? id);
  switch (read.kind) {
    case 'budget':
    case 'small_share':
    case 'max_per_group':
      return t(`ranking:rule.${read.kind}`);
    case 'at_most':
    case 'at_least': {
      const what = read.measure === 'money' ? 'spend' : 'count';
      return t(`ranking:rule.${read.kind}_${what}`, { place: placeWords(read, names, t) });
    }
    case 'exclusive':
      return t('ranking:rule.exclusive', { list: applications.join(' / ') });
    case 'requires':
      return t('ranking:rule.requires', { first: applications[0] ?? '', second: applications.slice(1).join(' / ') });
    case 'other':
      return rule;
  }
}

/** A value or limit of a rule: money, a share, or a number. */
export function ruleValue(rule: string, value: string): string {
  const { measure } = readRule(rule);
  if (measure === 'money') return money(value);
  // The share is asked of the money: small values are shares, others are the amount itself.
  if (measure === 'share') return /^-?[01](\.\d+)?$/.test(value) ? percent(value) : money(value);
  return plainNumber(value);
}

export interface Shortfall {
  rule: string;
  required: string | null;
  achievable: string | null;
  shortfall: string;
}

/** "the cap of Kwun Tong (district) would have to rise by HK$60,000.00 (…)". */
export function relaxationWords({ rule, required, achievable, shortfall }: Shortfall, names: Names, t: Words): string {
  const read = readRule(rule);
  const shown = (value: string) => (read.measure === 'share' ? money(value) : ruleValue(rule, value));
  const by = read.kind === 'at_most' || read.kind === 'at_least' ? counted(read.measure, shortfall, shown, t) : shown(shortfall);
  const reach =
    required === null || achievable === null
      ? ''
      : ` ${t('ranking:relax.reach', { required: shown(required), achievable: shown(achievable) })}`;
  switch (read.kind) {
    case 'at_most':
    case 'at_least':
      return t(`ranking:relax.${read.kind}`, { place: placeWords(read, names, t), by }) + reach;
    case 'small_share':
    case 'max_per_group':
    case 'budget':
      return t(`ranking:relax.${read.kind}`, { by }) + reach;
    default:
      return t('ranking:relax.other', { rule: ruleWords(rule, names, t), by });
  }
}

function counted(measure: Measure, value: string, shown: (value: string) => string, t: Words): string {
  return measure === 'money' ? shown(value) : t('ranking:selection.countOf', { count: Number(value) });
}
