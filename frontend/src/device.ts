// Why: browsers introduce themselves at length; whoever looks for a stranger among their sessions needs two words.

const BROWSERS: readonly [RegExp, string][] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\b(?:OPR|Opera)\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|HeadlessChrome|CriOS|Chromium)\//, 'Chrome'],
  [/\bVersion\/.*\bSafari\//, 'Safari'],
];

const SYSTEMS: readonly [RegExp, string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];

function first(known: readonly [RegExp, string][], text: string): string | undefined {
  return known.find(([sign]) => sign.test(text))?.[1];
}

/** Browser and system of what a browser says of itself; null where one of them is not known. */
export function deviceOf(text: string): { browser: string; system: string } | null {
  const [browser, system] = [first(BROWSERS, text), first(SYSTEMS, text)];
  return browser === undefined || system === undefined ? null : { browser, system };
}
