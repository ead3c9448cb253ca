// Why: the main job in a real browser against the whole product, in both languages: an NGO applies
// and follows its application, reviewers score it, the chair decides, the council sees the sector.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { ANSWERS } from './answers.mjs';
import {
  addBudgetLine,
  addPool,
  addPurchase,
  applicant,
  fillDeclarations,
  fillProject,
  fillReasons,
  startApplication,
  typeOutcome,
} from './apply.mjs';
import { heading, inBrowser, naming, openWorld, seedFile, settled, signIn } from './harness.mjs';
import { LANGUAGES, questionsOf, wordsOf } from './words.mjs';

/** Undecided applications of the closed round, above the line and below the sum that needs two people. */
const UNDECIDED = { en: 'DF-26-030', zh: 'DF-26-008' };
const LOCALES = { en: 'en-HK', zh: 'zh-HK' };

/** The web app's operations by their hash: a request carries the hash and not the text. */
const OPERATIONS = JSON.parse(readFileSync(new URL('../../graphql/documents.json', import.meta.url), 'utf8'));

/** Whether a request asks for the operation that begins like this. */
function asks(request, beginning) {
  const { documentId = '' } = request.postDataJSON() ?? {};
  return (OPERATIONS[documentId] ?? '').startsWith(beginning);
}

let world;
let rounds;
before(async () => {
  world = await openWorld();
  rounds = (await seedFile('demo/rounds.json')).rounds;
});
after(() => world?.close());

for (const language of LANGUAGES) {
  describe(`the main job (${language})`, () => {
    const answers = ANSWERS[language];
    let words;
    let questions;
    let reference;
    const round = (code) => rounds.find((each) => each.code === code).name[language];
    const as = (email, name, act) =>
      inBrowser(world, `${name}-${language}`, { locale: LOCALES[language] }, async (page) => {
        await signIn(page, world, words, email);
        await act(page);
      });
    before(async () => {
      words = await wordsOf(language);
      questions = await questionsOf(language);
    });

    it('an NGO applies, submits and follows its application', () =>
      as(`endorser@${answers.organisation}.example`, 'applicant', async (page) => {
        const form = applicant(page, words, questions);
        const tasks = await startApplication(page, words, round('DF-IT-2026-2'));
        await writeApplication(page, form, tasks);
        reference = await submitAndFollow(page, form, tasks);
      }));

    it('two reviewers score it beside the document', async () => {
      for (const reviewer of ['reviewer1', 'reviewer2']) {
        await as(`${reviewer}@funder.example`, reviewer, (page) => score(page));
      }
    });

    it('the officer finds it in the inbox with verdict, SROI and both reviews', () =>
      as('officer@funder.example', 'officer', async (page) => {
        await page.getByRole('link', { name: naming(words('funder:home.toInbox'), round('DF-IT-2026-2')) }).click();
        await page.getByLabel(words('funder:filter.text')).fill(reference);
        const row = page.getByRole('row').filter({ hasText: reference });
        await row.getByText(words('common:eligibility.ELIGIBLE'), { exact: true }).waitFor();
        await page.getByText(new RegExp(words('funder:filter.count', { shown: 1, all: '\\d+' }))).waitFor();
        const cells = await row.getByRole('cell').allInnerTexts();
        assert.ok(cells.some((cell) => /^\d+\.\d{2}\D+\d+\.\d{2}\D+\d+\.\d{2}/.test(cell)), `no SROI with its range in ${cells.join(' | ')}`);
        assert.ok(cells.includes('2'), `no two reviews in ${cells.join(' | ')}`);
      }));

    it('figures of the shortlist open their working, criteria what they compare', () =>
      as('officer@funder.example', 'shortlist', async (page) => {
        await page.getByRole('link', { name: naming(words('funder:home.toShortlist'), round('DF-IT-2026-1')) }).click();
        await heading(page).waitFor();
        const why = page.getByRole('button', { name: naming(words('funder:shortlist.why'), UNDECIDED[language]) });
        await why.click();
        const caption = words('funder:shortlist.contributions', { reference: UNDECIDED[language] });
        const parts = page.getByRole('table', { name: caption });
        await parts.getByRole('button').last().click();
        const drawer = page.getByRole('dialog', { name: words('common:working.title') });
        await drawer.getByRole('button', { name: words('common:working.expandAll') }).click();
        await drawer.getByText(words('common:working.method')).first().waitFor();
        await drawer.getByRole('button', { name: words('common:actions.close'), exact: true }).click();
        await drawer.waitFor({ state: 'hidden' });

        await page.getByRole('link', { name: UNDECIDED[language], exact: true }).click();
        await heading(page).waitFor();
        await page.getByRole('link', { name: words('funder:application.part.eligibility'), exact: true }).click();
        const verdict = page.getByRole('region', { name: words('common:verdict.title'), exact: true });
        await verdict.getByText(words('common:verdict.person')).waitFor();
        await verdict.getByRole('button').click();
        const cap = verdict.getByRole('listitem').filter({ hasText: 'DF-E06' });
        await cap.getByText(new RegExp(`${words('common:verdict.threshold')}[:：] ?HK\\$`)).waitFor();
      }));

    it('a criterion that is not met says why and how to put it right', () =>
      as('officer@funder.example', 'criterion', async (page) => {
        const card = page.getByRole('region', { name: round('DF-IT-2026-1') });
        await card.getByRole('link', { name: new RegExp(`^${words('common:eligibility.NOT_ELIGIBLE')}: \\d+$`) }).click();
        await page.getByRole('link', { name: /^DF-26-/ }).first().click();
        await page.getByRole('link', { name: words('funder:application.part.eligibility'), exact: true }).click();
        const verdict = page.getByRole('region', { name: words('common:verdict.title'), exact: true });
        const unmet = verdict.getByRole('listitem').filter({ hasText: words('common:criterion.FAIL') }).first();
        await unmet.getByText(words('common:severity.HARD')).first().waitFor();
        await unmet.getByText(words('common:verdict.toFix')).waitFor();
        const lines = await unmet.getByRole('paragraph').allInnerTexts();
        assert.ok(lines.length >= 4, `no reason in ${lines.join(' | ')}`);
      }));

    it('the officer reads who records decisions', () =>
      as('officer@funder.example', 'who-decides', async (page) => {
        await page.getByRole('link', { name: naming(words('funder:home.toShortlist'), round('DF-IT-2026-1')) }).click();
        await page.getByRole('link', { name: UNDECIDED[language], exact: true }).click();
        await page.getByRole('link', { name: words('funder:application.part.decisions'), exact: true }).click();
        await page.getByText(words('funder:decision.chairOnly')).waitFor();
        assert.equal(await page.getByRole('button', { name: words('funder:decision.record') }).count(), 0);
      }));

    it('a decision half written outlives another tab and a reload, and is told all that is wrong at once', () =>
      as('chair@funder.example', 'half', async (page) => {
        const part = (name) => page.getByRole('link', { name: words(`funder:application.part.${name}`), exact: true });
        await page.getByRole('link', { name: naming(words('funder:home.toShortlist'), round('DF-IT-2026-1')) }).click();
        await page.getByRole('link', { name: UNDECIDED[language], exact: true }).click();
        await part('decisions').click();
        const form = page.getByRole('region', { name: words('funder:decision.title') });
        const inPart = form.getByLabel(words('funder:decision.act.APPROVE_IN_PART'), { exact: true });
        const amounts = form.getByRole('table', { name: words('funder:decision.lines') });
        await inPart.check();
        await page.locator('#decision-conditions').fill(answers.decision);
        await amounts.getByRole('textbox').first().fill('1.005');
        await form.getByRole('button', { name: words('funder:decision.record') }).click();
        assert.equal(await form.getByRole('alert').getByRole('link').count(), 3, 'amount, coded reason and reason');
        await amounts.getByRole('row').last().getByText(words('common:state.unknown')).waitFor();
        await amounts.getByRole('textbox').first().fill('99999999');
        await page.locator('#decision-reason').fill(answers.decision);
        await form.getByRole('button', { name: words('funder:decision.record') }).click();
        assert.equal(await form.getByRole('alert').getByRole('link').count(), 2, 'amount and coded reason');
        for (const leave of [() => part('reviews').click().then(() => part('decisions').click()), () => page.reload()]) {
          await leave();
          await form.getByText(words('funder:review.restored')).waitFor();
          assert.equal(await page.locator('#decision-reason').inputValue(), answers.decision);
          assert.equal(await page.locator('#decision-conditions').inputValue(), answers.decision);
          assert.ok(await inPart.isChecked());
          assert.equal(await amounts.getByRole('textbox').first().inputValue(), '99999999');
        }
      }));

    it('the chair records a decision with a reason', () =>
      as('chair@funder.example', 'chair', async (page) => {
        await page.getByRole('link', { name: naming(words('funder:home.toShortlist'), round('DF-IT-2026-1')) }).click();
        await page.getByRole('link', { name: UNDECIDED[language], exact: true }).click();
        await page.getByRole('link', { name: words('funder:application.part.decisions'), exact: true }).click();
        const form = page.getByRole('region', { name: words('funder:decision.title') });
        await form.getByLabel(words('funder:decision.act.APPROVE'), { exact: true }).check();
        await form.getByRole('button', { name: words('funder:decision.record') }).click();
        await form.getByRole('alert').getByRole('link').first().waitFor();
        await form.getByLabel(words('funder:decision.reason'), { exact: false }).last().fill(answers.decision);
        await form.getByRole('button', { name: words('funder:decision.record') }).click();
        const dialog = page.getByRole('dialog', { name: words('funder:decision.confirmTitle') });
        await dialog.getByRole('button', { name: words('funder:decision.record') }).click();
        const recorded = page.getByRole('article').first();
        await recorded.getByText(words('common:decision.APPROVE'), { exact: true }).waitFor();
        await recorded.getByText(answers.decision).waitFor();
        await recorded.getByText('Lau Mei-fong').waitFor();
        await page.reload();
        await page.getByRole('region', { name: words('funder:decision.supersede') }).waitFor();
        assert.equal(await page.locator('#decision-reason').inputValue(), '', 'what was recorded does not come back');
      }));

    it('the council sees the sector, with small cells suppressed', () =>
      as('analyst@council.example', 'council', async (page) => {
        const table = page.getByRole('table').first();
        await table.getByText(words('council:suppressed')).first().waitFor();
        const total = table.getByRole('row').last();
        assert.match(await total.innerText(), /\d{1,3}(,\d{3})+/);
        const rows = await table.getByRole('row').allInnerTexts();
        assert.ok(rows.some((row) => /\d,\d{3}/.test(row) && !row.includes(words('council:table.total'))));
        assert.ok(!rows.some((row) => row.includes(answers.title[language])));
      }));

    async function writeApplication(page, form, tasks) {
      await page.getByRole('link', { name: questions.title('organisation'), exact: true }).click();
      await form.field('organisation', 'confirmed').check();
      await form.goOn(questions.title('project'));

      await fillProject(form, answers, page);
      await correctShare(page, form);
      await form.goOn(questions.title('budget'));

      const asked = page.getByRole('region', { name: words('applicant:budget.figures') });
      await addBudgetLine(page, form, words, {
        description: answers.line,
        type: 'software',
        cells: [['grant', '2026-27', '120,000'], ['grant', '2027-28', '100000.50'], ['own', '2027-28', '２０，０００']],
      });
      await asked.getByText('HK$220,000.50').waitFor();
      await addBudgetLine(page, form, words, {
        description: answers.training,
        type: 'training',
        cells: [['grant', '2027-28', '29,999.50']],
      });
      await asked.getByText('HK$250,000.00').waitFor();
      await asked.getByText('HK$270,000.00').waitFor();
      await form.goOn(questions.title('procurement'));

      await addPurchase(page, form, answers.purchase);
      await form.goOn(questions.title('cost_sharing'));

      await form.choose('cost_sharing', 'financial_year', '2026-27');
      await addPool(page, form, words, answers);
      await page.getByText('HK$79,605.27').waitFor();
      await page.getByText('HK$20,394.74').waitFor();
      await form.goOn(questions.title('value_map'));
      await writeValueMap(page, form);

      await form.goOn(questions.title('declarations'));
      await fillDeclarations(page, form, words, answers);
      await form.saved();
      await page.goto(tasks);
      await page.getByText(words('applicant:tasks.progress', { complete: 7, total: 7 })).waitFor();
      await page.getByText(words('common:eligibility.ELIGIBLE'), { exact: true }).waitFor();
    }

    /** What cannot be read is named beside the field and in the summary; nothing typed is lost. */
    async function correctShare(page, form) {
      const share = form.field('project', 'subvented_share');
      await share.fill('most of it');
      await form.saved();
      await page.locator('[aria-invalid="true"]').waitFor();
      await form.button('applicant:section.saveAndContinue').click();
      const summary = page.getByRole('alert');
      await summary.getByRole('heading', { name: words('common:errorSummary.title') }).waitFor();
      const link = summary.getByRole('link', { name: questions.ask('project', 'subvented_share') });
      const described = (await share.getAttribute('aria-describedby')) ?? '';
      const id = described.split(' ').find((part) => part.endsWith('-error'));
      const beside = await page.locator(`[id="${id}"]`).innerText();
      assert.ok((await link.innerText()).endsWith(beside), 'the summary says what the field says');
      await link.click();
      assert.ok(await share.evaluate((field) => field === document.activeElement));
      assert.equal(await share.inputValue(), 'most of it');
      assert.equal(await form.field('project', 'need').inputValue(), answers.need);
      await share.fill('80');
      await form.saved();
      await page.locator('[aria-invalid="true"]').waitFor({ state: 'detached' });
      await loseThePage(page, form);
      await page.reload();
      await settled(page, words);
      assert.equal(await form.field('project', 'summary').inputValue(), answers.summary);
      assert.equal(await form.field('project', 'title.zh').inputValue(), answers.title.zh);
      assert.equal(await share.inputValue(), '80%');
    }

    /** A page that goes away while the server cannot be reached keeps what was typed on the device. */
    async function loseThePage(page, form) {
      await page.route('**/graphql', (route) =>
        asks(route.request(), 'mutation SectionSave') ? route.abort() : route.continue(),
      );
      const need = form.field('project', 'need');
      await need.fill(`${answers.need}!`);
      await page.getByRole('status').filter({ hasText: words('applicant:save.failed') }).waitFor();
      await page.reload();
      await page.getByText(words('applicant:save.restored')).waitFor();
      assert.equal(await need.inputValue(), `${answers.need}!`);
      await page.unroute('**/graphql');
      await need.fill(answers.need);
      await form.saved();
    }

    async function writeValueMap(page, form) {
      await page.getByText(words('common:sroi.none')).waitFor();
      await typeOutcome(page, form, 1, answers.outcomes[0]);
      const ratio = page.getByText(/^\d+\.\d{2} ?: ?1$/);
      await ratio.waitFor();
      const first = await ratio.innerText();
      await typeOutcome(page, form, 2, answers.outcomes[1]);
      await page.waitForFunction(
        ([text, source]) => {
          const shown = [...document.querySelectorAll('main *')].find(
            (part) => part.childElementCount === 0 && new RegExp(source).test(part.textContent.trim()),
          );
          return shown !== undefined && shown.textContent.trim() !== text;
        },
        [first, '^\\d+\\.\\d{2} ?: ?1$'],
      );
      for (const outcome of answers.outcomes) await fillReasons(page, form, words, answers, outcome[1]);
    }

    async function submitAndFollow(page, form) {
      await page.getByRole('link', { name: words('applicant:tasks.check'), exact: true }).click();
      await heading(page).filter({ hasText: words('applicant:check.title') }).waitFor();
      await page.getByText(answers.need).waitFor();
      await form.button('applicant:check.submit').click();
      const dialog = page.getByRole('dialog', { name: words('applicant:check.confirmTitle') });
      await dialog.getByRole('button', { name: words('applicant:check.submit') }).click();
      await page.waitForURL(/\/submitted$/);
      const receipt = page.getByRole('region', { name: words('applicant:submitted.received') });
      await receipt.getByText(/^[0-9a-f]{64}$/).waitFor();
      const progress = page.getByRole('region', { name: words('common:progress.title') });
      for (const kind of ['screen', 'evaluate_sroi', 'apportion']) {
        await progress
          .getByRole('listitem')
          .filter({ hasText: words(`common:workKind.${kind}`) })
          .getByText(words('common:work.DONE'))
          .waitFor();
      }
      const timeline = page.getByRole('region', { name: words('applicant:submitted.timeline') });
      for (const event of ['received', 'screened', 'evaluated']) {
        await timeline.getByText(words(`applicant:submitted.events.${event}`), { exact: true }).waitFor();
      }
      return (await receipt.locator('dd').first().innerText()).trim();
    }

    async function score(page) {
      const queue = page.getByRole('region', { name: round('DF-IT-2026-2') });
      await queue.getByRole('link', { name: naming(words('funder:queue.act.none'), reference) }).click();
      const sheet = page.getByRole('region', { name: words('funder:review.sheet') });
      await page.getByRole('region', { name: words('funder:review.document') }).getByText(answers.need).waitFor();
      const dimensions = sheet.getByRole('radiogroup');
      await dimensions.first().waitFor();
      for (const dimension of await dimensions.all()) await dimension.getByLabel('4', { exact: true }).check();
      await sheet.getByText(words('funder:review.complete')).waitFor();
      await sheet.getByLabel(words('funder:review.overall'), { exact: true }).fill(answers.remark);
      await sheet.getByRole('button', { name: words('funder:review.submit'), exact: true }).click();
      await page.getByRole('dialog').getByRole('button', { name: words('funder:review.submit') }).click();
      await sheet.getByText(words('funder:review.submitted')).waitFor();
    }
  });
}
