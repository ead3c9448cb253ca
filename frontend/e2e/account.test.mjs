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
    const inOwn = (name, act) => inBrowser(world, `account-${name}-${language}`, { locale, refused: ['/auth/password', '/auth/tokens'] }, act);

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
          await page.getByText(words('account:sessions.device', { browser: 'Chrome', system: 'Linux' }), { exact: true }).first().waitFor();
          await page.getByRole('button', { name: words('account:sessions.endOthers') }).click();
          await page.getByRole('button', { name: words('account:sessions.end'), exact: true }).first().waitFor({ state: 'hidden' });
          await other.goto('/account');
          await heading(other).filter({ hasText: words('common:session.title') }).waitFor();
        });
      }));

    it('makes a token, whose secret is shown once and opens what was chosen, and ends it', () =>
      inOwn('token', async (page) => {
        await signIn(page, world, words, email);
        await page.goto('/account');
        await settled(page, words);
        await page.getByText(words('account:tokens.none')).waitFor();
        const make = page.getByRole('button', { name: words('account:tokens.submit') });
        await make.click();
        for (const code of ['blank', 'token_scopes_missing', 'password_missing']) {
          await page.getByRole('alert').getByText(words(`problems:${code}`)).waitFor();
        }
        // The summary names the field, by the label that it has on the page.
        const named = page.getByRole('alert').getByRole('link').filter({ hasText: words('problems:blank') });
        assert.ok((await named.innerText()).startsWith(words('account:tokens.name')));
        assert.deepEqual(await findings(page), []);
        await page.getByLabel(words('account:tokens.name'), { exact: true }).fill('Report 報告');
        await page.getByLabel(words('account:tokens.scopes.applications_read'), { exact: true }).check();
        await page.getByLabel(words('account:tokens.password'), { exact: true }).fill(world.password);
        await make.click();
        await page.getByText(words('account:tokens.made')).waitFor();
        const secret = (await page.locator('#token-secret').textContent()).trim();
        assert.match(secret, /^plt_[0-9a-f]{64}$/);
        assert.deepEqual(await findings(page), []);
        const ask = () =>
          fetch(`${world.origin}/graphql`, {
            method: 'POST',
            headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
            body: JSON.stringify({ query: '{ me { email } applications { nodes { reference } } }' }),
          });
        const answer = await (await ask()).json();
        assert.equal(answer.data.me.email, email);
        assert.ok(answer.data.applications.nodes.length > 0);
        await page.reload();
        await page.getByText(secret.slice(0, 12)).waitFor();
        assert.equal(await page.getByText(secret).count(), 0);
        await page.getByRole('button', { name: words('account:tokens.end'), exact: true }).click();
        await page.getByRole('dialog').getByRole('button', { name: words('account:tokens.end'), exact: true }).click();
        await page.getByText(words('account:tokens.none')).waitFor();
        assert.equal((await ask()).status, 401);
      }));

    it('says what is empty before it asks the server', () =>
      inOwn('empty', async (page) => {
        const asked = [];
        page.on('request', (request) => request.url().endsWith('/auth/login') && asked.push(request.url()));
        await page.goto('/');
        await page.getByRole('button', { name: words('common:session.submit'), exact: true }).click();
        await page.getByRole('alert').getByText(words('problems:email_missing')).waitFor();
        await page.getByRole('alert').getByText(words('problems:password_missing')).waitFor();
        assert.deepEqual(asked, []);
        assert.deepEqual(await findings(page), []);
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
