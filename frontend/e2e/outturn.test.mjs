// Why: after an award, what was promised is held against what came of it: prefilled, saved as typed,
// compared at once, and sent once by an endorser.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { findings, wrongWith } from './axe.mjs';
import { inBrowser, openWorld, seedFile, settled, signIn } from './harness.mjs';
import { wordsOf } from './words.mjs';

/** Applications of the closed round: one that is awarded here, whose organisation has an endorser; one
 * that the demonstration data awards, whose organisation has only an editor. */
const CASES = [
  { language: 'en', locale: 'en-HK', reference: 'DF-26-001', email: 'endorser@harbour-lantern.example', sends: true },
  { language: 'zh', locale: 'zh-HK', reference: 'DF-26-009', email: 'editor@second-dawn.example', sends: false },
];

let world;
before(async () => {
  world = await openWorld();
  for (const { reference } of CASES.filter(({ sends }) => sends)) await award(reference);
});
after(() => world?.close());

/** The chair approves what an application asks for. */
async function award(reference) {
  const { rounds } = await seedFile('demo/rounds.json');
  const round = rounds.find(({ code }) => code === 'DF-IT-2026-1').id;
  await inBrowser(world, 'outturn-award', {}, async (page) => {
    await page.addInitScript(() => localStorage.setItem('plumbline.language', 'en'));
    await signIn(page, world, await wordsOf('en'), 'chair@funder.example');
    const ask = (query, variables) =>
      page.evaluate(
        async (body) => {
          const headers = { 'content-type': 'application/json', 'x-plumbline': '1' };
          return (await (await fetch('/graphql', { method: 'POST', headers, body: JSON.stringify(body) })).json()).data;
        },
        { query, variables },
      );
    const found = await ask(
      'query ($round: ID!) { shortlist(roundId: $round) { rows { submissionId reference } } reference { reasonCodes { code } } }',
      { round },
    );
    const id = found.shortlist.rows.find((row) => row.reference === reference).submissionId;
    const { received } = await ask('query ($id: ID!) { received(id: $id) { document } }', { id });
    const cents = ({ source, amount }) => (source === 'grant' ? Math.round(Number(amount) * 100) : 0);
    const lines = received.document.sections.budget.lines.map((line) => ({
      lineId: line.id,
      amount: (line.cells.reduce((sum, each) => sum + cents(each), 0) / 100).toFixed(2),
    }));
    const input = {
      submissionId: id,
      outcome: 'APPROVE',
      lines,
      reasonCodes: [found.reference.reasonCodes[0].code],
      reason: 'Careful figures and a clear need.',
      conditions: '',
      departureReason: 'Below the line, and needed to see what comes of an award.',
      idempotencyKey: `award-${reference}-0000`,
    };
    const answer = await ask('mutation ($input: DecisionRecordInput!) { decisionRecord(input: $input) { problems { code path } } }', { input });
    assert.deepEqual(answer.decisionRecord.problems, []);
  });
}

for (const { language, locale, reference, email, sends } of CASES) {
  describe(`what came of a project (${language})`, async () => {
    const words = await wordsOf(language);
    const { id, tenant_id: tenant, sections } = await seedFile(`demo/applications/${reference}.json`);
    const promised = sections.value_map.outcomes[0];
    const address = `/o/${tenant}/applications/${id}`;
    const as = (name, act) => () =>
      inBrowser(world, `outturn-${name}-${language}`, { locale }, async (page) => {
        await page.addInitScript((chosen) => localStorage.setItem('plumbline.language', chosen), language);
        await signIn(page, world, words, email);
        await act(page);
      });
    const saved = (page) => {
      const [start] = words('applicant:save.saved', { time: '|' }).split('|');
      return page.getByRole('status').filter({ hasText: start }).first().waitFor();
    };
    const quantity = (page) => page.locator('[id="field-outcomes[0].quantity"]');

    it('is reached from the application and accessible', as('access', async (page) => {
      await page.goto(`${address}/submitted`);
      await settled(page, words);
      await page.getByRole('link', { name: words('applicant:submitted.outturn') }).click();
      await page.getByRole('heading', { level: 1, name: words('valuemap:outturn.title') }).waitFor();
      assert.deepEqual(await wrongWith(page, words, language, `${address}/outturn`), []);
    }));

    it('starts from what was promised and compares as it is written', as('write', async (page) => {
      await page.goto(`${address}/outturn`);
      await settled(page, words);
      const difference = page.getByRole('region', { name: words('valuemap:outturn.differenceTitle') });
      const earlier = await difference.innerText();
      const shown = (await quantity(page).innerText()).split('\n')[0].replaceAll(',', '');
      assert.equal(Number(shown), Number(promised.quantity));
      await quantity(page).click();
      await page.keyboard.type('7');
      await page.keyboard.press('Enter');
      await saved(page);
      await page.waitForFunction(
        ([title, text]) => document.querySelector(`#${title}`)?.closest('section')?.innerText !== text,
        ['difference-title', earlier],
      );
      const spent = page.getByRole('region', { name: words('valuemap:outturn.spentTitle') });
      const first = spent.getByRole('textbox').first();
      await first.fill('12,345.60');
      await first.blur();
      await saved(page);
      await page.reload();
      await settled(page, words);
      assert.equal((await quantity(page).innerText()).split('\n')[0], '7');
      assert.equal(await spent.getByRole('textbox').first().inputValue(), 'HK$12,345.60');
    }));

    it(sends ? 'is sent once and then only read' : 'is sent by an endorser only', as('send', async (page) => {
      await page.goto(`${address}/outturn`);
      await settled(page, words);
      const send = page.getByRole('button', { name: words('valuemap:outturn.send') });
      if (!sends) {
        await page.getByText(words('valuemap:outturn.endorserOnly')).waitFor();
        assert.equal(await send.count(), 0);
        return;
      }
      await send.click();
      const dialog = page.getByRole('dialog', { name: words('valuemap:outturn.confirmTitle') });
      await dialog.getByRole('button', { name: words('valuemap:outturn.send') }).click();
      await page.getByText(words('applicant:section.readOnly')).first().waitFor();
      assert.equal(await send.count(), 0);
      await page.reload();
      await settled(page, words);
      await page.getByText(words('applicant:section.readOnly')).first().waitFor();
      await quantity(page).click();
      await page.keyboard.type('9');
      assert.equal((await quantity(page).innerText()).split('\n')[0], '7');
      assert.deepEqual(await findings(page), []);
    }));
  });
}
