// Why: both languages, typed against each other, loaded area by area so that an applicant never
// downloads the council's words. Switching the language re-renders in place: nothing is lost.
import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import type { Language } from './format';
import commonEn from './locales/en/common';
import moreEn from './locales/en/moreproblems';
import problemsEn from './locales/en/problems';
import stepsEn from './locales/en/steps';
import commonZh from './locales/zh/common';
import moreZh from './locales/zh/moreproblems';
import problemsZh from './locales/zh/problems';
import stepsZh from './locales/zh/steps';

/** The shape of an English catalogue with every text free: what the Chinese one must match. */
export type Catalogue<T> = { [K in keyof T]: T[K] extends string ? string : Catalogue<T[K]> };

const AREAS = {
  public: [() => import('./locales/en/public'), () => import('./locales/zh/public')],
  applicant: [() => import('./locales/en/applicant'), () => import('./locales/zh/applicant')],
  valuemap: [() => import('./locales/en/valuemap'), () => import('./locales/zh/valuemap')],
  funder: [() => import('./locales/en/funder'), () => import('./locales/zh/funder')],
  ranking: [() => import('./locales/en/ranking'), () => import('./locales/zh/ranking')],
  award: [() => import('./locales/en/award'), () => import('./locales/zh/award')],
  council: [() => import('./locales/en/council'), () => import('./locales/zh/council')],
  cost: [() => import('./locales/en/cost'), () => import('./locales/zh/cost')],
  sroi: [() => import('./locales/en/sroi'), () => import('./locales/zh/sroi')],
  rules: [() => import('./locales/en/rules'), () => import('./locales/zh/rules')],
  rulewords: [() => import('./locales/en/rulewords'), () => import('./locales/zh/rulewords')],
  rubric: [() => import('./locales/en/rubric'), () => import('./locales/zh/rubric')],
  purchases: [() => import('./locales/en/purchases'), () => import('./locales/zh/purchases')],
  people: [() => import('./locales/en/people'), () => import('./locales/zh/people')],
  account: [() => import('./locales/en/account'), () => import('./locales/zh/account')],
  audit: [() => import('./locales/en/audit'), () => import('./locales/zh/audit')],
  files: [() => import('./locales/en/files'), () => import('./locales/zh/files')],
  register: [() => import('./locales/en/register'), () => import('./locales/zh/register')],
  operator: [() => import('./locales/en/operator'), () => import('./locales/zh/operator')],
} as const;

export type Area = keyof typeof AREAS;

/** Areas that show SROI figures and cost plans bring the words for them along. */
const WITH_FIGURES: ReadonlySet<Area> = new Set<Area>(['applicant', 'funder']);
/** What they bring along: figures, and the files that come with an application. */
const BROUGHT: readonly Area[] = ['sroi', 'cost', 'files'];

/** Puts an area's words in place before its first page is shown. Used as a route loader. */
export async function loadWords(area: Area): Promise<void> {
  if (i18next.hasResourceBundle('en', area)) return;
  const [en, zh] = AREAS[area];
  const brought = WITH_FIGURES.has(area) ? BROUGHT : [];
  const [english, chinese] = await Promise.all([en(), zh(), ...brought.map(loadWords)]);
  i18next.addResourceBundle('en', area, english.default);
  i18next.addResourceBundle('zh', area, chinese.default);
}

const STORED = 'plumbline.language';

function firstLanguage(): Language {
  const stored = localStorage.getItem(STORED);
  if (stored === 'en' || stored === 'zh') return stored;
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

function markDocument(language: string): void {
  document.documentElement.lang = language === 'zh' ? 'zh-HK' : 'en';
}

export function startWords(): void {
  void i18next.use(initReactI18next).init({
    lng: firstLanguage(),
    fallbackLng: 'en',
    defaultNS: 'common',
    ns: ['common', 'problems', 'steps'],
    resources: {
      en: { common: commonEn, problems: { ...problemsEn, ...moreEn }, steps: stepsEn },
      zh: { common: commonZh, problems: { ...problemsZh, ...moreZh }, steps: stepsZh },
    },
    // Keys such as `in_kind` are codes; an underscore must not mean a context.
    contextSeparator: '|',
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
    initAsync: false,
  });
  markDocument(i18next.language);
  i18next.on('languageChanged', (language) => {
    localStorage.setItem(STORED, language);
    markDocument(language);
  });
}

/** A bilingual text from the server. */
export interface Bilingual {
  en: string;
  zh: string;
}

/** The language on screen, and the matching half of a bilingual text (the other when empty). */
export function useLanguage(): { language: Language; pick: (text: Bilingual) => string } {
  const { i18n } = useTranslation();
  const language: Language = i18n.language === 'zh' ? 'zh' : 'en';
  return {
    language,
    pick: (text) => text[language] || text[language === 'zh' ? 'en' : 'zh'],
  };
}

/** The words for a code that came from the server (`work.DONE`, `applicant:round.groups.money`), or
 * null when the catalogue has none. Everything else goes through the typed `t`. */
export function wordFor(key: string, values: Record<string, string> = {}): string | null {
  if (!i18next.exists(key)) return null;
  return (i18next.t as (key: string, values: Record<string, string>) => string)(key, values);
}

/** The words for a code, or, where a value that they need was not sent, its plain words. */
export function wordForGiven(area: 'problems', code: string, values: Record<string, string>): string | null {
  const full: unknown = i18next.getResource(i18next.language, area, code);
  const wanted = typeof full === 'string' ? [...full.matchAll(/\{\{(\w+)\}\}/g)] : [];
  const lacking = wanted.some((match) => values[match[1] ?? ''] === undefined);
  return (lacking ? wordFor(`${area}:plain.${code}`) : null) ?? wordFor(`${area}:${code}`, values);
}

/** `Summary: too long` or `摘要：過長`. */
export function labelled(label: string, value = ''): string {
  return i18next.language === 'zh' ? `${label}：${value}` : `${label}: ${value}`.trimEnd();
}

/** Something said aside after a name: ` (3 days)` or `（3 日）`. */
export function aside(text: string): string {
  return i18next.language === 'zh' ? `（${text}）` : ` (${text})`;
}
