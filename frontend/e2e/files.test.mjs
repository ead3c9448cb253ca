// Why: an NGO attaches its papers by a button and by dropping them, reads in its own language why one is refused and
// loses nothing, submits, and the funder downloads the very same bytes.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { findings, wrongWith } from './axe.mjs';
import { heading, inBrowser, openWorld, seedFile, settled, signIn } from './harness.mjs';
import { LANGUAGES, wordsOf } from './words.mjs';

const NGO = 'endorser@kestrel.example';
const EDITOR = 'editor@kestrel.example';
const OFFICER = 'officer@funder.example';

/** A PDF of one empty page; the note makes its hash its own. */
function pdf(note, more = '') {
  return Buffer.from(
    `%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R ${more} >>\nendobj\n` +
      '2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n' +
      '3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>\nendobj\n' +
      `4 0 obj\n<< /Title (${note}) >>\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n0\n%%EOF\n`,
  );
}

/** A complete draft of the open round, saved as the pages save it. */
async function completeDraft(page) {
  const { sections } = await seedFile('demo/applications/DF-26-058.json');
  const { rounds } = await seedFile('demo/rounds.json');
  const round = rounds.find(({ code }) => code === 'DF-IT-2026-2');
  return page.evaluate(
    async ([roundId, all]) => {
      const ask = async (query, input) => {
        const answer = await fetch('/graphql', {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-plumbline': '1' },
          body: JSON.stringify({ query, variables: { input } }),
        });
        return (await answer.json()).data;
      };
      const started = await ask(
        'mutation($input: ApplicationStartInput!) { applicationStart(input: $input) { application { id } } }',
        { roundId, idempotencyKey: crypto.randomUUID() },
      );
      const applicationId = started.applicationStart.application.id;
      for (const [section, content] of Object.entries(all)) {
        await ask(
          'mutation($input: ApplicationSectionSaveInput!) { applicationSectionSave(input: $input) { problems { code } } }',
          { applicationId, section, content, expectedVersion: 0 },
        );
      }
      return applicationId;
    },
    [round.id, sections],
  );
}

let world;
before(async () => {
  world = await openWorld();
});
after(() => world?.close());

for (const language of LANGUAGES) {
  describe(`supporting documents in ${language}`, () => {
    let words;
    let f;
    let home;
    let application;
    const first = pdf(`first ${language}`);
    const second = pdf(`second ${language}`);
    const name = language === 'zh' ? '報價單 1.pdf' : 'quotation 1.pdf';
    const locale = language === 'zh' ? 'zh-HK' : 'en-HK';
    before(async () => {
      words = await wordsOf(language);
      f = (key, values) => words(`files:${key}`, values);
    });
    const as = (email, what, act) =>
      inBrowser(world, `files-${what}-${language}`, { locale, refused: ['/files/upload/'] }, async (page) => {
        await signIn(page, world, words, email);
        await act(page);
      });
    const row = (page, text) => page.getByRole('row').filter({ hasText: text });
    const clean = (page, text) => row(page, text).getByText(f('state.CLEAN'), { exact: true }).waitFor();

    it('are attached by a button and by dropping, refused in words, and removed', () =>
      as(NGO, 'attach', async (page) => {
        home = new URL(page.url()).pathname.replace(/\/$/, '');
        application = await completeDraft(page);
        await page.goto(`${home}/applications/${application}`);
        await page.getByRole('link', { name: f('title'), exact: true }).click();
        await heading(page).filter({ hasText: f('title') }).waitFor();
        await page.getByText(f('notScanned')).waitFor();
        await page.getByText(f('table.none')).waitFor();

        await page.getByLabel(f('add.kind')).selectOption('AUDITED_ACCOUNTS');
        const choosing = page.waitForEvent('filechooser');
        await page.getByRole('button', { name: f('add.choose'), exact: true }).click();
        await (await choosing).setFiles([
          { name, mimeType: 'application/pdf', buffer: first },
          { name: 'script.pdf', mimeType: 'application/pdf', buffer: pdf('x', '/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>') },
          { name: 'minutes.pdf.exe', mimeType: 'application/pdf', buffer: first },
        ]);
        await clean(page, name);
        await row(page, name).getByText(f('kind.AUDITED_ACCOUNTS')).waitFor();
        await row(page, name).getByText(f('stateHelp.notScanned')).waitFor();
        await row(page, name).getByText(createHash('sha256').update(first).digest('hex').slice(0, 12)).waitFor();
        const alert = page.getByRole('alert');
        await alert.getByText(words('problems:file_has_scripts')).waitFor();
        await alert.getByText(words('problems:file_name_double_ending', { ending: 'pdf' })).waitFor();
        assert.equal(await page.getByLabel(f('add.kind')).inputValue(), 'AUDITED_ACCOUNTS');
        assert.deepEqual(await findings(page), []);
        await page.getByRole('button', { name: f('add.dismiss') }).click();
        await alert.getByText(f('add.refusedTitle')).waitFor({ state: 'hidden' });

        await page.getByLabel(f('add.kind')).selectOption('BOARD_MINUTES');
        const dropped = await page.evaluateHandle((bytes) => {
          const transfer = new DataTransfer();
          transfer.items.add(new File([new Uint8Array(bytes)], 'minutes.pdf', { type: 'application/pdf' }));
          return transfer;
        }, [...second]);
        const area = page.locator('.pl-drop');
        await area.dispatchEvent('dragover', { dataTransfer: dropped });
        await page.getByText(f('add.dropNow')).waitFor();
        await area.dispatchEvent('drop', { dataTransfer: dropped });
        await clean(page, 'minutes.pdf');
        await row(page, 'minutes.pdf').getByText(f('kind.BOARD_MINUTES')).waitFor();

        await page.getByRole('button', { name: f('removeOf', { name: 'minutes.pdf' }) }).click();
        const dialog = page.getByRole('dialog', { name: f('removeTitle') });
        await dialog.getByRole('button', { name: f('remove'), exact: true }).click();
        await page.getByText(f('removed', { name: 'minutes.pdf' })).waitFor();
        await row(page, 'minutes.pdf').waitFor({ state: 'hidden' });
        assert.deepEqual(await wrongWith(page, words, language, `${home}/applications/${application}/files`), []);
      }));

    it('are frozen by submitting', () =>
      as(NGO, 'submit', async (page) => {
        await page.goto(`${home}/applications/${application}/check`);
        await settled(page, words);
        await page.getByRole('button', { name: words('applicant:check.submit'), exact: true }).click();
        const dialog = page.getByRole('dialog', { name: words('applicant:check.confirmTitle') });
        await dialog.getByRole('button', { name: words('applicant:check.submit') }).click();
        await page.waitForURL(/\/submitted$/);
        await page.getByRole('link', { name: f('title'), exact: true }).click();
        await page.getByText(f('frozen')).waitFor();
        await clean(page, name);
        assert.equal(await page.getByRole('button', { name: f('removeOf', { name }) }).count(), 0);
        assert.equal(await page.getByRole('button', { name: f('add.choose') }).count(), 0);
      }));

    it('are downloaded by the funder, byte for byte', () =>
      as(OFFICER, 'download', async (page) => {
        const { rounds } = await seedFile('demo/rounds.json');
        const round = rounds.find(({ code }) => code === 'DF-IT-2026-2');
        const reference = await referenceOf(application);
        await page.goto(`/f/${round.owner_tenant_id}/rounds/${round.id}/inbox?q=${reference}`);
        await page.getByRole('link', { name: reference, exact: true }).click();
        const part = page.getByRole('region', { name: f('title') });
        await clean(part, name);
        const waiting = page.waitForEvent('download');
        await part.getByRole('button', { name: f('downloadOf', { name }) }).click();
        const download = await waiting;
        assert.equal(download.suggestedFilename(), name);
        assert.ok(first.equals(await readFile(await download.path())));
        assert.equal(await part.getByRole('button', { name: f('removeOf', { name }) }).count(), 0);
        assert.deepEqual(await wrongWith(page, words, language, new URL(page.url()).pathname), []);
      }));

    /** What the application is called, asked as somebody of the NGO. */
    async function referenceOf(id) {
      let reference;
      await as(EDITOR, 'reference', async (page) => {
        await page.goto(`${home}/applications/${id}/submitted`);
        await settled(page, words);
        reference = /DF-[\w-]+/.exec(await page.getByRole('main').innerText())?.[0];
      });
      assert.ok(reference);
      return reference;
    }
  });
}
