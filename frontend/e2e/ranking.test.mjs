// Why: a shortlist that can be defended: other weights are tried and nothing changes, the line is moved by
// keys, the chair adopts what an officer asked for, the order is departed from with a reason only, a second
// person confirms above the limit, a letter goes out, the applicant appeals, and somebody who took no part
// decides on runs asked again.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { findings, wrongWith } from './axe.mjs';
import { inBrowser, naming, openWorld, seedFile, settled, signIn } from './harness.mjs';
import { LANGUAGES, wordsOf } from './words.mjs';

const { rounds } = await seedFile('demo/rounds.json');
const round = rounds.find((each) => each.code === 'DF-IT-2026-1');
const area = `/f/${round.owner_tenant_id}/rounds/${round.id}`;
/** Ranked above the line and undecided: declining them departs from the order. */
const DECLINED = {
  en: { file: 'DF-26-032', endorser: 'endorser@kestrel.example' },
  zh: { file: 'DF-26-002', endorser: 'endorser@green-slope.example' },
};
/** Asks for more than one person may award alone. */
const LARGE = { en: 'DF-26-024', zh: 'DF-26-028' };
/** Need counts little, value for money much; 100 points together. */
const OTHER_WEIGHTS = 'R1.5-R2.5-R3.15-R4.15-R5.40-R6.10-R7.5-R8.5';
/** Has one review of the two that a place needs. */
const LACKS_A_REVIEW = 'DF-26-023';
const REVIEWER = 'reviewer1@funder.example';
const CHAIR = 'chair@funder.example';
const OFFICER = 'officer@funder.example';
const APPROVER = 'approver@funder.example';

/** The round as its panel meets: closed and reviewed, nothing adopted, decided or sent. */
const BEFORE_THE_PANEL = {
  'demo/rounds.json': (data) => ({ ...data, rounds: data.rounds.map((each) => ({ ...each, becomes: null })) }),
  'demo/decisions.json': (data) => ({ ...data, decisions: [] }),
  'demo/redress.json': (data) => ({ ...data, letters: [], appeals: [], proposals: [] }),
  'demo/sroi.json': (data) => ({ ...data, outturns: [] }),
  'demo/purchases.json': (data) => ({ ...data, purchases: [] }),
};
const ID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

for (const language of LANGUAGES) {
  describe(`a ranking that can be defended (${language})`, async () => {
    let world;
    before(async () => {
      world = await openWorld(BEFORE_THE_PANEL);
    });
    after(() => world?.close());
    const words = await wordsOf(language);
    const chinese = await wordsOf('zh');
    const w = (key, values) => words(`ranking:${key}`, values);
    const f = (key, values) => words(`funder:shortlist.${key}`, values);
    const a = (key, values) => words(`award:${key}`, values);
    const declined = DECLINED[language];
    const decline = { en: 'Left out against the order: the post is met elsewhere.', zh: '職位已由其他撥款支付，故偏離次序。' }[language];
    const as = (name, email, act, speak = language) =>
      inBrowser(world, `ranking-${name}-${language}`, {}, async (page) => {
        await page.addInitScript((chosen) => localStorage.setItem('plumbline.language', chosen), speak);
        await signIn(page, world, speak === language ? words : chinese, email);
        await act(page);
      });
    const button = (page, name) => page.getByRole('button', { name, exact: true });
    const references = (page) => page.locator('tr[data-place] a').allInnerTexts();
    const open = async (page, path) => {
      await page.goto(path);
      await settled(page, words);
    };
    /** Opens the decisions of an application from the shortlist. */
    const decisions = async (page, reference) => {
      await open(page, `${area}/shortlist?q=${reference}`);
      await page.getByRole('link', { name: reference, exact: true }).click();
      await page.getByRole('link', { name: words('funder:application.part.decisions'), exact: true }).click();
      await page.getByRole('heading', { name: words('funder:decision.chain') }).waitFor();
    };
    const confirmIn = (page, title, name) =>
      page.getByRole('dialog', { name: title }).getByRole('button', { name, exact: true }).click();

    it('other weights move ranks on the page and leave the ranking as it is', () =>
      as('what-if', CHAIR, async (page) => {
        await open(page, `${area}/shortlist`);
        const proposed = page.getByText(f('proposed'), { exact: true });
        await proposed.waitFor();
        const agreed = await references(page);
        await open(page, `${area}/shortlist?w=${OTHER_WEIGHTS}`);
        await page.getByText(w('whatIf.banner', { state: w('whatIf.state.proposed') })).waitFor();
        await page.getByText(/^[▲▼]\d+$/).first().waitFor();
        assert.notDeepEqual(await references(page), agreed);
        await proposed.waitFor();
        const slider = page.getByRole('slider').first();
        await slider.focus();
        await page.keyboard.press('ArrowRight');
        await page.getByText(w('whatIf.sum', { sum: 101 })).waitFor();
        await button(page, w('whatIf.spread')).click();
        await page.waitForURL(/w=R1\.6-/);
        await page.getByText(w('whatIf.sum', { sum: 100 })).waitFor();
        await button(page, w('whatIf.reset')).click();
        await page.waitForURL((address) => !address.search.includes('w='));
        await page.getByText(/^[▲▼]\d+$/).first().waitFor({ state: 'detached' });
        assert.deepEqual(await references(page), agreed);
      }));

    it('the budget line moves by keys, counts every cent and can be shared', () =>
      as('line', CHAIR, async (page) => {
        await open(page, `${area}/shortlist`);
        const line = page.getByRole('separator', { name: w('line.name') });
        const now = async () => Number(await line.getAttribute('aria-valuenow'));
        const computed = await now();
        await line.focus();
        await page.keyboard.press('ArrowDown');
        await page.waitForURL(new RegExp(`line=${computed + 1}$`));
        await page.getByText(w('line.moved', { places: computed })).waitFor();
        assert.equal(await now(), computed + 1);
        assert.match(await line.getAttribute('aria-valuetext'), /HK\$[\d,]+\.\d{2}/);
        await page.reload();
        await settled(page, words);
        assert.equal(await now(), computed + 1);
        await line.focus();
        await page.keyboard.press('ArrowUp');
        await page.keyboard.press('ArrowUp');
        await page.waitForURL(new RegExp(`line=${computed - 1}$`));
        assert.ok(await line.evaluate((handle) => handle === document.activeElement), 'the line keeps the focus');
        await page.getByRole('button', { name: w('line.reset') }).click();
        await page.waitForURL((address) => !address.search.includes('line='));
        assert.equal(await now(), computed);
      }));

    it('the last review makes a new ranking, an officer asks for it, and the chair adopts it', async () => {
      const foot = (page) => page.getByText(new RegExp(f('foot', { run: ID, engine: '.+' }))).first();
      const shown = async (page) => new RegExp(ID).exec(await foot(page).innerText())[0];
      const placed = (page) => page.locator('tr[data-place]').filter({ has: page.getByRole('link', { name: LACKS_A_REVIEW, exact: true }) });
      let earlier;
      let now;
      await as('before-the-last-review', OFFICER, async (page) => {
        await open(page, `${area}/shortlist`);
        assert.equal(await placed(page).count(), 0, 'one review is too few for a place');
        assert.equal(await button(page, f('adopt')).count(), 0, 'an officer is not offered to adopt');
        earlier = await shown(page);
      });
      await as('last-review', REVIEWER, async (page) => {
        await page.getByRole('link', { name: naming(words('funder:queue.act.none'), LACKS_A_REVIEW) }).click();
        const sheet = page.getByRole('region', { name: words('funder:review.sheet') });
        await sheet.getByRole('radiogroup').first().waitFor();
        for (const dimension of await sheet.getByRole('radiogroup').all()) await dimension.getByLabel('2', { exact: true }).check();
        await sheet.getByText(words('funder:review.complete')).waitFor();
        await button(sheet, words('funder:review.submit')).click();
        await confirmIn(page, /./, words('funder:review.submit'));
        await sheet.getByText(words('funder:review.submitted')).waitFor();
      });
      await as('ask', OFFICER, async (page) => {
        await open(page, `${area}/shortlist`);
        await button(page, f('ask')).click();
        await page.getByRole('status').filter({ hasText: f('asked') }).waitFor();
        await placed(page).waitFor();
        now = await shown(page);
        assert.notEqual(now, earlier);
      });
      await as('adopt', CHAIR, async (page) => {
        await open(page, `${area}/shortlist`);
        await page.getByText(f('proposed'), { exact: true }).waitFor();
        await button(page, f('adopt')).click();
        await page.getByRole('dialog', { name: f('adopt') }).getByText(now).waitFor();
        assert.deepEqual(await findings(page), []);
        await confirmIn(page, f('adopt'), f('adopt'));
        await page.getByText(f('adopted'), { exact: true }).waitFor();
        assert.equal(await shown(page), now);
        // What is adopted stays; the dialog with a button of the same name may still be closing.
        for (const act of ['adopt', 'ask']) await button(page, f(act)).waitFor({ state: 'hidden' });
      });
    });

    it('a row opens its ranks, how far weights may move and where reviewers differ', () =>
      as('row', CHAIR, async (page) => {
        await open(page, `${area}/shortlist?second=true`);
        const reference = (await references(page))[0];
        const rows = page.locator('tr[data-place]');
        await rows.first().getByRole('button', { name: new RegExp(words('funder:shortlist.why').replace('?', '\\?')) }).click();
        const ranks = page.getByRole('figure', { name: w('stability.ranks', { reference }) });
        await ranks.getByText(words('common:actions.showAsTable')).click();
        await ranks.getByRole('row').nth(1).waitFor();
        await page.getByRole('figure', { name: w('sensitivity.title', { reference }) }).waitFor();
        await page.getByRole('columnheader', { name: w('second.column') }).waitFor();
        assert.deepEqual(await findings(page), []);
      }));

    it('the shortlist leaves as Excel and PDF', () =>
      as('export', CHAIR, async (page) => {
        await open(page, `${area}/shortlist`);
        for (const [kind, start] of [['xlsx', 'PK'], ['pdf', '%PDF']]) {
          const coming = page.waitForEvent('download');
          await button(page, w(`export.${kind}`)).click();
          const bytes = await readFile(await (await coming).path());
          assert.equal(bytes.subarray(0, start.length).toString('latin1'), start);
        }
      }));

    it('whoever departs from the order has to say why', () =>
      as('depart', CHAIR, async (page) => {
        await decisions(page, declined.file);
        const form = page.locator('section').filter({ has: page.locator('#decide-title') });
        await form.getByLabel(words('funder:decision.act.DECLINE'), { exact: true }).check();
        await form.getByText(a('order.departs')).waitFor();
        await form.getByRole('checkbox').first().check();
        await page.locator('#decision-reason').fill(decline);
        await button(form, words('funder:decision.record')).click();
        await page.getByRole('alert').getByRole('link', { name: new RegExp(a('order.reason')) }).click();
        assert.ok(await page.locator('#decision-departureReason').evaluate((field) => field === document.activeElement));
        await page.locator('#decision-departureReason').fill(decline);
        await button(form, words('funder:decision.record')).click();
        await confirmIn(page, words('funder:decision.confirmTitle'), words('funder:decision.record'));
        const recorded = page.getByRole('article').filter({ hasText: words('common:decision.DECLINE') }).first();
        await recorded.getByText(words('funder:decision.departs'), { exact: true }).waitFor();
        await recorded.getByText(a('order.shown'), { exact: true }).waitFor();
      }));

    it('above the limit a decision waits, and only another person confirms it', async () => {
      const reason = 'Ranked above the line by both reviewers.';
      await as('propose', CHAIR, async (page) => {
        await decisions(page, LARGE[language]);
        const form = page.locator('section').filter({ has: page.locator('#decide-title') });
        await form.getByLabel(words('funder:decision.act.APPROVE'), { exact: true }).check();
        await form.getByText(/1,000,000\.00/).last().waitFor();
        const departs = page.locator('#decision-departureReason');
        if (await departs.isVisible()) await departs.fill(reason);
        await page.locator('#decision-reason').fill(reason);
        await button(form, words('funder:decision.record')).click();
        await confirmIn(page, words('funder:decision.confirmTitle'), words('funder:decision.record'));
        await page.getByRole('status').filter({ hasText: a('confirm.sent') }).waitFor();
        await page.getByText(a('confirm.mine')).waitFor();
        assert.equal(await button(page, a('confirm.act')).count(), 0, 'who proposed is not offered to confirm');
      });
      await as('confirm', APPROVER, async (page) => {
        const desk = page.getByRole('region', { name: a('desk.title') });
        await desk.getByRole('link', { name: new RegExp(`${a('desk.confirm')}.*${LARGE[language]}`) }).click();
        await button(page, a('confirm.giveBack')).click();
        await page.getByRole('alert').getByText(words('problems:note_missing')).waitFor();
        await button(page, a('confirm.act')).click();
        await confirmIn(page, a('confirm.confirmTitle'), a('confirm.act'));
        await page.getByText(new RegExp(a('confirm.second', { name: '.+' }))).waitFor();
      });
    });

    it('a letter is read in both languages and sent once', () =>
      as('letter', OFFICER, async (page) => {
        await decisions(page, declined.file);
        const letter = page.getByRole('region', { name: a('letter.title') }).first();
        await letter.getByRole('button', { name: a('letter.preview') }).click();
        await letter.locator('[lang="zh-HK"]').first().waitFor();
        await letter.locator('[lang="en"]').first().waitFor();
        assert.deepEqual(await findings(page), []);
        await button(letter, a('letter.send')).click();
        await confirmIn(page, a('letter.confirmTitle'), a('letter.send'));
        await letter.getByText(a('letter.sha256')).waitFor();
        assert.equal(await button(letter, a('letter.send')).count(), 0);
        const coming = page.waitForEvent('download');
        await button(letter, a('letter.pdf', { language: a('letter.zh') })).click();
        const bytes = await readFile(await (await coming).path());
        assert.equal(bytes.subarray(0, 4).toString('latin1'), '%PDF');
      }));

    it('the applicant reads it in Chinese and appeals; nothing typed is lost', async () => {
      const project = await seedFile(`demo/applications/${declined.file}.json`);
      const path = `/o/${project.tenant_id}/applications/${project.id}/submitted`;
      const z = (key, values) => chinese(`award:${key}`, values);
      await as('appeal', declined.endorser, async (page) => {
        await page.goto(path);
        await settled(page, chinese);
        await page.getByRole('region', { name: z('applicant.letters') }).locator('[lang="zh-HK"]').first().waitFor();
        const appeal = page.getByRole('region', { name: z('applicant.appeal') });
        await button(appeal, z('applicant.send')).click();
        await page.getByRole('alert').getByText(chinese('problems:grounds_missing')).waitFor();
        const grounds = appeal.getByRole('textbox');
        await grounds.fill('職位並非由其他撥款支付，見預算附註。');
        await page.reload();
        await settled(page, chinese);
        assert.equal(await grounds.inputValue(), '職位並非由其他撥款支付，見預算附註。');
        await button(appeal, z('applicant.send')).click();
        await confirmIn(page, z('applicant.confirmTitle'), z('applicant.send'));
        await appeal.getByText(z('applicant.waiting')).waitFor();
        assert.deepEqual(await wrongWith(page, chinese, 'zh', path), []);
      }, 'zh');
    });

    it('somebody who took no part decides the appeal on runs that come out byte for byte', async () => {
      await as('own-appeal', CHAIR, async (page) => {
        await decisions(page, declined.file);
        await page.getByText(a('appeals.whyNot.took_part')).waitFor();
        assert.equal(await button(page, a('appeals.decide')).count(), 0);
      });
      await as('decide', APPROVER, async (page) => {
        const desk = page.getByRole('region', { name: a('desk.title') });
        await desk.getByRole('link', { name: new RegExp(`${a('desk.appeal')}.*${declined.file}`) }).click();
        await button(page, a('appeals.show')).first().click();
        await page.getByText(a('appeals.allEqual')).waitFor();
        assert.equal(await page.getByText(a('appeals.no'), { exact: true }).count(), 0);
        assert.ok((await page.getByText(a('appeals.yes'), { exact: true }).count()) >= 2);
        assert.deepEqual(await findings(page), []);
        await page.getByLabel(a('appeals.outcome.UPHELD'), { exact: true }).check();
        await page.locator('textarea[id^="appeal-"]').fill('The budget note says so.');
        await button(page, a('appeals.decide')).click();
        await confirmIn(page, a('appeals.confirmTitle'), a('appeals.decide'));
        await page.getByText(a('appeals.outcome.UPHELD'), { exact: true }).first().waitFor();
        await page.getByRole('link', { name: a('appeals.toDecision') }).waitFor();
      });
    });

    it('every new page fits, is accessible and says its language', () =>
      as('access', CHAIR, async (page) => {
        const wrong = [];
        const paths = [
          `${area}/shortlist?w=${OTHER_WEIGHTS}&second=true&line=3`,
          `${area}/shortlist/moves`,
          `${area}/panel`,
          `${area}/fairness?basis=DECIDED`,
        ];
        for (const path of paths) wrong.push(...(await wrongWith(page, words, language, path)));
        await page.setViewportSize({ width: 1280, height: 900 });
        await decisions(page, declined.file);
        wrong.push(...(await wrongWith(page, words, language, new URL(page.url()).pathname + new URL(page.url()).search)));
        assert.deepEqual(wrong, []);
      }));
  });
}
