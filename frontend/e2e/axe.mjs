// Why: what every new page is held to: no finding of axe, no sideways scrolling, the right language mark.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { settled } from './harness.mjs';

const WIDTHS = [1280, 390];
const MARKS = { en: 'en', zh: 'zh-HK' };
const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds on the page as it stands. */
export async function findings(page) {
  await page.evaluate(source);
  const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ['violations'] }));
  return violations.map(({ id, help, nodes }) => `${id} (${help}): ${nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' · ')}`);
}

/** Everything that is wrong with the page, on a desk and on a phone. */
export async function wrongWith(page, words, language, path) {
  const wrong = [];
  await page.goto(path);
  await settled(page, words);
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    await page.waitForLoadState('networkidle');
    for (const finding of await findings(page)) wrong.push(`${path} at ${width} px: ${finding}`);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (over > 0) wrong.push(`${path} at ${width} px: ${over} px wider than the screen`);
  }
  const mark = await page.locator('html').getAttribute('lang');
  if (mark !== MARKS[language]) wrong.push(`${path}: html lang is ${mark}`);
  return wrong;
}
