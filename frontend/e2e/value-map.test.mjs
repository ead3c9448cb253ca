// Why: the value map as people use it: a table pasted from Excel, filled down, taken back, valued from
// the library, sent to Excel and brought back; and who was asked.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { inBrowser, openWorld, seedFile, settled, signIn } from './harness.mjs';
import { LANGUAGES, wordsOf } from './words.mjs';
import { numbersOf, withCell } from './xlsx.mjs';

const CLIPBOARD = { permissions: ['clipboard-read', 'clipboard-write'] };
const draft = await seedFile('demo/applications/DF-26-060.json');

let world;
before(async () => {
  world = await openWorld();
});
after(() => world?.close());

for (const language of LANGUAGES) {
  describe(`the value map in ${language}`, async () => {
    const words = await wordsOf(language);
    const sheet = language === 'zh' ? '成效' : 'Outcomes';
    const locale = language === 'zh' ? 'zh-HK' : 'en-HK';

    const open = (name, act) => () =>
      inBrowser(world, `value-map-${name}-${language}`, { locale, ...CLIPBOARD }, async (page) => {
        await page.addInitScript((chosen) => localStorage.setItem('plumbline.language', chosen), language);
        await signIn(page, world, words, 'endorser@green-slope.example');
        await page.goto(`/o/${draft.tenant_id}/applications/${draft.id}/value_map`);
        await settled(page, words);
        await page.getByRole('grid').waitFor();
        await act(page);
        await saved(page);
      });
    const saved = async (page) => {
      const [start, end] = words('applicant:save.saved', { time: '|' }).split('|');
      await page.waitForFunction(
        ([ahead, behind]) =>
          [...document.querySelectorAll('[role=status]')].some(({ textContent }) => textContent.startsWith(ahead) && textContent.endsWith(behind)),
        [start, end],
      );
    };
    const cell = (page, row, key) => page.locator(`[id="field-outcomes[${row}].${key}"]`);
    const shows = (page, row, key, text) => cell(page, row, key).filter({ hasText: text }).waitFor();
    const copied = (page, text) => page.evaluate((plain) => navigator.clipboard.writeText(plain), text);
    const ratio = (page) => page.locator('.pl-ratio-figure').innerText();

    it('takes a pasted block whole or not at all', open('paste', async (page) => {
      const earlier = await cell(page, 1, 'deadweight').innerText();
      await cell(page, 0, 'deadweight').click();
      await copied(page, '11%\t5%\n12%\tlots\n13%\t150%');
      await page.keyboard.press('Control+v');
      const alert = page.getByRole('alert');
      await alert.getByRole('heading', { name: words('valuemap:paste.title') }).waitFor();
      await alert.getByText(words('valuemap:paste.why.not_share', { text: 'lots' })).waitFor();
      await alert.getByText(words('valuemap:paste.why.share_range', { text: '150%' })).waitFor();
      assert.equal(await cell(page, 1, 'deadweight').innerText(), earlier, 'nothing was changed');
      await alert.getByRole('button').click();

      await copied(page, '11%\t5%\n12%\t6%');
      await page.keyboard.press('Control+v');
      await shows(page, 1, 'displacement', '6%');
      await page.getByText(words('valuemap:grid.pasted', { count: 4 })).waitFor();
      await page.keyboard.press('Control+z');
      await shows(page, 1, 'deadweight', earlier.split('\n')[0]);
    }));

    it('fills down and goes back and forth, and the ratio follows at once', open('fill', async (page) => {
      const first = await ratio(page);
      const old = (await cell(page, 1, 'attribution').innerText()).split('\n')[0];
      await cell(page, 0, 'attribution').click();
      await page.keyboard.type('77');
      await page.keyboard.press('Enter');
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('Shift+ArrowDown');
      await page.keyboard.press('Control+d');
      await shows(page, 1, 'attribution', '77%');
      await page.waitForFunction((text) => document.querySelector('.pl-ratio-figure')?.textContent !== text, first);
      const bar = page.getByRole('toolbar');
      await bar.getByRole('button', { name: words('valuemap:grid.undo') }).click();
      await shows(page, 1, 'attribution', old);
      await bar.getByRole('button', { name: words('valuemap:grid.redo') }).click();
      await shows(page, 1, 'attribution', '77%');
      await page.keyboard.press('Control+z');
      await page.keyboard.press('Control+z');
      await page.waitForFunction((text) => document.querySelector('.pl-ratio-figure')?.textContent === text, first);
    }));

    it('takes Chinese from an input method straight into a cell', open('ime', async (page) => {
      await cell(page, 0, 'stakeholder').click();
      const earlier = await cell(page, 0, 'stakeholder').innerText();
      const device = await page.context().newCDPSession(page);
      await device.send('Input.imeSetComposition', { text: 'cheung', selectionStart: 6, selectionEnd: 6 });
      await device.send('Input.insertText', { text: '長者' });
      await page.keyboard.press('Enter');
      assert.equal(await cell(page, 0, 'stakeholder').innerText(), '長者');
      await page.keyboard.press('Control+z');
      await shows(page, 0, 'stakeholder', earlier);
    }));

    it('values an outcome from the library in one step', open('proxy', async (page) => {
      await cell(page, 0, 'proxy').click();
      const earlier = (await cell(page, 0, 'proxy').innerText()).split('\n')[0];
      const year = await cell(page, 0, 'price_year').innerText();
      await page.getByRole('button', { name: words('valuemap:proxies.open') }).first().click();
      const dialog = page.getByRole('dialog', { name: words('valuemap:proxies.title') });
      await dialog.getByRole('combobox').selectOption('');
      await page.waitForLoadState('networkidle');
      const card = dialog.getByRole('article').filter({ hasNotText: words('valuemap:proxies.needsLocalBasis') }).first();
      const price = (await card.locator('.pl-num').first().innerText()).replace('HK$', '');
      await card.getByRole('button', { name: words('valuemap:proxies.choose') }).click();
      await dialog.waitFor({ state: 'hidden' });
      await shows(page, 0, 'proxy', price);
      await shows(page, 0, 'price_year', /^\d{4}$/);
      const note = page.getByRole('region', { name: words('valuemap:note.title') });
      await cell(page, 0, 'proxy').click();
      await note.getByText(words('valuemap:proxies.from', { name: '|', version: 1 }).split('|')[0]).waitFor();
      await page.keyboard.type('1');
      await page.keyboard.press('Enter');
      await page.keyboard.press('ArrowUp');
      await note.getByText(words('valuemap:proxies.differs', { value: '|' }).split('|')[0]).waitFor();
      await page.keyboard.press('Control+z');
      await page.keyboard.press('Control+z');
      await shows(page, 0, 'proxy', earlier);
      assert.equal(await cell(page, 0, 'price_year').innerText(), year);
    }));

    it('names everything that a proposal lacks, beside its field', open('propose', async (page) => {
      await cell(page, 0, 'proxy').click();
      await page.getByRole('button', { name: words('valuemap:proxies.open') }).first().click();
      const dialog = page.getByRole('dialog', { name: words('valuemap:proxies.title') });
      await dialog.getByRole('tab', { name: words('valuemap:proxies.own') }).click();
      await dialog.getByRole('button', { name: words('valuemap:proposals.start') }).click();
      await dialog.getByLabel(words('valuemap:proposals.field.value')).fill('dear');
      await dialog.getByRole('button', { name: words('valuemap:proposals.send') }).click();
      await dialog.getByRole('alert').waitFor();
      assert.ok((await dialog.locator('[aria-invalid="true"]').count()) >= 8);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
    }));

    it('goes to Excel and back, and nothing counts before it was seen', open('workbook', async (page) => {
      await saved(page);
      const asked = page.waitForEvent('download');
      await page.getByRole('button', { name: words('valuemap:workbook.download') }).click();
      const workbook = await readFile(await (await asked).path());
      const share = (await cell(page, 0, 'deadweight').innerText()).split('\n')[0];
      const number = Number(share.replace('%', '')) / 100;
      const place = numbersOf(workbook, sheet).find(({ value }) => value === number);
      assert.ok(place, 'the share stands in the workbook as a number');
      const bring = (bytes) =>
        page.locator('input[type=file]').setInputFiles({
          name: 'value-map.xlsx',
          mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
          buffer: bytes,
        });
      const dialog = page.getByRole('dialog', { name: words('valuemap:workbook.diffTitle') });

      await bring(withCell(workbook, sheet, place.cell, 'lots'));
      await dialog.getByRole('alert').getByText(place.cell).waitFor();
      assert.equal(await dialog.getByRole('button', { name: words('valuemap:workbook.accept') }).count(), 0);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });

      await bring(withCell(workbook, sheet, place.cell, 0.41));
      await dialog.getByRole('cell', { name: '41%', exact: true }).waitFor();
      await dialog.getByText(place.cell).waitFor();
      assert.equal((await cell(page, 0, 'deadweight').innerText()).split('\n')[0], share, 'nothing is taken over unseen');
      await dialog.getByRole('button', { name: words('valuemap:workbook.accept') }).click();
      await page.getByRole('gridcell').filter({ hasText: '41%' }).first().waitFor();
      await saved(page);
      await page.getByRole('toolbar').getByRole('button', { name: words('valuemap:grid.undo') }).click();
      await page.getByRole('gridcell').filter({ hasText: '41%' }).first().waitFor({ state: 'detached' });
    }));

    it('lists who is involved and how many were asked', open('stakeholders', async (page) => {
      const list = page.getByRole('region', { name: words('valuemap:stakeholders.title') });
      const rows = await list.getByRole('row').count();
      await list.getByRole('button', { name: words('valuemap:stakeholders.add') }).click();
      const row = list.getByRole('row').last();
      const name = language === 'zh' ? '照顧者' : 'Carers';
      await row.getByRole('textbox').nth(0).fill(name);
      await row.getByRole('textbox').nth(2).fill('250');
      await row.getByRole('textbox').nth(3).fill('12');
      await saved(page);
      await page.reload();
      await settled(page, words);
      assert.equal(await list.getByRole('row').last().getByRole('textbox').first().inputValue(), name);
      await list.getByRole('row').last().getByRole('button').click();
      await page.waitForFunction(
        ([label, count]) => document.querySelectorAll(`[aria-label="${label}"] tr`).length <= count,
        [words('valuemap:stakeholders.title'), rows],
      );
    }));
  });
}
