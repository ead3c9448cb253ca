// Why: cost sharing as people use it: an exemption that visibly changes the figures, a budget solved
// within its limits, the cost plan in Excel and a pool sheet back, schedules to print.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { findings } from './axe.mjs';
import { inBrowser, openWorld, seedFile, settled, signIn } from './harness.mjs';
import { LANGUAGES, wordsOf } from './words.mjs';
import { numbersOf, withCell } from './xlsx.mjs';

const draft = await seedFile('demo/applications/DF-26-060.json');
const WIDTHS = [1280, 390];
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

let world;
before(async () => {
  world = await openWorld();
});
after(() => world?.close());

for (const language of LANGUAGES) {
  describe(`cost sharing in ${language}`, async () => {
    const words = await wordsOf(language);
    const locale = language === 'zh' ? 'zh-HK' : 'en-HK';
    const sheet = language === 'zh' ? '成本組別' : 'Pools';
    const say = (key, values) => words(`cost:${key}`, values);

    const open = (name, section, act) => () =>
      inBrowser(world, `cost-${name}-${language}`, { locale }, async (page) => {
        await page.addInitScript((chosen) => localStorage.setItem('plumbline.language', chosen), language);
        await signIn(page, world, words, 'endorser@green-slope.example');
        await page.goto(`/o/${draft.tenant_id}/applications/${draft.id}/${section}`);
        await settled(page, words);
        await act(page);
      });
    const saved = async (page) => {
      const [start, end] = words('applicant:save.saved', { time: '|' }).split('|');
      await page.waitForFunction(
        ([ahead, behind]) =>
          [...document.querySelectorAll('[role=status]')].some(({ textContent }) => textContent.startsWith(ahead) && textContent.endsWith(behind)),
        [start, end],
      );
    };
    const button = (page, key) => page.getByRole('button', { name: say(key), exact: true });

    it('solves the budget for one figure, says what cannot be done, and applies what can', open('solver', 'budget', async (page) => {
      const solver = page.getByRole('region', { name: say('solver.title') });
      await solver.locator('[data-solver-range]').waitFor();
      await solver.getByLabel(say('solver.to')).fill('99,000,000');
      await button(solver, 'solver.solve').click();
      await solver.getByText(say('solver.infeasible')).waitFor();
      assert.equal(await button(solver, 'solver.apply').count(), 0);

      const wanted = language === 'zh' ? '400,000.01' : '400,000.02';
      await solver.getByLabel(say('solver.to')).fill(wanted);
      await button(solver, 'solver.solve').click();
      await solver.getByText(say('solver.feasible')).waitFor();
      await solver.getByRole('cell', { name: `HK$${wanted}`, exact: true }).first().waitFor();
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        assert.deepEqual(await findings(page), []);
      }
      await page.setViewportSize({ width: 1280, height: 900 });
      await button(solver, 'solver.apply').click();
      await solver.getByText(say('solver.applied')).waitFor();
      await saved(page);
      const figures = page.getByRole('region', { name: words('applicant:budget.figures') });
      await figures.getByText(`HK$${wanted}`).waitFor();
    }));

    it('shows what an exemption changes, and takes it away again', open('exemption', 'cost_sharing', async (page) => {
      const effect = page.getByRole('figure', { name: say('effect.title') });
      await effect.waitFor();
      await effect.getByText(words('common:actions.showAsTable')).click();
      await effect.getByRole('cell', { name: /^\D*34,935\.00$/ }).first().waitFor();
      await page.getByText(say('schemes.notLoaded', { expected: 38, codes: 2 })).waitFor();
      const none = page.getByLabel(words('applicant:costSharing.noScheme'), { exact: true });
      await none.check();
      await effect.waitFor({ state: 'detached' });
      await page.getByText(words('applicant:costSharing.status.apportion')).waitFor();
      await none.uncheck();
      await page.getByText(words('applicant:costSharing.status.needs_information')).waitFor();
      await page.locator('[id="field-projects[0].scheme"]').fill('DEMO-EXEMPT-01');
      await effect.waitFor();
      await saved(page);
    }));

    it('goes to Excel, and a pool sheet comes back as differences', open('sheet', 'cost_sharing', async (page) => {
      const asked = page.waitForEvent('download');
      await button(page, 'sheet.download').click();
      const workbook = await readFile(await (await asked).path());
      const amount = numbersOf(workbook, sheet).find(({ value }) => value === 232900);
      const bring = (bytes) => page.locator('input[type=file]').setInputFiles({ name: 'pools.xlsx', mimeType: XLSX, buffer: bytes });
      const dialog = page.getByRole('dialog', { name: say('sheet.diffTitle') });

      await bring(withCell(workbook, sheet, amount.cell, 'lots'));
      await dialog.getByRole('alert').getByText(amount.cell).waitFor();
      assert.equal(await dialog.getByRole('button', { name: words('valuemap:workbook.accept') }).count(), 0);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });

      await bring(withCell(workbook, sheet, amount.cell, 240000.5));
      await dialog.getByRole('cell', { name: 'HK$240,000.50', exact: true }).waitFor();
      assert.deepEqual(await findings(page), []);
      await dialog.getByRole('button', { name: words('valuemap:workbook.accept') }).click();
      await page.locator('[id="field-pools[0].amount"]').waitFor();
      await saved(page);
      assert.equal(await page.locator('[id="field-pools[0].amount"]').inputValue(), 'HK$240,000.50');
      await bring(workbook);
      await dialog.getByRole('button', { name: words('valuemap:workbook.accept') }).click();
      await saved(page);
    }));

    it('prints schedules whose totals tie', open('schedules', 'schedules', async (page) => {
      for (const key of ['whoPays.title', 'cashFlow.title', 'byActivity.title', 'report.title']) {
        await page.getByRole('heading', { name: say(key) }).waitFor();
      }
      assert.equal(await page.locator('.pl-schedule [role=alert]').count(), 0, 'every total ties');
      await page.getByRole('heading', { name: say('reserve.title') }).waitFor();
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        assert.deepEqual(await findings(page), []);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.ok(wide <= 0, `no sideways scrolling at ${width}`);
      }
    }));
  });
}
