// Why: a recorded working is evidence and keeps the words it was recorded with, which are English.
// These are the same formulas and names in Chinese, found by the recorded words; those of the social
// return come from the method itself.
import type { Language } from '@/format';

const FORMULAS: Record<string, string> = {
  'every project of the activity is exempt, so its weight leaves the basis': '此活動的所有項目均獲豁免，故其權數不計入分攤基準',
  'amount × weight ÷ basis': '款額 × 權數 ÷ 分攤基準',
  'sum of shares = total': '各份之和 = 總額',
  '(operating expenditure − Provident Fund expenditure) × cap ratio': '(營運開支 − 公積金開支) × 上限比率',
  'the larger of reserve − cap and 0': '「儲備 − 上限」與 0，取較大者',
  'sum of contributions': '各項貢獻分數之和',
  '(score − zero) ÷ (hundred − zero) × 100, not below 0 nor above 100':
    '(評分 − 0 分位置) ÷ (100 分位置 − 0 分位置) × 100，不低於 0，不高於 100',
  'weight ÷ weights_scored × points': '比重 ÷ 有評分的比重之和 × 分數',
  'over < amount ≤ up to, in the version in force on the date': '下限 < 款額 ≤ 上限，按當日生效的版本',
};

/** Recorded names that carry a number or a name of their own. */
const NAMES: readonly [RegExp, string][] = [
  [/^quantity of cohort (\d+), from year (\d+)$/, '第 $1 組別的數量（由第 $2 年起）'],
  [/^input (\d+): grant (.+)$/, '投入 $1：資助 $2'],
  [/^input (\d+): own (.+)$/, '投入 $1：機構自付 $2'],
  [/^input (\d+): in_kind (.+)$/, '投入 $1：非現金 $2'],
  [/^input (\d+): other(?::(.*))? (.+)$/, '投入 $1：其他來源 $2 $3'],
  [/^input (\d+): (.+)$/, '投入 $1：$2'],
  [/^rate of years (\d+) to (\S+)$/, '第 $1 至 $2 年的折現率'],
];

const METHODS: readonly [RegExp, string][] = [
  [/^Guide to SROI, stages? (.+)$/, '《SROI 指引》（Guide to SROI）第 $1 階段'],
];

function replaced(patterns: readonly [RegExp, string][], text: string): string | null {
  const found = patterns.find(([pattern]) => pattern.test(text));
  return found ? text.replace(found[0], found[1]) : null;
}

/** A recorded formula in the language on screen; null when there is only the English. */
export function formulaIn(language: Language, formula: string): string | null {
  return language === 'zh' ? (FORMULAS[formula] ?? null) : formula;
}

/** A recorded name of a value that is not in the catalogue; null when there is only the English. */
export function valueNameIn(language: Language, name: string): string | null {
  return language === 'zh' ? replaced(NAMES, name) : null;
}

/** A recorded reference to the method. */
export function methodIn(language: Language, method: string): string | null {
  if (language !== 'zh') return null;
  return replaced(METHODS, method.replace(/ and /g, '、').replace(/, (?=\d)/g, '、'));
}
