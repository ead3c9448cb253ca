// Why: every page, in both languages, on a desk and on a phone, for everybody: no finding of axe, no
// sideways scrolling, the right language mark, and the keyboard alone is enough.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';
import { inBrowser, openWorld, seedFile, settled, signIn } from './harness.mjs';
import { LANGUAGES, wordsOf } from './words.mjs';

const WIDTHS = [1280, 390];
const MARKS = { en: 'en', zh: 'zh-HK' };
const SECTIONS = ['organisation', 'project', 'budget', 'procurement', 'cost_sharing', 'value_map', 'declarations'];
const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Who visits which pages; ids come from the demonstration data. */
async function visits() {
  const { rounds } = await seedFile('demo/rounds.json');
  const roundOf = (code) => rounds.find((each) => each.code === code);
  const closed = roundOf('DF-IT-2026-1');
  const open = roundOf('DF-IT-2026-2');
  const funder = `/f/${closed.owner_tenant_id}`;
  const draft = await seedFile('demo/applications/DF-26-060.json');
  const sent = await seedFile('demo/applications/DF-26-002.json');
  const ngo = `/o/${draft.tenant_id}`;
  const { tenants } = await seedFile('demo/world.json');
  const council = tenants.find(({ kind }) => kind === 'COUNCIL').id;
  const submissionLink = (reference) => ({ round: closed.id, reference });
  return [
    { who: 'visitor', email: null, pages: ['/', '/method', '/privacy', '/register', '/no-such-page', `${ngo}/`] },
    {
      who: 'NGO',
      email: 'endorser@green-slope.example',
      pages: [
        ngo,
        `${ngo}/rounds/${open.id}`,
        `${ngo}/rounds/${closed.id}`,
        `${ngo}/applications/${draft.id}`,
        ...SECTIONS.map((section) => `${ngo}/applications/${draft.id}/${section}`),
        `${ngo}/applications/${draft.id}/eligibility`,
        `${ngo}/applications/${draft.id}/schedules`,
        `${ngo}/applications/${draft.id}/files`,
        `${ngo}/applications/${draft.id}/check`,
        `${ngo}/applications/${sent.id}/submitted`,
        `${ngo}/applications/${sent.id}/project`,
      ],
    },
    {
      who: 'officer',
      email: 'officer@funder.example',
      pages: [
        funder,
        `${funder}/rounds/${open.id}/inbox`,
        `${funder}/rounds/${closed.id}/inbox?state=NOT_ELIGIBLE`,
        `${funder}/rounds/${closed.id}/shortlist`,
        `${funder}/rounds/${open.id}/shortlist`,
      ],
      received: submissionLink('DF-26-006'),
      parts: ['', '?part=eligibility', '?part=sroi', '?part=costs', '?part=reviews', '?part=decisions'],
    },
    { who: 'reviewer', email: 'reviewer1@funder.example', pages: [funder], received: submissionLink('DF-26-001'), parts: ['/review'] },
    { who: 'chair', email: 'chair@funder.example', pages: [funder], received: submissionLink('DF-26-001'), parts: ['?part=decisions'] },
    {
      who: 'council',
      email: 'analyst@council.example',
      pages: [`/s/${council}`, `/s/${council}?by=SERVICE_AREA`, `/s/${council}?by=SIZE_BAND`],
    },
    { who: 'operator', email: 'operator@plumbline.example', pages: ['/operator', '/operator/registrations'] },
  ].map((visit) => ({ parts: [], ...visit, funder }));
}

/** The address of an application as received: its id is new with each database. */
async function receivedPages(page, words, { funder, received, parts }) {
  if (!received) return [];
  await page.goto(`${funder}/rounds/${received.round}/inbox?q=${received.reference}`);
  const href = await page.getByRole('link', { name: received.reference, exact: true }).getAttribute('href');
  return parts.map((part) => `${href}${part}`);
}

async function findings(page) {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ['violations'] }));
  return violations.map(({ id, help, nodes }) => `${id} (${help}): ${nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' · ')}`);
}

/** How far the page itself can be moved sideways; tables have boxes of their own for that. */
function overhang(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

async function speak(page, language) {
  await page.goto('/');
  await page.evaluate((chosen) => localStorage.setItem('plumbline.language', chosen), language);
}

/** Tabs through the page until a control is reached; fails when the focus comes round first. */
async function tabTo(page, control, most = 60) {
  for (let press = 0; press < most; press += 1) {
    await page.keyboard.press('Tab');
    if (await control.evaluate((one) => one === document.activeElement)) return;
  }
  assert.fail(`the keyboard does not reach ${control}`);
}

let world;
before(async () => {
  world = await openWorld();
});
after(() => world?.close());

for (const visit of await visits()) {
  describe(`pages for ${visit.who}`, () => {
    for (const language of LANGUAGES) {
      it(`are accessible and fit, in ${language}`, () =>
        inBrowser(world, `access-${visit.who}-${language}`, {}, async (page) => {
          const words = await wordsOf(language);
          await speak(page, language);
          if (visit.email) await signIn(page, world, words, visit.email);
          const wrong = [];
          for (const path of [...visit.pages, ...(await receivedPages(page, words, visit))]) {
            await page.goto(path);
            await settled(page, words);
            for (const width of WIDTHS) {
              await page.setViewportSize({ width, height: 900 });
              const at = `${path} at ${width} px`;
              for (const finding of await findings(page)) wrong.push(`${at}: ${finding}`);
              const over = await overhang(page);
              if (over > 0) wrong.push(`${at}: ${over} px wider than the screen`);
            }
            const mark = await page.locator('html').getAttribute('lang');
            if (mark !== MARKS[language]) wrong.push(`${path}: html lang is ${mark}`);
          }
          assert.deepEqual(wrong, []);
        }));
    }
  });
}

it('what is wrong would be found', () =>
  inBrowser(world, 'access-probe', {}, async (page) => {
    const words = await wordsOf('en');
    await page.goto('/method');
    await settled(page, words);
    await page.evaluate(() => {
      document.querySelector('main').insertAdjacentHTML('beforeend', '<img src="/icon.svg" width="3000">');
    });
    const found = await findings(page);
    assert.ok(found.some((finding) => finding.startsWith('image-alt')), found.join('\n'));
    assert.ok((await overhang(page)) > 0);
  }));

describe('the keyboard alone', () => {
  it('skips to the content, signs in and changes the language', () =>
    inBrowser(world, 'keyboard-sign-in', {}, async (page) => {
      const words = await wordsOf('en');
      const chinese = await wordsOf('zh');
      await page.goto('/');
      await settled(page, words);
      await page.keyboard.press('Tab');
      const skip = page.getByRole('link', { name: words('common:skipToContent') });
      assert.ok(await skip.evaluate((link) => link === document.activeElement), 'the skip link comes first');
      assert.ok((await skip.boundingBox()).x >= 0, 'the skip link shows while it has the focus');
      await page.keyboard.press('Enter');
      assert.ok(await page.locator('main').evaluate((main) => main === document.activeElement), 'it leads to the content');

      await tabTo(page, page.getByLabel(words('common:session.email')));
      await page.keyboard.type('endorser@kestrel.example');
      await page.keyboard.press('Tab');
      await page.keyboard.type(world.password);
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/o\//);
      await settled(page, words);

      await tabTo(page, page.getByRole('button', { name: words('common:otherLanguage') }));
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: chinese('applicant:home.applications') }).waitFor();
      assert.equal(await page.locator('html').getAttribute('lang'), 'zh-HK');
      assert.equal(new URL(page.url()).pathname.split('/')[1], 'o');
    }));

  it('edits the value map, opens a working and closes it', () =>
    inBrowser(world, 'keyboard-value-map', {}, async (page) => {
      const words = await wordsOf('en');
      const draft = await seedFile('demo/applications/DF-26-060.json');
      await signIn(page, world, words, 'endorser@green-slope.example');
      await page.goto(`/o/${draft.tenant_id}/applications/${draft.id}/value_map`);
      await settled(page, words);
      const first = page.getByRole('gridcell').first().locator('input');
      await tabTo(page, first);
      await page.keyboard.press('F2');
      await page.keyboard.press('End');
      await page.keyboard.type(' and families');
      await page.keyboard.press('Enter');
      await page.getByRole('gridcell', { name: /and families$/ }).waitFor();
      await page.keyboard.press('Control+End');
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('Enter');
      const drawer = page.getByRole('dialog', { name: words('common:working.title') });
      await drawer.waitFor();
      assert.deepEqual(await findings(page), []);
      await page.keyboard.press('Escape');
      await drawer.waitFor({ state: 'hidden' });
      await page.getByRole('status').filter({ hasText: words('applicant:save.saved', { time: '' }).trim() }).waitFor();
    }));

  it('reaches the main action of an application', () =>
    inBrowser(world, 'keyboard-actions', {}, async (page) => {
      const words = await wordsOf('en');
      const draft = await seedFile('demo/applications/DF-26-060.json');
      await signIn(page, world, words, 'endorser@green-slope.example');
      await page.goto(`/o/${draft.tenant_id}/applications/${draft.id}/check`);
      await settled(page, words);
      await tabTo(page, page.getByRole('button', { name: words('applicant:check.submit') }), 120);
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog', { name: words('applicant:check.confirmTitle') });
      await dialog.getByRole('button', { name: words('common:actions.cancel') }).waitFor();
      assert.deepEqual(await findings(page), []);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
    }));
});
