// Why: a person turns two-step sign-in on with an app, signs in with its code, gets in with a recovery code when the
// phone is not at hand, and turns it off, in both languages.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { findings } from './axe.mjs';
import { heading, inBrowser, openWorld, settled, signIn } from './harness.mjs';
import { LANGUAGES, wordsOf } from './words.mjs';

const PEOPLE = { en: ['finance@kestrel.example', 'en-HK'], zh: ['finance@harbour-lantern.example', 'zh-HK'] };
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The code that an app shows for this key, some steps of thirty seconds from now (RFC 6238). */
function shown(key, steps = 0) {
  const bits = [...key].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const bytes = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const mac = createHmac('sha1', bytes).update(counter).digest();
  const offset = mac[mac.length - 1] & 15;
  const number = mac.readUInt32BE(offset) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

let world;
before(async () => {
  world = await openWorld();
});
after(() => world?.close());

for (const language of LANGUAGES) {
  const [email, locale] = PEOPLE[language];
  describe(`two-step sign-in (${language})`, () => {
    let words;
    before(async () => {
      words = await wordsOf(language);
    });
    const inOwn = (name, act) =>
      inBrowser(world, `second-step-${name}-${language}`, { locale, refused: ['/auth/second-step/begin', '/auth/second-step/confirm', '/auth/login'] }, act);
    const button = (page, name) => page.getByRole('button', { name: words(`account:second.${name}`), exact: true });

    async function withCode(page, code) {
      await page.goto('/account');
      await page.getByLabel(words('common:session.email'), { exact: true }).fill(email);
      await page.getByLabel(words('common:session.password'), { exact: true }).fill(world.password);
      await page.getByRole('button', { name: words('common:session.submit'), exact: true }).click();
      const field = page.getByLabel(words('common:session.code'), { exact: true });
      await field.waitFor();
      assert.deepEqual(await findings(page), []);
      await field.fill(code);
      await page.getByRole('button', { name: words('common:session.submit'), exact: true }).click();
    }

    it('is turned on, asked for, and turned off', () =>
      inOwn('whole', async (page) => {
        await signIn(page, world, words, email);
        await page.goto('/account');
        await settled(page, words);
        const password = page.getByLabel(words('account:second.password'), { exact: true });
        await button(page, 'setUp').click();
        await page.getByRole('alert').getByText(words('problems:password_missing')).waitFor();
        await password.fill('not my password');
        await button(page, 'setUp').click();
        await page.getByRole('alert').getByText(words('problems:password_wrong')).waitFor();
        await password.fill(world.password);
        await button(page, 'setUp').click();
        await page.getByAltText(words('account:second.picture')).waitFor();
        assert.deepEqual(await findings(page), []);
        const key = await page.locator('.pl-key').innerText();
        const code = page.getByLabel(words('account:second.code'), { exact: true });
        await code.fill('12');
        await button(page, 'confirm').click();
        await page.getByRole('alert').getByText(words('problems:second_step_refused')).waitFor();
        assert.equal(await code.inputValue(), '12');
        await code.fill(shown(key, -1));
        await button(page, 'confirm').click();
        await page.getByText(words('account:second.codesHelp')).waitFor();
        assert.deepEqual(await findings(page), []);
        const codes = await page.locator('.pl-codes code').allInnerTexts();
        assert.equal(codes.length, 10);
        await button(page, 'kept').click();
        await page.getByText(words('account:second.left_other', { count: 10 })).waitFor();

        await inOwn('app', async (other) => {
          await withCode(other, '000000');
          await other.getByRole('alert').getByText(words('problems:second_step_refused')).waitFor();
          await other.getByLabel(words('common:session.code'), { exact: true }).fill(shown(key));
          await other.getByRole('button', { name: words('common:session.submit'), exact: true }).click();
          await heading(other).filter({ hasText: words('account:title') }).waitFor();
        });

        await inOwn('recovery', async (other) => {
          await withCode(other, codes[0]);
          await heading(other).filter({ hasText: words('account:title') }).waitFor();
          await other.getByText(words('account:second.left_other', { count: 9 })).waitFor();
          assert.deepEqual(await findings(other), []);
          await other.getByLabel(words('account:second.codeOrRecovery'), { exact: true }).fill(codes[1]);
          await other.getByLabel(words('account:second.password'), { exact: true }).fill(world.password);
          await button(other, 'end').click();
          await other.getByText(words('account:second.ended')).waitFor();
        });
      }));
  });
}
