// Why: a funder changes its rules without code, in a real browser against the whole product: a criterion
// by forms, tried on what was received, published, a round screened again, and an applicant who reads it.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { findings, wrongWith } from './axe.mjs';
import { heading, inBrowser, naming, openWorld, seedFile, settled, signIn } from './harness.mjs';
import { LANGUAGES, wordsOf } from './words.mjs';

const ROUND = 'DF-IT-2026-2';
/** A received application of the round that starts before the day, and a draft that does. */
const EARLY = 'DF-26-058';
const DRAFT = 'DF-26-060';
const DAY = '2027-07-01';
const SAID = {
  question: { en: 'Does the project start on or after 1 July 2027?', zh: '項目是否於2027年7月1日或之後開始？' },
  reason: { en: 'The project starts on {value}, before {threshold}.', zh: '項目於{value}開始，早於{threshold}。' },
  fix: { en: 'Move the start to {threshold} or later.', zh: '請將開始日期改為{threshold}或之後。' },
};
const WHY = '資助期由2027年7月起計算。';

let world;
let round;
let words;
let programme;
before(async () => {
  world = await openWorld();
  round = (await seedFile('demo/rounds.json')).rounds.find((each) => each.code === ROUND);
  words = await wordsOf('zh');
});
after(() => world?.close());

const as = (email, name, act) =>
  inBrowser(world, name, { locale: 'zh-HK' }, async (page) => {
    await signIn(page, world, words, email);
    await act(page);
  });

async function saved(page) {
  const [start, end] = words('applicant:save.saved', { time: '|' }).split('|');
  await page.getByRole('status').filter({ hasText: new RegExp(`${start}.*${end}`) }).first().waitFor();
}

async function openProgramme(page) {
  await page.getByRole('link', { name: words('common:nav.rules'), exact: true }).click();
  await heading(page).filter({ hasText: words('rules:title') }).waitFor();
  await page.getByRole('main').getByRole('heading', { level: 2 }).getByRole('link').first().click();
  await page.getByRole('heading', { name: words('rules:versions') }).waitFor();
}

const both = (key, language) => words(language === 'en' ? 'rules:inEnglish' : 'rules:inChinese', { what: key });
const tab = (page, name) => page.getByRole('navigation', { name: words('rules:tabs') }).getByRole('link', { name: new RegExp(`^${words(`rules:tab.${name}`)}`) });

async function writeCriterion(page) {
  await page.getByLabel(words('rules:criteria.template')).selectOption('date_not_before');
  await page.getByRole('button', { name: words('rules:criteria.add'), exact: true }).click();
  const form = page.getByRole('listitem').filter({ has: page.getByLabel(words('rules:criterion.id')) });
  assert.equal(await form.getByLabel(words('rules:criterion.id')).inputValue(), 'DF-E30');
  assert.ok(await form.getByLabel(words('rules:severity.hard'), { exact: true }).isChecked());
  for (const language of LANGUAGES) {
    await form.getByLabel(both(words('rules:criterion.question'), language)).fill(SAID.question[language]);
    for (const part of ['reason', 'fix']) {
      const label = both(`${words(`rules:texts.${part}`)} · ${words('rules:outcome.fail')}`, language);
      await form.getByLabel(label, { exact: true }).fill(SAID[part][language]);
    }
  }
  await form.getByLabel(`${words('rulewords:build.fixed')} (${words('rulewords:operand.right')})`).fill(DAY);
  await form.getByText(`開始日期不早於2027年7月1日`).waitFor();
  await saved(page);
  await page.getByText(words('rules:noProblems')).waitFor();
}

async function tryOnRound(page) {
  await tab(page, 'test').click();
  await page.getByLabel(words('rules:test.round')).selectOption(round.id);
  await page.getByRole('button', { name: words('rules:test.run') }).click();
  const rows = page.getByRole('table', { name: words('rules:trial.rows') });
  const early = rows.getByRole('row').filter({ hasText: EARLY });
  await early.getByText('DF-E30').waitFor();
  await early.getByText(/項目於.*開始，早於2027年7月1日。/).waitFor();
  assert.match(await page.locator('.fr-headline').innerText(), /\d+ 宗中有 \d+ 宗改變/);
  assert.deepEqual(await findings(page), []);
}

async function compareAndPublish(page) {
  await tab(page, 'changes').click();
  const added = page.getByRole('table', { name: `${words('rules:part.criteria')} DF-E30` });
  await added.getByText(SAID.question.zh).waitFor();
  await added.getByText('開始日期不早於2027年7月1日').waitFor();
  await tab(page, 'publish').click();
  const publish = page.getByRole('button', { name: words('rules:publish.act'), exact: true });
  await publish.click();
  await page.getByRole('alert').getByRole('link', { name: new RegExp(words('rules:publish.note')) }).waitFor();
  await page.getByLabel(words('rules:publish.note'), { exact: true }).fill(WHY);
  await publish.click();
  const dialog = page.getByRole('dialog', { name: words('rules:publish.title') });
  await dialog.getByRole('button', { name: words('rules:publish.act'), exact: true }).click();
  await page.getByRole('heading', { name: words('rules:version', { version: 2 }), exact: true }).waitFor();
}

async function screenAgain(page) {
  const row = page.getByRole('listitem', { name: round.name.zh, exact: true });
  await row.getByRole('button', { name: naming(words('rules:apply.open'), round.name.zh) }).click();
  const dialog = page.getByRole('dialog', { name: words('rules:apply.title', { round: round.name.zh }) });
  await dialog.getByRole('button', { name: words('rules:apply.act'), exact: true }).click();
  await dialog.getByRole('alert').getByRole('link').waitFor();
  assert.deepEqual(await findings(page), []);
  await dialog.getByLabel(words('rules:apply.version'), { exact: true }).selectOption('2');
  await dialog.getByLabel(words('rules:apply.reason')).fill(WHY);
  await dialog.getByRole('button', { name: words('rules:apply.act'), exact: true }).click();
  await page.waitForURL(/\/rules\/rescreenings\//);
  await page.getByRole('main').getByText(WHY).waitFor();
  const rows = page.getByRole('table', { name: words('rules:trial.rows') });
  const early = rows.getByRole('row').filter({ hasText: EARLY });
  await early.getByText(/項目於.*開始，早於2027年7月1日。/).waitFor();
  await page.getByText(words('common:actions.showAsTable')).click();
  await page.getByRole('table', { name: words('rules:trial.counts') }).getByRole('row').nth(1).waitFor();
  return new URL(page.url()).pathname;
}

describe('the rules of a funder', () => {
  const pages = {};

  it('a chair adds a criterion by forms, tries it, publishes it and screens a round again', () =>
    as('chair@funder.example', 'rules-chair', async (page) => {
      await openProgramme(page);
      programme = new URL(page.url()).pathname;
      await page.getByRole('button', { name: words('rules:draft.start', { version: 1 }), exact: true }).click();
      await page.waitForURL(/\/rules\/drafts\//);
      await heading(page).filter({ hasText: words('rules:draft.title', { version: 1 }) }).waitFor();
      await writeCriterion(page);
      await tryOnRound(page);
      await compareAndPublish(page);
      pages.rescreening = await screenAgain(page);
    }));

  it('an applicant with a draft in the round reads the new reason and how to put it right', () =>
    as('editor@green-slope.example', 'rules-applicant', async (page) => {
      const draft = await seedFile(`demo/applications/${DRAFT}.json`);
      await page.goto(`/o/${draft.tenant_id}/applications/${draft.id}/eligibility`);
      await settled(page, words);
      const line = page.getByRole('listitem').filter({ hasText: SAID.question.zh });
      await line.getByText(words('common:criterion.FAIL')).waitFor();
      await line.getByText('項目於2027年6月1日開始，早於2027年7月1日。').waitFor();
      await line.getByText('請將開始日期改為2027年7月1日或之後。').waitFor();
    }));

  it('an officer drafts, sees what is wrong where it is wrong, takes it out and brings it back', () =>
    as('officer@funder.example', 'rules-officer', async (page) => {
      await page.goto(programme);
      await page.getByRole('button', { name: words('rules:draft.start', { version: 2 }), exact: true }).click();
      await page.waitForURL(/\/rules\/drafts\//);
      pages.draft = new URL(page.url()).pathname;
      await breakAndMend(page);
      await tab(page, 'publish').click();
      await page.getByText(words('rules:publish.chairOnly')).waitFor();
      await takeOutAndBringBack(page);
      await page.goto(programme);
      await page.getByRole('button', { name: words('rules:compare.act'), exact: true }).click();
      await page.waitForURL(/\/compare\?/);
      pages.compare = new URL(page.url()).pathname + new URL(page.url()).search;
    }));

  /** A question left empty is a problem with a link that leads to it; undo brings the words back. */
  async function breakAndMend(page) {
    await page.getByRole('button', { name: /^DF-E30/ }).click();
    const question = page.getByLabel(both(words('rules:criterion.question'), 'zh'));
    await question.fill('');
    await saved(page);
    const count = page.getByRole('button', { name: words('rules:problemCount_one', { count: 1 }) });
    await count.click();
    await tab(page, 'words').click();
    await page.getByLabel(words('rules:words.filter')).waitFor();
    await page.getByRole('main').getByRole('link', { name: /criteria\[\d+\]\.question_zh/ }).click();
    await question.waitFor();
    await page.waitForFunction(() => document.activeElement?.id.endsWith('.question_zh'));
    await page.getByRole('button', { name: words('rules:undo'), exact: true }).click();
    await page.getByText(words('rules:noProblems')).waitFor();
    assert.equal(await question.inputValue(), SAID.question.zh);
  }

  async function takeOutAndBringBack(page) {
    const waiting = page.waitForEvent('download');
    await page.getByRole('button', { name: naming(words('rules:file.json'), words('rules:draft.word')) }).click();
    const download = await waiting;
    const file = JSON.parse(await readFile(await download.path(), 'utf8'));
    const text = JSON.stringify(file).replaceAll(SAID.question.zh, '項目是否於暑假開始？');
    assert.notEqual(text, JSON.stringify(file));
    await page.locator('input[type=file]').setInputFiles({ name: 'rules.json', mimeType: 'application/json', buffer: Buffer.from(text) });
    const dialog = page.getByRole('dialog', { name: words('rules:file.dialog') });
    await dialog.getByText('項目是否於暑假開始？').waitFor();
    assert.deepEqual(await findings(page), []);
    await dialog.getByRole('button', { name: words('rules:file.keep') }).click();
    await saved(page);
    await tab(page, 'criteria').click();
    await page.getByRole('button', { name: /DF-E30 · 項目是否於暑假開始/ }).waitFor();
  }

  for (const language of LANGUAGES) {
    it(`every page of the rules is accessible and fits, in ${language}`, () =>
      as('chair@funder.example', `rules-access-${language}`, async (page) => {
        const own = await wordsOf(language);
        await page.evaluate((chosen) => localStorage.setItem('plumbline.language', chosen), language);
        const tabs = ['tables', 'parameters', 'form', 'words', 'test', 'changes', 'publish'].map((name) => `${pages.draft}?tab=${name}`);
        const all = [
          programme.replace(/\/[^/]+$/, ''), programme, pages.compare, pages.rescreening, pages.draft,
          `${pages.draft}?at=5`, `${pages.draft}?at=11`, ...tabs,
        ];
        const wrong = [];
        for (const path of all) wrong.push(...(await wrongWith(page, own, language, path)));
        assert.deepEqual(wrong, []);
      }));
  }
});
