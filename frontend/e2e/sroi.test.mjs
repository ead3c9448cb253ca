// Why: what an SROI figure rests on, in a real browser against the whole product: the funder's assessed
// copy and its effect on the ranking, assurance, break-even, what-if, the proxy library, the method.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { wrongWith } from './axe.mjs';
import { heading, inBrowser, naming, openWorld, seedFile, settled, signIn } from './harness.mjs';
import { LANGUAGES, wordsOf } from './words.mjs';

const LOCALES = { en: 'en-HK', zh: 'zh-HK' };
/** One undecided application of the closed round for each language. */
const REFERENCES = { en: 'DF-26-001', zh: 'DF-26-002' };
/** Deducted so high that every ratio must fall, in percent. */
const DEADWEIGHT = '80';

let world;
let round;
let funder;
let council;
before(async () => {
  world = await openWorld();
  const { rounds } = await seedFile('demo/rounds.json');
  round = rounds.find(({ code }) => code === 'DF-IT-2026-1');
  funder = `/f/${round.owner_tenant_id}`;
  const { tenants } = await seedFile('demo/world.json');
  council = `/s/${tenants.find(({ kind }) => kind === 'COUNCIL').id}`;
});
after(() => world?.close());

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

for (const language of LANGUAGES) {
  describe(`behind an SROI figure (${language})`, () => {
    const reference = REFERENCES[language];
    let words;
    let outcome;
    before(async () => {
      words = await wordsOf(language);
      const file = await seedFile(`demo/applications/${reference}.json`);
      [outcome] = file.sections.value_map.outcomes;
    });
    const as = (email, name, act) =>
      inBrowser(world, `sroi-${name}-${language}`, { locale: LOCALES[language] }, async (page) => {
        await signIn(page, world, words, email);
        await act(page);
      });

    /** Opens a view of the application's evaluation; its id is new with each database. */
    async function openCopy(page, copy) {
      await page.goto(`${funder}/rounds/${round.id}/inbox?q=${reference}`);
      const href = await page.getByRole('link', { name: reference, exact: true }).getAttribute('href');
      await page.goto(`${href}?part=sroi${copy === 'claimed' ? '' : `&copy=${copy}`}`);
      await settled(page, words);
      return href;
    }
    const figureOf = async (side) => Number((await side.locator('.pl-ratio-figure').innerText()).split(':')[0]);

    it('an assessed copy changes the ratio, and the ranking reads it', () =>
      as('officer@funder.example', 'assess', async (page) => {
        await openCopy(page, 'assessed');
        const claimed = page.getByRole('region', { name: words('funder:assessed.copy.claimed'), exact: true });
        const claim = await figureOf(claimed);
        const name = `${words('funder:valueMap.column.deadweight')}[:：] ?${escaped(outcome.name)}`;
        await page.getByRole('button', { name: new RegExp(`^${name}[:：]`.replace(/[()]/g, '\\$&')) }).click();
        const dialog = page.getByRole('dialog');
        await dialog.getByLabel(words('funder:assessed.value'), { exact: true }).fill(DEADWEIGHT);
        await dialog.getByRole('button', { name: words('funder:assessed.keep') }).click();
        await dialog.getByText(words('problems:reason_missing')).waitFor();
        await dialog.getByLabel(words('funder:assessed.reason'), { exact: false }).fill('Attendance records of last year.');
        await dialog.getByRole('button', { name: words('funder:assessed.keep') }).click();
        await page.getByText(words('funder:assessed.unsaved'), { exact: true }).waitFor();
        await page.getByRole('button', { name: words('funder:assessed.save') }).click();
        await page.getByText(words('funder:assessed.saved'), { exact: true }).waitFor();
        const assessed = page.getByRole('region', { name: words('funder:assessed.copy.assessed'), exact: true });
        await assessed.locator('.pl-ratio-figure').waitFor();
        const found = await figureOf(assessed);
        assert.ok(found < claim, `${found} is not below ${claim}`);
        await page.getByText(words('funder:assessed.readsAssessed')).waitFor();

        await openCopy(page, 'difference');
        const table = page.getByRole('figure', { name: words('sroi:difference.total') });
        await table.getByText(words('common:actions.showAsTable')).click();
        await table.getByRole('row').filter({ hasText: outcome.name }).getByText(`${DEADWEIGHT}%`).waitFor();
        await table.getByText('Attendance records of last year.').waitFor();

        await page.goto(`${funder}/rounds/${round.id}/shortlist`);
        await settled(page, words);
        const row = page.getByRole('row').filter({ hasText: reference }).first();
        await row.getByText(words('funder:shortlist.assessed'), { exact: true }).waitFor();
        await page.getByRole('button', { name: naming(words('funder:shortlist.why'), reference) }).click();
        await page.getByText(new RegExp(escaped(words('funder:shortlist.readsAssessed', { assessed: '@', claimed: '#' })).replace('@', '[\\d.]+ : 1').replace('#', '[\\d.]+ : 1'))).waitFor();
      }));

    it('a statement of assurance stands wherever the figure is', () =>
      as('officer@funder.example', 'assure', async (page) => {
        await openCopy(page, 'claimed');
        await page.getByText(words('sroi:assurance.not'), { exact: true }).first().waitFor();
        const form = page.getByRole('group').filter({ hasText: words('funder:assurance.help') }).last();
        await form.locator('summary').click();
        const fill = (field, text) => form.getByLabel(words(`funder:assurance.field.${field}`), { exact: false }).fill(text);
        await fill('assurer', 'Mak Wai-yin');
        await fill('organisation', 'Harbour Assurance');
        await fill('assuredOn', '2026-11-20');
        await fill('scope', 'Stakeholders and quantities.');
        await fill('findings', 'Supported by records.');
        await form.getByLabel(words('sroi:assurance.conclusions.qualified'), { exact: true }).check();
        await form.getByRole('button', { name: words('funder:assurance.record') }).click();
        const dialog = page.getByRole('dialog', { name: words('funder:assurance.confirmTitle') });
        await dialog.getByRole('button', { name: words('funder:assurance.record') }).click();
        const shown = page.getByRole('region', { name: words('sroi:assurance.title'), exact: true });
        await shown.getByText('Stakeholders and quantities.').waitFor();
        await shown.getByText(words('sroi:assurance.conclusions.qualified'), { exact: true }).waitFor();
      }));

    it('a bar of the tornado tells where it breaks even, by keyboard', () =>
      as('officer@funder.example', 'tornado', async (page) => {
        await openCopy(page, 'claimed');
        const tornado = page.getByRole('figure', { name: words('common:sroi.tornadoTitle') });
        const bar = tornado.getByRole('button').first();
        await bar.focus();
        await page.keyboard.press('Enter');
        assert.equal(await bar.getAttribute('aria-pressed'), 'true');
        const told = await tornado.getByRole('status').innerText();
        assert.notEqual(told, words('sroi:breakEven.choose'));
        await tornado.getByText(words('common:actions.showAsTable')).click();
        await tornado.getByRole('cell', { name: told, exact: true }).first().waitFor();
      }));

    it('a grid, scenarios and a simulation answer what-if, each with its figures in a table', () =>
      as('officer@funder.example', 'explore', async (page) => {
        await openCopy(page, 'explore');
        const grid = page.locator('.pl-heat');
        await grid.getByText(words('sroi:explore.statedCell')).waitFor();
        assert.ok((await grid.getByRole('cell').count()) >= 25);
        const compared = page.getByRole('figure', { name: words('sroi:explore.scenario.compared') });
        await compared.getByText(words('common:actions.showAsTable')).click();
        for (const scenario of ['stated', 'cautious', 'optimistic']) {
          await compared.getByRole('rowheader', { name: words(`sroi:explore.scenario.${scenario}`), exact: true }).waitFor();
        }
        const histogram = page.getByRole('figure', { name: words('sroi:simulation.title') });
        await histogram.getByText(words('common:actions.showAsTable')).click();
        await histogram.getByRole('row').last().getByText('10,000').waitFor();
        await page.getByRole('radio', { name: '100,000' }).check();
        await histogram.getByText(words('common:actions.showAsTable')).click();
        await histogram.getByRole('row').last().getByText('100,000').waitFor();
        assert.match(page.url(), /draws=100000/);
      }));

    it('the working leads to its step of the method', () =>
      as('officer@funder.example', 'method', async (page) => {
        await openCopy(page, 'claimed');
        const facts = page.getByRole('region', { name: words('funder:sroi.figures'), exact: true });
        await facts.getByRole('button').first().click();
        const drawer = page.getByRole('dialog', { name: words('common:working.title') });
        const link = drawer.getByRole('link', { name: new RegExp(words('common:working.toMethod')) }).first();
        await page.goto(await link.getAttribute('href'));
        const place = page.locator(new URL(page.url()).hash);
        await place.waitFor();
        await page.waitForFunction((id) => document.activeElement?.id === id, new URL(page.url()).hash.slice(1));
        for (const group of ['order', 'conventions', 'uncertainty']) {
          await page.getByRole('heading', { name: words(`public:method.group.${group}.title`), exact: true }).waitFor();
        }
      }));

    it('the new pages are accessible and fit', () =>
      as('officer@funder.example', 'access', async (page) => {
        const href = await openCopy(page, 'claimed');
        const paths = ['', '&copy=assessed', '&copy=difference', '&copy=explore'].map((copy) => `${href}?part=sroi${copy}`);
        const wrong = [];
        for (const path of [...paths, '/proxies', '/method']) wrong.push(...(await wrongWith(page, words, language, path)));
        assert.deepEqual(wrong, []);
      }));

    it('the library of the council is accessible and fits', () =>
      as('steward@council.example', 'council-access', async (page) => {
        assert.deepEqual(await wrongWith(page, words, language, `${council}/proxies`), []);
      }));
  });
}

describe('the proxy library', () => {
  it('takes in what the steward approves, with a reason, and everybody finds it', async () => {
    const words = await wordsOf('en');
    let name;
    await inBrowser(world, 'sroi-steward', {}, async (page) => {
      await signIn(page, world, words, 'steward@council.example');
      await page.getByRole('link', { name: words('common:nav.proxies') }).click();
      const proposal = page.getByRole('article').filter({ has: page.getByRole('button', { name: words('council:proposals.approve') }) }).first();
      name = await proposal.getByRole('heading').innerText();
      await proposal.getByRole('button', { name: words('council:proposals.approve') }).click();
      await proposal.getByRole('alert').getByText(words('problems:reason_missing')).waitFor();
      await proposal.getByRole('textbox').fill('Source checked.');
      await proposal.getByRole('button', { name: words('council:proposals.approve') }).click();
      await page.getByText(words('council:proposals.decided', { count: '\\d+' }).split('(')[0], { exact: false }).first().waitFor();
    });
    await inBrowser(world, 'sroi-library', {}, async (page) => {
      await signIn(page, world, words, 'endorser@kestrel.example');
      await page.getByRole('link', { name: words('common:nav.proxies') }).click();
      await heading(page).filter({ hasText: words('council:proxies.title') }).waitFor();
      await page.getByLabel(words('council:proxies.search')).fill(name);
      // Until the search has answered, the first row may be another entry's.
      await page.getByRole('rowheader').filter({ hasNotText: name }).first().waitFor({ state: 'hidden' });
      await page.getByRole('rowheader').filter({ hasText: name }).first().waitFor();
      await page.getByRole('button', { name: new RegExp(`^${escaped(words('council:proxies.open'))}`) }).first().click();
      await page.getByText(words('council:proxies.versions'), { exact: true }).waitFor();
    });
  });
});
