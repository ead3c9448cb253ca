// Why: a person takes the own data away as a file and has it erased on the account page; colleagues then read that the
// person was erased, in both languages.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { findings } from './axe.mjs';
import { heading, inBrowser, openWorld, settled, signIn } from './harness.mjs';
import { LANGUAGES, wordsOf } from './words.mjs';

const PEOPLE = {
  en: { locale: 'en-HK', leaves: 'finance@kestrel.example', last: 'endorser@kestrel.example' },
  zh: { locale: 'zh-HK', leaves: 'reviewer2@funder.example', last: 'steward@council.example' },
};
const NARROW = { width: 390, height: 844 };

let world;
before(async () => {
  world = await openWorld();
});
after(() => world?.close());

for (const language of LANGUAGES) {
  const { locale, leaves, last } = PEOPLE[language];
  describe(`personal data (${language})`, () => {
    let words;
    before(async () => {
      words = await wordsOf(language);
    });
    const inOwn = (name, act) => inBrowser(world, `privacy-${name}-${language}`, { locale, refused: ['/auth/erase'] }, act);
    const button = (page, key) => page.getByRole('button', { name: words(`account:${key}`), exact: true });

    async function onAccount(page, email) {
      await signIn(page, world, words, email);
      await page.goto('/account');
      await settled(page, words);
    }
    async function erase(page, password) {
      await page.getByLabel(words('account:erase.password'), { exact: true }).fill(password);
      await button(page, 'erase.submit').click();
      // It fades in, and out: colours are looked at when it stands, or is gone.
      await page.waitForFunction(() => {
        const dialog = document.querySelector('[role="dialog"]');
        return dialog !== null && getComputedStyle(dialog).opacity === '1';
      });
      assert.deepEqual(await findings(page), []);
      await button(page, 'erase.confirm').click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }

    it('is taken away as a file', () =>
      inOwn('take', async (page) => {
        await onAccount(page, leaves);
        assert.deepEqual(await findings(page), []);
        const coming = page.waitForEvent('download');
        await button(page, 'data.take').click();
        const file = JSON.parse(await readFile(await (await coming).path(), 'utf8'));
        assert.equal(file.held[0].rows[0].email, leaves);
        await page.getByText(words('account:data.taken')).waitFor();
        await page.setViewportSize(NARROW);
        await settled(page, words);
        assert.deepEqual(await findings(page), []);
      }));

    it('is erased for the password and once more, and nobody signs in afterwards', () =>
      inOwn('erase', async (page) => {
        await onAccount(page, leaves);
        await erase(page, 'not my password');
        await page.getByRole('alert').getByText(words('problems:password_wrong')).waitFor();
        await erase(page, world.password);
        await heading(page).filter({ hasText: words('account:erased.title') }).waitFor();
        assert.deepEqual(await findings(page), []);
        await page.goto('/account');
        await page.getByLabel(words('common:session.email'), { exact: true }).waitFor();
      }));

    it('stays while nobody else signs for the organisation', () =>
      inOwn('last', async (page) => {
        await onAccount(page, last);
        if (language === 'en') {
          // Two people sign for this organisation: the other one leaves first.
          await inOwn('other', async (other) => {
            await onAccount(other, 'head@kestrel.example');
            await erase(other, world.password);
            await heading(other).filter({ hasText: words('account:erased.title') }).waitFor();
          });
          await page.goto('/audit');
          await page.getByText(words('common:personErased'), { exact: true }).first().waitFor();
          assert.deepEqual(await findings(page), []);
          await page.goto('/account');
          await settled(page, words);
        }
        await erase(page, world.password);
        const [, advice] = words('problems:last_signer', { en: '@', zh: '@' }).split('@');
        await page.getByRole('alert').getByText(advice).waitFor();
        assert.deepEqual(await findings(page), []);
      }));
  });
}
