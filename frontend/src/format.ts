// Why: the one place that turns exact decimal strings, dates and times into what people read,
// and what people type back into decimal strings. Text is moved, never calculated with floats.
export type Language = 'en' | 'zh';

const MINUS = '\u2212';

/** `1850000.00` → `1,850,000.00`; keeps every digit that is there. */
export function grouped(decimal: string): string {
  const negative = decimal.startsWith('-');
  const [whole = '0', fraction] = (negative ? decimal.slice(1) : decimal).split('.');
  const groups = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  const text = fraction === undefined ? groups : `${groups}.${fraction}`;
  return negative && /[1-9]/.test(text) ? MINUS + text : text;
}

/** Makes a decimal string show at least `places` decimals. Nothing is cut off. */
function padded(decimal: string, places: number): string {
  const [whole = '0', fraction = ''] = decimal.split('.');
  const kept = fraction.replace(/0+$/, '').padEnd(places, '0');
  return kept === '' ? whole : `${whole}.${kept}`;
}

/** `1850000` → `HK$1,850,000.00`. */
export function money(decimal: string): string {
  const text = grouped(padded(decimal, 2));
  return text.startsWith(MINUS) ? `${MINUS}HK$${text.slice(1)}` : `HK$${text}`;
}

/** A figure on a chart: `9.11M`, `640K`, `75`. A label only; the table twin has every digit. */
export function moneyShort(decimal: string): string {
  const value = Number(decimal);
  const size = Math.abs(value);
  const sign = value < 0 ? MINUS : '';
  if (size >= 1_000_000) return `${sign}${(size / 1_000_000).toFixed(2)}M`;
  if (size >= 10_000) return `${sign}${(size / 1_000).toFixed(0)}K`;
  return `${sign}${grouped(size.toFixed(0))}`;
}

/** An amount without the currency, for columns whose heading names it: `1,850.00`. */
export function amount(decimal: string): string {
  return grouped(padded(decimal, 2));
}

/** Shows a figure at so many places, half away from zero; exact, on the text. */
export function fixed(decimal: string, places: number): string {
  const negative = decimal.startsWith('-');
  const [whole = '0', fraction = ''] = (negative ? decimal.slice(1) : decimal).split('.');
  const digits = BigInt(whole + fraction.slice(0, places).padEnd(places, '0'));
  const rounded = ((fraction[places] ?? '0') >= '5' ? digits + 1n : digits).toString().padStart(places + 1, '0');
  const text = places === 0 ? rounded : `${rounded.slice(0, -places)}.${rounded.slice(-places)}`;
  return grouped(negative ? `-${text}` : text);
}

/** `2.749643` → `2.75 : 1`. */
export function ratio(decimal: string): string {
  return `${fixed(decimal, 2)} : 1`;
}

/** `0.1525` → `15.25%`, by moving the point two places. */
export function percent(share: string): string {
  return `${grouped(movePoint(share, 2))}%`;
}

/** The length of a file: `840 KB`, `1.4 MB`. */
export function fileSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const [size, unit] = bytes < 999_500 ? [bytes / 1000, 'KB'] : [bytes / 1_000_000, 'MB'];
  return `${size < 10 ? size.toFixed(1) : size.toFixed(0)} ${unit}`;
}

/** A plain number with thousands separators and no needless zeros: `9600.00` → `9,600`. */
export function plainNumber(decimal: string): string {
  return grouped(padded(decimal, 0));
}

/** Moves the decimal point to the right (positive) or left (negative), exactly. */
export function movePoint(decimal: string, places: number): string {
  const negative = decimal.startsWith('-');
  const [whole = '0', fraction = ''] = (negative ? decimal.slice(1) : decimal).split('.');
  let digits = whole + fraction;
  let point = whole.length + places;
  if (point <= 0) {
    digits = '0'.repeat(1 - point) + digits;
    point = 1;
  }
  digits = digits.padEnd(point, '0');
  const left = digits.slice(0, point).replace(/^0+(?=\d)/, '');
  const right = digits.slice(point).replace(/0+$/, '');
  const text = right === '' ? left : `${left}.${right}`;
  return negative && /[1-9]/.test(text) ? `-${text}` : text;
}

const FULL_WIDTH = /[\uFF01-\uFF5E]/g;

function halfWidth(typed: string): string {
  return typed
    .replace(FULL_WIDTH, (mark) => String.fromCharCode(mark.charCodeAt(0) - 0xfee0))
    .replace(/[\u3000\u00a0]/g, ' ')
    .replace(/[\u2212\u2013]/g, '-')
    .trim();
}

/** Reads what a person typed as a number: `ＨＫ＄１，８５０` → `1850`. Null when it is none. */
export function readNumber(typed: string): string | null {
  const text = halfWidth(typed)
    .replace(/^(-?)\s*(?:HKD|HK\$|\$|港幣|港元)\s*/i, '$1')
    .replace(/\s*(?:元|HKD)$/i, '')
    .replace(/[,\s]/g, '');
  if (!/^-?(\d+(\.\d*)?|\.\d+)$/.test(text)) return null;
  return movePoint(text.replace(/^(-?)\./, '$10.').replace(/\.$/, ''), 0);
}

/** Reads an amount and keeps two decimals when it has two or fewer: `1,850` → `1850.00`. */
export function readMoney(typed: string): string | null {
  const number = readNumber(typed);
  return number === null ? null : padded(number, 2);
}

/** Reads a percentage field: `15`, `15%`, `１５％` all → `0.15`. */
export function readPercent(typed: string): string | null {
  const number = readNumber(halfWidth(typed).replace(/%$/, ''));
  return number === null ? null : movePoint(number, -2);
}

const MONTHS = [
  'January', 'February', 'March', 'April', 'May', 'June',
  'July', 'August', 'September', 'October', 'November', 'December',
];

/** `2026-11-21` → `21 November 2026` or `2026年11月21日`. */
export function date(day: string, language: Language): string {
  const [year, month, dayOfMonth] = day.slice(0, 10).split('-').map(Number);
  if (!year || !month || !dayOfMonth) return day;
  return language === 'zh'
    ? `${year}年${month}月${dayOfMonth}日`
    : `${dayOfMonth} ${MONTHS[month - 1]} ${year}`;
}

/** The Hong Kong calendar day and clock time of an instant (UTC+8 all year since 1979). */
function hongKong(instant: string | number): { day: string; clock: string; weekday: number } | null {
  const milliseconds = typeof instant === 'number' ? instant : Date.parse(instant);
  if (Number.isNaN(milliseconds)) return null;
  const shifted = new Date(milliseconds + 8 * 3_600_000);
  const text = shifted.toISOString();
  return { day: text.slice(0, 10), clock: text.slice(11, 16), weekday: shifted.getUTCDay() };
}

/** `14:02`, Hong Kong time. */
export function clock(instant: string | number): string {
  return hongKong(instant)?.clock ?? '';
}

/** `11 December 2026, 18:00 HKT` or `2026年12月11日 18:00（香港時間）`. */
export function dateTime(instant: string | number, language: Language): string {
  const local = hongKong(instant);
  if (local === null) return String(instant);
  return language === 'zh'
    ? `${date(local.day, 'zh')} ${local.clock}（香港時間）`
    : `${date(local.day, 'en')}, ${local.clock} HKT`;
}

/** Time left as whole units, two at most: `20 d 3 h`, `59 min`, `45 s`; null when over. */
export function timeLeft(milliseconds: number, language: Language): string | null {
  if (milliseconds <= 0) return null;
  const seconds = Math.floor(milliseconds / 1000);
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor((seconds % 86_400) / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const units = language === 'zh' ? [' 日', ' 小時', ' 分鐘', ' 秒'] : [' d', ' h', ' min', ' s'];
  if (days > 0) return `${days}${units[0]} ${hours}${units[1]}`;
  if (hours > 0) return `${hours}${units[1]} ${minutes}${units[2]}`;
  if (minutes > 0) return `${minutes}${units[2]}`;
  return `${seconds}${units[3]}`;
}

/** The financial year (April to March) of a day: `2026-11-21` → `2026-27`. */
export function financialYear(day: string): string {
  const year = Number(day.slice(0, 4));
  const start = Number(day.slice(5, 7)) >= 4 ? year : year - 1;
  return `${start}-${String((start + 1) % 100).padStart(2, '0')}`;
}

/** All financial years touched between two days, in order; at most ten. */
export function financialYears(from: string, to: string): string[] {
  const first = Number(financialYear(from).slice(0, 4));
  const last = Math.min(Number(financialYear(to).slice(0, 4)), first + 9);
  const years: string[] = [];
  for (let year = first; year <= last; year += 1) {
    years.push(`${year}-${String((year + 1) % 100).padStart(2, '0')}`);
  }
  return years;
}

/** Characters as the server counts them: code points, with line ends as one. */
export function characterCount(text: string): number {
  return [...text.replace(/\r\n/g, '\n')].length;
}
