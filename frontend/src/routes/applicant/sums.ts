// Why: running totals while somebody types, added exactly as whole numbers of the smallest part.
// They help to check one's typing; the ask, the cost and every result come from the server.
const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/** The exact sum of decimal strings; null as soon as one of them cannot be read. Unfilled is 0. */
export function sumDecimals(values: readonly unknown[]): string | null {
  let places = 0;
  const parts: { negative: boolean; whole: string; fraction: string }[] = [];
  for (const value of values) {
    if (value === undefined || value === null || value === '') continue;
    const match = DECIMAL.exec(String(value));
    if (!match) return null;
    const fraction = match[3] ?? '';
    places = Math.max(places, fraction.length);
    parts.push({ negative: match[1] === '-', whole: match[2] ?? '0', fraction });
  }
  let sum = 0n;
  for (const { negative, whole, fraction } of parts) {
    const units = BigInt(whole + fraction.padEnd(places, '0'));
    sum += negative ? -units : units;
  }
  const digits = (sum < 0n ? -sum : sum).toString().padStart(places + 1, '0');
  const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
  return sum < 0n ? `-${text}` : text;
}

/** Whether one amount is more than another, to the last digit. */
export function isMore(one: string, other: string): boolean {
  const taken = one.startsWith('-') ? one.slice(1) : `-${one}`;
  return (sumDecimals([other, taken]) ?? '0').startsWith('-');
}
