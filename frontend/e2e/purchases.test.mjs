// Why: a purchase goes through three people's hands from request to payment, with the rules beside; one
// person cannot take two of the steps; a refusal by code is counted; every page fits and reads well.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { findings, wrongWith } from './axe.mjs';
import { inBrowser, openWorld, seedFile, settled, signIn } from './harness.mjs';
import { LANGUAGES, wordsOf } from './words.mjs';

const project = await seedFile('demo/applications/DF-26-006.json');
const area = `/o/${project.tenant_id}/applications/${project.id}/purchases`;
const EDITOR = 'editor@kestrel.example';
const HEAD = 'endorser@kestrel.example';
const FINANCE = 'finance@kestrel.example';

let world;
before(async () => {
  world = await openWorld();
});
after(() => world?.close());

for (const language of LANGUAGES) {
  describe(`purchases in ${language}`, async () => {
    const words = await wordsOf(language);
    const w = (key, values) => words(`purchases:${key}`, values);
    const locale = language === 'zh' ? 'zh-HK' : 'en-HK';
    const title = language === 'zh' ? '探訪用手提電話' : 'Telephones for visits';
    const as = (name, email, act) =>
      inBrowser(world, `purchases-${name}-${language}`, { locale }, async (page) => {
        await page.addInitScript((chosen) => localStorage.setItem('plumbline.language', chosen), language);
        await signIn(page, world, words, email);
        await act(page);
      });
    const button = (page, name) => page.getByRole('button', { name, exact: true });
    const noInterest = (page) => page.getByRole('radio', { name: w('interest.no'), exact: true }).check();
    const recorded = (page, name) => page.getByRole('status').filter({ hasText: w('page.recorded', { deed: w(`deed.${name}`) }) }).waitFor();

    /** Fills the request form and waits for what the rules say. */
    async function request(page, { name, price, once = true, need = '' }) {
      await page.goto(`${area}/new`);
      await settled(page, words);
      await page.getByLabel(w('form.title'), { exact: true }).fill(name);
      await page.getByLabel(w('form.department'), { exact: true }).selectOption('it');
      await page.getByLabel(w('form.category'), { exact: true }).selectOption('equipment');
      await page.getByLabel(w('form.line'), { exact: true }).selectOption('b2');
      await page.locator('#pu-invited').fill('2026-11-16');
      await page.locator('#pu-needed').fill('2027-01-29');
      if (once) await page.getByRole('checkbox', { name: w('form.once') }).check();
      else await page.locator('#pu-requirement').fill(need);
      await page.getByLabel(w('form.partCategory'), { exact: true }).selectOption('goods');
      await page.locator('#pu-part-0-item').fill(price);
      await page.getByRole('checkbox', { name: w('form.noMaintenance') }).check();
    }
    async function sendRequest(page) {
      await noInterest(page);
      await button(page, w('form.send')).click();
      await page.waitForURL(/purchases\/[0-9a-f-]{36}$/);
      await settled(page, words);
      return new URL(page.url()).pathname;
    }
    /** One written offer; the first is accepted. */
    async function offer(page, number, price) {
      await button(page, w('award.add')).click();
      const box = page.getByRole('group', { name: new RegExp(`^${w('award.offer', { number })}`) });
      await box.getByLabel(w('award.supplier')).fill(`Fictional ${number}`);
      await box.getByLabel(w('award.price')).fill(price);
      await box.getByLabel(w('award.conforming')).selectOption('yes');
      await box.getByLabel(w('award.form')).selectOption('written');
      if (number === 1) await box.getByRole('radio', { name: w('award.choose') }).check();
    }
    /** Opens a deed's dialog, fills it and sends it. */
    async function deed(page, name, fill = async () => {}) {
      await button(page, w(`deed.${name}`)).click();
      const dialog = page.getByRole('dialog', { name: w(`deed.${name}`) });
      await dialog.waitFor();
      await fill(dialog);
      await dialog.getByRole('button', { name: w(`deed.${name}`), exact: true }).click();
      await recorded(page, name);
    }

    it('three people take a purchase from request to payment', async () => {
      let path = '';
      await as('request', EDITOR, async (page) => {
        await request(page, { name: title, price: '18,000' });
        const rules = page.getByRole('complementary', { name: w('form.live') });
        await rules.getByText(w('check.least', { number: 2 })).first().waitFor();
        await button(page, w('form.send')).click();
        await page.getByRole('alert').getByText(words('problems:purchase_interest_not_stated')).waitFor();
        path = await sendRequest(page);
        assert.equal(await button(page, w('deed.AWARD')).count(), 0, 'the requester is not offered the award');
        await page.getByText(words('problems:purchase_same_person')).waitFor();
      });
      await as('award', HEAD, async (page) => {
        await page.goto(path);
        await settled(page, words);
        await button(page, w('deed.AWARD')).click();
        await page.getByLabel(w('award.method'), { exact: true }).selectOption('quotation');
        await page.getByLabel(w('award.invited'), { exact: true }).fill('2');
        await offer(page, 1, '17500');
        await page.locator('#pu-accepted-item').fill('17500');
        await page.getByRole('checkbox', { name: w('form.noMaintenance') }).check();
        await noInterest(page);
        await button(page, w('deed.AWARD')).click();
        await page.getByRole('alert').getByText(words('problems:purchase_checks_unmet')).waitFor();
        await offer(page, 2, '17000');
        await page.getByLabel(w('award.lowestReason')).fill('Delivers within a week, as specified.');
        assert.deepEqual(await findings(page), []);
        await button(page, w('deed.AWARD')).click();
        await recorded(page, 'AWARD');
        await page.getByText(w('award.lowest'), { exact: true }).waitFor();
      });
      await as('order', FINANCE, async (page) => {
        await page.goto(path);
        await settled(page, words);
        await deed(page, 'AGREE_AND_ISSUE_ORDER', noInterest);
        await page.getByText(w('check.kept'), { exact: true }).waitFor();
      });
      await as('receive', EDITOR, async (page) => {
        await page.goto(path);
        await settled(page, words);
        await deed(page, 'RECEIPT');
        await deed(page, 'INVOICE', (dialog) => dialog.getByLabel(w('dialog.amount')).fill('17,500'));
      });
      await as('pay', FINANCE, async (page) => {
        await page.goto(path);
        await settled(page, words);
        await deed(page, 'PAYMENT');
        await page.getByText(w('stage.DONE'), { exact: true }).first().waitFor();
        assert.deepEqual(await wrongWith(page, words, language, path), []);
      });
    });

    it('the same need is summed while it is written', () =>
      as('split', EDITOR, async (page) => {
        await request(page, { name: title, price: '6000', once: false, need: 'tablets' });
        const rules = page.getByRole('complementary', { name: w('form.live') });
        await rules.getByText(w('check.sum'), { exact: true }).waitFor();
        await rules.getByText(w('check.least', { number: 5 })).first().waitFor();
        assert.deepEqual(await findings(page), []);
      }));

    it('a refusal by code is counted', async () => {
      let path = '';
      const reasons = (await seedFile('rules/requisition-policy-demo.json')).refusal_reasons;
      const reason = reasons.not_needed[language];
      const total = async (page) => {
        await page.goto(`${area}/analysis`);
        await settled(page, words);
        const figure = page.getByRole('figure', { name: w('analysis.refusals') });
        await figure.getByText(words('common:actions.showAsTable')).click();
        const row = figure.getByRole('row').filter({ has: page.getByRole('rowheader', { name: reason }) });
        return (await row.count()) === 0 ? 0 : Number(await row.getByRole('cell').nth(1).innerText());
      };
      let earlier = 0;
      await as('refusable', EDITOR, async (page) => {
        earlier = await total(page);
        await request(page, { name: title, price: '900' });
        path = await sendRequest(page);
      });
      await as('refuse', HEAD, async (page) => {
        await page.goto(path);
        await settled(page, words);
        await deed(page, 'REFUSE', (dialog) => dialog.getByRole('checkbox', { name: reason }).check());
        await page.getByText(w('stage.REFUSED'), { exact: true }).first().waitFor();
        assert.equal(await total(page), earlier + 1);
      });
    });

    it('a policy with a gap is named while it is edited and refused when saved', () =>
      as('policy', FINANCE, async (page) => {
        const path = `/o/${project.tenant_id}/purchase-policy`;
        await page.goto(path);
        await settled(page, words);
        const award = page.getByRole('region', { name: w('policy.tier', { number: 1 }) }).getByRole('group', { name: w('step.award') });
        for (const box of await award.getByRole('checkbox', { checked: true }).all().then((all) => all.toReversed())) await box.uncheck();
        await page.getByText(words('problems:step_without_role')).first().waitFor();
        await button(page, w('policy.save')).click();
        await page.getByRole('alert').getByText(words('problems:step_without_role')).waitFor();
        assert.deepEqual(await wrongWith(page, words, language, path), []);
      }));

    it('list, form and analysis fit and are accessible, and filters stay in the address', () =>
      as('access', FINANCE, async (page) => {
        const wrong = [];
        for (const path of [area, `${area}/analysis`, `${area}/new`]) wrong.push(...(await wrongWith(page, words, language, path)));
        assert.deepEqual(wrong, []);
        await page.setViewportSize({ width: 1280, height: 900 });
        await page.goto(area);
        await settled(page, words);
        await page.getByLabel(w('book.stage'), { exact: true }).selectOption('REFUSED');
        await page.waitForURL(/stage=REFUSED/);
        await page.reload();
        await settled(page, words);
        assert.equal(await page.getByLabel(w('book.stage'), { exact: true }).inputValue(), 'REFUSED');
        assert.equal(await page.getByRole('table').last().getByText(w('stage.DONE'), { exact: true }).count(), 0);
      }));
  });
}
