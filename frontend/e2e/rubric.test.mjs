// Why: a funder changes what it scores on without code, in a real browser against the whole product: a
// weight and the text of a level, held to a hundred points, weights by pairs, a limit for a district, published;
// and a reviewer who reads it.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { findings, wrongWith } from './axe.mjs';
import { heading, inBrowser, openWorld, seedFile, settled, signIn } from './harness.mjs';
import { LANGUAGES, wordsOf } from './words.mjs';

const ROUND = 'DF-IT-2026-2';
/** A received application of the open round that the reviewer has not scored. */
const RECEIVED = 'DF-26-058';
const SAID = { en: 'Problem named with its causes, no figures.', zh: '指出問題及其成因，但沒有數字。' };
const WHY = '計入第二輪經驗，並提高需要的比重。';

/** As the reference lists have it. */
const LIMITED = (await seedFile('reference.json')).districts.find((each) => each.code === 'kwun_tong');

let world;
let round;
let rubric;
let words;
before(async () => {
  world = await openWorld();
  round = (await seedFile('demo/rounds.json')).rounds.find((each) => each.code === ROUND);
  ({ rubric } = await seedFile('programmes/dedicated-fund-it.json'));
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

const tab = (page, name) => page.getByRole('navigation', { name: words('rules:tabs') }).getByRole('link', { name: new RegExp(`^${words(`rules:tab.${name}`)}`) });
const inChinese = (what) => words('rules:inChinese', { what });
const inEnglish = (what) => words('rules:inEnglish', { what });
const dimension = (page, id) => page.getByRole('region', { name: new RegExp(`^${id} `) });
const weight = (page, at) => page.getByLabel(words('rubric:weightOf', { name: `${rubric.dimensions[at].id} ${rubric.dimensions[at].zh}` }), { exact: true });

async function startDraft(page, version) {
  await page.getByRole('link', { name: words('common:nav.rules'), exact: true }).click();
  await heading(page).filter({ hasText: words('rules:title') }).waitFor();
  await page.getByRole('main').getByRole('heading', { level: 2 }).getByRole('link').first().click();
  await page.getByRole('button', { name: words('rules:draft.start', { version }), exact: true }).click();
  await page.waitForURL(/\/rules\/drafts\//);
  return new URL(page.url()).pathname;
}

async function openRubric(page) {
  await tab(page, 'rubric').click();
  await page.getByText(words('rubric:points.whole')).waitFor();
}

/** Five points too few are said at once by the page and then by the server, with a way to them. */
async function changeWeights(page) {
  await weight(page, 1).fill('15');
  await page.getByText(words('rubric:points.left', { sum: 95, left: 5 })).waitFor();
  await page.getByRole('button', { name: words('rules:problemCount_one', { count: 1 }) }).click();
  await page.getByRole('main').getByRole('link', { name: new RegExp(words('problems:weights_not_hundred', { sum: 95 })) }).click();
  await page.waitForFunction(() => document.activeElement?.id === 'field-rubric.dimensions');
  await weight(page, 0).fill('20');
  await page.getByText(words('rubric:points.whole')).waitFor();
  await page.getByText(words('rules:noProblems')).waitFor();
}

/** The scale goes from nine times the first over equal to nine times the second. */
const STEP = { first: 0, equal: 8, second: 16 };

/** Answers that go round in a circle are doubted; answers that fit become weights when they are taken over. */
async function weighByPairs(page) {
  const agreed = await weights(page);
  await page.getByText(words('rubric:pairs.title'), { exact: true }).click();
  const pairs = page.locator('.pl-pair');
  const answer = (pair, step) => pairs.nth(pair).getByRole('radio').nth(STEP[step]).check();
  const names = rubric.dimensions.map((each) => `${each.id} ${each.zh}`);
  const pairOf = (one, other) => names.slice(0, one).reduce((all, _, at) => all + names.length - 1 - at, 0) + other - one - 1;
  for (let pair = 0; pair < (await pairs.count()); pair += 1) await answer(pair, 'equal');
  await answer(pairOf(0, 1), 'first');
  await answer(pairOf(1, 2), 'first');
  await answer(pairOf(0, 2), 'second');
  await page.getByText(words('common:pairs.inconsistent')).waitFor();
  const [most, next] = names;
  await page.getByRole('button', { name: new RegExp(`^(${most} ↔ ${next}|${next} ↔ ${most})$`) }).click();
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('type')), 'radio');
  for (const [one, other] of [[0, 1], [1, 2], [0, 2]]) await answer(pairOf(one, other), 'equal');
  await page.getByText(words('common:pairs.consistent')).waitFor();
  assert.deepEqual(await findings(page), []);
  assert.deepEqual(await weights(page), agreed, 'nothing is taken over unasked');
  await page.getByRole('button', { name: words('common:pairs.apply'), exact: true }).click();
  await page.getByText(words('rubric:pairs.taken')).waitFor();
  assert.deepEqual(await weights(page), ['13', '13', '13', '13', '12', '12', '12', '12']);
  await page.getByRole('button', { name: words('rules:undo'), exact: true }).click();
  await page.getByText(words('rubric:pairs.taken')).waitFor({ state: 'detached' });
  assert.deepEqual(await weights(page), agreed);
}

const weights = (page) => Promise.all(rubric.dimensions.map((_, at) => weight(page, at).inputValue()));

async function changeLevel(page) {
  await dimension(page, 'R1').getByText(words('rubric:texts')).click();
  const level = words('rubric:level', { level: 2 });
  await dimension(page, 'R1').getByLabel(inChinese(level), { exact: true }).fill('');
  await page.getByRole('button', { name: words('rules:problemCount_one', { count: 1 }) }).waitFor();
  await dimension(page, 'R1').getByText(words('problems:missing_language')).waitFor();
  await dimension(page, 'R1').getByLabel(inChinese(level), { exact: true }).fill(SAID.zh);
  await dimension(page, 'R1').getByLabel(inEnglish(level), { exact: true }).fill(SAID.en);
  await saved(page);
  await page.getByText(words('rules:noProblems')).waitFor();
  assert.deepEqual(await findings(page), []);
}

async function changeRanking(page) {
  await tab(page, 'ranking').click();
  await page.getByRole('radio', { name: words('rubric:word.adjusted') }).check();
  const key = page.getByLabel(words('rubric:ties.key', { position: 1 }), { exact: true });
  assert.equal(await key.inputValue(), 'R2');
  const share = page.getByLabel(words('rubric:setting.small_share'), { exact: true });
  await share.fill('120%');
  await page.getByRole('button', { name: words('rules:problemCount_one', { count: 1 }) }).waitFor();
  await share.fill('25%');
  await saved(page);
  await page.getByText(words('rules:noProblems')).waitFor();
}

/** What a new row lacks is said at the row and named in the summary. */
async function addLimit(page) {
  await page.getByRole('button', { name: words('rubric:rules.at_most.add'), exact: true }).click();
  const row = page.getByRole('group', { name: words('rubric:rules.at_most.row', { number: 1 }), exact: true });
  const by = row.getByLabel(words('rubric:rules.dimension.label'), { exact: true });
  await by.waitFor();
  await page.waitForFunction(() => document.activeElement?.id.endsWith('at_most[0].dimension'));
  await row.getByText(words('problems:blank')).waitFor();
  await row.getByLabel(words('rubric:rules.code'), { exact: true }).selectOption({ label: LIMITED.zh });
  await row.getByLabel(words('rubric:rules.measure.label'), { exact: true }).selectOption('spend');
  const value = row.getByLabel(words('rubric:rules.at_most.value'), { exact: true });
  await value.fill('-1');
  await page.getByRole('button', { name: words('rules:problemCount_one', { count: 1 }) }).click();
  const place = `${words('rules:settingName.constraints')} · ${words('rules:settingName.at_most')} 1`;
  await page.getByRole('main').getByRole('link', { name: new RegExp(`${place}.*${words('problems:negative')}`) }).click();
  await page.waitForFunction(() => document.activeElement?.id.endsWith('at_most[0].value'));
  await value.fill('９００，０００');
  await by.focus();
  assert.equal(await value.inputValue(), 'HK$900,000.00');
  await saved(page);
  await page.getByText(words('rules:noProblems')).waitFor();
  assert.deepEqual(await findings(page), []);
}

async function compareAndPublish(page) {
  await tab(page, 'changes').click();
  const first = page.getByRole('table', { name: `${words('rules:part.rubric')} R1` });
  await first.getByText(SAID.zh).waitFor();
  await first.getByText(SAID.en).waitFor();
  await page.getByRole('heading', { name: new RegExp(words('rules:settingName.severity')) }).waitFor();
  await page.getByText(words('rulewords:say.limit_spend', { name: LIMITED.zh, value: 'HK$900,000.00' })).waitFor();
  await tab(page, 'publish').click();
  await page.getByLabel(words('rules:publish.note'), { exact: true }).fill(WHY);
  await page.getByRole('button', { name: words('rules:publish.act'), exact: true }).click();
  const dialog = page.getByRole('dialog', { name: words('rules:publish.title') });
  await dialog.getByRole('button', { name: words('rules:publish.act'), exact: true }).click();
  await page.getByRole('heading', { name: words('rules:version', { version: 2 }), exact: true }).waitFor();
}

async function putRoundUnder(page) {
  const row = page.getByRole('listitem', { name: round.name.zh, exact: true });
  await row.getByRole('button', { name: new RegExp(words('rules:apply.open')) }).click();
  const dialog = page.getByRole('dialog', { name: words('rules:apply.title', { round: round.name.zh }) });
  await dialog.getByLabel(words('rules:apply.version'), { exact: true }).selectOption('2');
  await dialog.getByLabel(words('rules:apply.reason')).fill(WHY);
  await dialog.getByRole('button', { name: words('rules:apply.act'), exact: true }).click();
  await page.waitForURL(/\/rules\/rescreenings\//);
}

describe('the rubric of a funder', () => {
  const pages = {};

  it('a chair changes a weight and a level, mends what does not add up, and publishes', () =>
    as('chair@funder.example', 'rubric-chair', async (page) => {
      await startDraft(page, 1);
      await openRubric(page);
      await changeWeights(page);
      await weighByPairs(page);
      await changeLevel(page);
      await changeRanking(page);
      await addLimit(page);
      await compareAndPublish(page);
      await putRoundUnder(page);
    }));

  it('a reviewer reads in Chinese what each level means and scores by it', () =>
    as('reviewer1@funder.example', 'rubric-reviewer', async (page) => {
      const queue = page.getByRole('region', { name: round.name.zh });
      await queue.getByRole('link', { name: new RegExp(RECEIVED) }).first().click();
      const sheet = page.getByRole('region', { name: words('funder:review.sheet') });
      const need = sheet.getByRole('radiogroup').first();
      await sheet.getByText(rubric.dimensions[0].look_for.zh).waitFor();
      await need.getByText(rubric.dimensions[0].levels[4].zh).waitFor();
      // The text of the level belongs to its choice, and a level goes by its number.
      await need.getByText(SAID.zh).click();
      assert.ok(await need.getByLabel('2', { exact: true }).isChecked());
      pages.sheet = new URL(page.url()).pathname;
    }));

  for (const language of LANGUAGES) {
    it(`the rubric and the ranking settings are accessible and fit, in ${language}`, () =>
      as('chair@funder.example', `rubric-access-${language}`, async (page) => {
        const own = await wordsOf(language);
        pages.draft ??= await startDraft(page, 2);
        await page.evaluate((chosen) => localStorage.setItem('plumbline.language', chosen), language);
        const wrong = [];
        for (const name of ['rubric', 'ranking']) wrong.push(...(await wrongWith(page, own, language, `${pages.draft}?tab=${name}`)));
        await page.goto(`${pages.draft}?tab=rubric`);
        await settled(page, own);
        for (const each of await page.locator('details > summary').all()) await each.click();
        wrong.push(...(await findings(page)));
        assert.deepEqual(wrong, []);
      }));

    it(`the scoring sheet is accessible and fits, in ${language}`, () =>
      as('reviewer1@funder.example', `rubric-sheet-${language}`, async (page) => {
        await page.evaluate((chosen) => localStorage.setItem('plumbline.language', chosen), language);
        assert.deepEqual(await wrongWith(page, await wordsOf(language), language, pages.sheet), []);
        const text = rubric.dimensions[2].levels[3][language];
        await page.getByRole('radiogroup').nth(1).getByText(text).waitFor();
      }));
  }
});
