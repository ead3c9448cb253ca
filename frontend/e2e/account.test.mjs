// Why: a person changes the own password and ends a session that is not theirs, in both languages; everything
// that is wrong with a password is told at once and nothing typed is lost.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { findings, wrongWith } from './axe.mjs';
import { heading, inBrowser, openWorld, settled, signIn } from './harness.mjs';
import { LANGUAGES, wordsOf } from './words.mjs';

const PEOPLE = { en: ['viewer@kestrel.example', 'en-HK'], zh: ['viewer@harbour-lantern.example', 'zh-HK'] };
const BETTER = 'harbour kettle ladder seven';

let world;
before(async () => {
  world = await openWorld();
});
after(() => world?.close());

for (const language of LANGUAGES) {
  const [email, locale] = PEOPLE[language];
  describe(`the own account (${language})`, () => {
    let words;
    before(async () => {
      words = await wordsOf(language);
    });
    const inOwn = (name, act) => inBrowser(world, `account-${name}-${language}`, { locale, refused: ['/auth/password'] }, act);

    it('has no finding of axe and does not scroll sideways', () =>
      inOwn('axe', async (page) => {
        await signIn(page, world, words, email);
        assert.deepEqual(await wrongWith(page, words, language, '/account'), []);
      }));

    it('ends a session elsewhere', () =>
      inOwn('here', async (page) => {
        await signIn(page, world, words, email);
        await inOwn('elsewhere', async (other) => {
          await signIn(other, world, words, email);
          await page.getByRole('contentinfo').getByRole('link', { name: words('common:nav.account') }).click();
          await heading(page).filter({ hasText: words('account:title') }).waitFor();
          await page.getByText(words('account:sessions.current')).waitFor();
          await page.getByRole('button', { name: words('account:sessions.endOthers') }).click();
          await page.getByRole('button', { name: words('account:sessions.end'), exact: true }).first().waitFor({ state: 'hidden' });
          await other.goto('/account');
          await heading(other).filter({ hasText: words('common:session.title') }).waitFor();
        });
      }));

    it('takes a better password and says all that is wrong with a worse one', () =>
      inOwn('password', async (page) => {
        await signIn(page, world, words, email);
        await page.goto('/account');
        await settled(page, words);
        const [now, next] = [page.getByLabel(words('account:password.current'), { exact: true }), page.getByLabel(words('account:password.new'), { exact: true })];
        const change = page.getByRole('button', { name: words('account:password.submit'), exact: true });
        await now.fill('not my password');
        await next.fill('short');
        await change.click();
        await page.getByRole('alert').getByText(words('problems:password_wrong')).waitFor();
        await page.getByRole('alert').getByText(words('problems:password_short', { min: 12 })).waitFor();
        assert.equal(await next.inputValue(), 'short');
        assert.deepEqual(await findings(page), []);
        await now.fill(world.password);
        await next.fill(BETTER);
        await change.click();
        await page.getByText(words('account:password.done')).waitFor();
        await page.reload();
        await heading(page).filter({ hasText: words('account:title') }).waitFor();
      }));
  });
}
