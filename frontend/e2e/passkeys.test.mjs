// Why: a person adds a passkey on the account page, signs in with it and nothing else, removes it, and it no longer
// works; with a real browser and an authenticator that it keeps itself, in both languages.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { findings, wrongWith } from './axe.mjs';
import { heading, inBrowser, openWorld, settled, signIn } from './harness.mjs';
import { LANGUAGES, wordsOf } from './words.mjs';

const PEOPLE = { en: ['finance@kestrel.example', 'en-HK'], zh: ['finance@harbour-lantern.example', 'zh-HK'] };
const DEVICE = {
  protocol: 'ctap2',
  transport: 'internal',
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
  automaticPresenceSimulation: true,
};

let world;
let baseURL;
before(async () => {
  world = await openWorld();
  // Browsers bind a passkey to a name, never to a number.
  baseURL = world.origin.replace('127.0.0.1', 'localhost');
});
after(() => world?.close());

/** Gives the browser a device that keeps passkeys; whether it recognises its owner can be changed. */
async function withDevice(page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', { options: DEVICE });
  return {
    recognises: (isUserVerified) => cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
    kept: async () => (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
  };
}

for (const language of LANGUAGES) {
  const [email, locale] = PEOPLE[language];
  describe(`passkeys (${language})`, () => {
    let words;
    before(async () => {
      words = await wordsOf(language);
    });
    const inOwn = (what, options, act) =>
      inBrowser(
        world,
        `passkeys-${what}-${language}`,
        { locale, refused: ['/auth/passkeys/add', '/auth/passkeys/add/begin', '/auth/passkeys/sign-in', '/auth/passkeys/remove'], ...options },
        act,
      );
    const button = (page, key) => page.getByRole('button', { name: words(key), exact: true });
    const signOut = async (page) => {
      await page.getByRole('button', { name: words('common:signOut'), exact: true }).click();
      await button(page, 'common:session.submit').waitFor();
    };

    // Measured on a desk and on a phone, then used on the desk again.
    const looksRight = async (page) => {
      assert.deepEqual(await wrongWith(page, words, language, '/account'), []);
      await page.setViewportSize({ width: 1280, height: 900 });
    };

    it('is added, signs in alone, and is removed', () =>
      inOwn('whole', { baseURL }, async (page) => {
        const device = await withDevice(page);
        await signIn(page, world, words, email);
        await looksRight(page);
        const section = page.getByRole('region', { name: words('account:passkeys.title'), exact: true });
        await section.getByText(words('account:passkeys.none')).waitFor();
        const password = section.getByLabel(words('account:again.password'), { exact: true });
        const name = section.getByLabel(words('account:passkeys.name'), { exact: true });
        // All that is empty is said at once, before the device is asked.
        await button(section, 'account:passkeys.add').click();
        await section.getByRole('alert').getByText(words('problems:blank')).waitFor();
        await section.getByRole('alert').getByText(words('problems:password_missing')).waitFor();
        await name.fill('x'.repeat(90));
        await password.fill('not my password');
        await button(section, 'account:passkeys.add').click();
        await section.getByRole('alert').getByText(words('problems:password_wrong')).waitFor();
        await password.fill(world.password);
        // A name that is refused costs neither the password nor the passkey that was made.
        await button(section, 'account:passkeys.add').click();
        await section.getByRole('alert').getByText(words('problems:too_long', { count: 90, most: 80 })).waitFor();
        assert.equal((await device.kept()).length, 1);
        await name.fill('Office laptop');
        await button(section, 'account:passkeys.add').click();
        await section.getByText(words('account:passkeys.added')).waitFor();
        await section.getByText('Office laptop', { exact: true }).waitFor();
        assert.equal((await device.kept()).length, 1);
        assert.deepEqual(await findings(page), []);

        await signOut(page);
        await looksRight(page);
        await device.recognises(false);
        await button(page, 'common:session.passkey').click();
        await page.getByRole('alert').getByText(words('problems:passkey_cancelled')).waitFor();
        await device.recognises(true);
        await button(page, 'common:session.passkey').click();
        await heading(page).filter({ hasText: words('account:title') }).waitFor();
        await page.getByText(words('account:sessions.way.passkey')).waitFor();

        const remove = section.getByRole('button', { name: `${words('account:passkeys.remove')}: Office laptop`, exact: true });
        await remove.click();
        assert.deepEqual(await findings(page), []);
        const again = section.getByRole('listitem').getByLabel(words('account:again.password'), { exact: true });
        await again.fill(world.password);
        await button(section.getByRole('listitem'), 'account:passkeys.remove').click();
        await section.getByText(words('account:passkeys.removed')).waitFor();
        await section.getByText(words('account:passkeys.none')).waitFor();

        await signOut(page);
        await page.goto('/account');
        await settled(page, words);
        await button(page, 'common:session.passkey').click();
        await page.getByRole('alert').getByText(words('problems:passkey_refused')).waitFor();
        assert.deepEqual(await findings(page), []);
      }));

    it('says where it works', () =>
      inOwn('number', {}, async (page) => {
        await signIn(page, world, words, email);
        await page.goto('/account');
        await settled(page, words);
        await page.getByText(words('account:passkeys.elsewhere')).waitFor();
        await page.getByRole('link', { name: baseURL, exact: true }).waitFor();
      }));
  });
}
