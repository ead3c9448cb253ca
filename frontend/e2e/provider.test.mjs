// Why: a person links the own account to one elsewhere, signs in by it, reads why another may not, and ends the link;
// the browser really leaves and comes back, in both languages.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { findings, wrongWith } from './axe.mjs';
import { heading, inBrowser, openWorld, settled, signIn } from './harness.mjs';
import { openIssuer } from './issuer.mjs';
import { LANGUAGES, wordsOf } from './words.mjs';

const PEOPLE = { en: ['finance@kestrel.example', 'en-HK'], zh: ['finance@harbour-lantern.example', 'zh-HK'] };
const NAMES = { en: 'Harbour account', zh: '海港帳戶' };

let world;
let issuer;
before(async () => {
  issuer = await openIssuer();
  process.env['PLUMBLINE_OIDC_ISSUER'] = issuer.address;
  process.env['PLUMBLINE_OIDC_CLIENT_ID'] = 'plumbline';
  process.env['PLUMBLINE_OIDC_LABEL_EN'] = NAMES.en;
  process.env['PLUMBLINE_OIDC_LABEL_ZH'] = NAMES.zh;
  world = await openWorld();
});
after(async () => {
  await world?.close();
  await issuer?.close();
});

for (const language of LANGUAGES) {
  const [email, locale] = PEOPLE[language];
  const name = NAMES[language];
  describe(`an account elsewhere (${language})`, () => {
    let words;
    before(async () => {
      words = await wordsOf(language);
    });
    const inOwn = (what, act) => inBrowser(world, `provider-${what}-${language}`, { locale, refused: ['/auth/provider/link', '/auth/provider/code'] }, act);
    const button = (page, key) => page.getByRole('button', { name: words(key, { name }), exact: true });
    const byProvider = (page) => button(page, 'common:session.provider').click();

    it('asks for the code of the second step of a browser that was sent away only', () =>
      inOwn('code', async (page) => {
        assert.deepEqual(await wrongWith(page, words, language, '/sign-in#code'), []);
        await heading(page).filter({ hasText: words('common:session.codeTitle') }).waitFor();
        const code = page.getByLabel(words('common:session.code'), { exact: true });
        await code.fill('492039');
        await button(page, 'common:session.submit').click();
        await page.getByRole('alert').getByText(words('problems:provider_state')).waitFor();
        assert.equal(await code.inputValue(), '492039');
        assert.deepEqual(await findings(page), []);
      }));

    it('is linked, signs in, is told why it may not, and is unlinked', () =>
      inOwn('whole', async (page) => {
        issuer.subject = `subject-${language}`;
        await page.goto('/');
        await settled(page, words);
        await byProvider(page);
        await page.getByRole('alert').getByText(words('problems:provider_not_linked')).waitFor();
        assert.deepEqual(await findings(page), []);
        issuer.subject = null;
        await byProvider(page);
        await page.getByRole('alert').getByText(words('problems:provider_declined')).waitFor();

        issuer.subject = `subject-${language}`;
        await signIn(page, world, words, email);
        assert.deepEqual(await wrongWith(page, words, language, '/account'), []);
        await page.setViewportSize({ width: 1280, height: 900 });
        const section = page.getByRole('region', { name: words('account:provider.title', { name }), exact: true });
        const password = section.getByLabel(words('account:again.password'), { exact: true });
        await password.fill('not my password');
        await button(section, 'account:provider.link').click();
        await section.getByRole('alert').getByText(words('problems:password_wrong')).waitFor();
        assert.equal(await password.inputValue(), 'not my password');
        await password.fill(world.password);
        await button(section, 'account:provider.link').click();
        await section.getByText(words('account:provider.since')).waitFor();
        assert.equal(new URL(page.url()).pathname, '/account');

        await inOwn('other', async (other) => {
          await other.goto('/method');
          await other.goto('/account');
          await settled(other, words);
          await byProvider(other);
          // Back where the browser left from.
          await heading(other).filter({ hasText: words('account:title') }).waitFor();
          await other.getByText(words('account:sessions.way.provider')).waitFor();
          assert.deepEqual(await findings(other), []);
        });

        await section.getByLabel(words('account:again.password'), { exact: true }).fill(world.password);
        await button(section, 'account:provider.unlink').click();
        await section.getByText(words('account:provider.unlinked')).waitFor();
        assert.deepEqual(await findings(page), []);
      }));
  });
}
