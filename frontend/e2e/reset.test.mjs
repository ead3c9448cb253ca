// Why: somebody who forgot the password sets another by the link in the mail, in both languages; a link works once,
// and the page says the same for an address that nobody has.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { findings, wrongWith } from './axe.mjs';
import { heading, inBrowser, openWorld } from './harness.mjs';
import { LANGUAGES, wordsOf } from './words.mjs';

const PEOPLE = { en: ['viewer@kestrel.example', 'en-HK'], zh: ['viewer@harbour-lantern.example', 'zh-HK'] };
const BETTER = 'harbour kettle ladder seven';
const MAIL_SECONDS = 15;

let world;
before(async () => {
  world = await openWorld();
});
after(() => world?.close());

/** The link of the newest mail to this address. */
async function linkTo(email) {
  for (let second = 0; second < MAIL_SECONDS; second += 1) {
    const own = (await world.mails()).filter(({ head }) => head.includes(email));
    const link = /http\S+\/reset#\w+/.exec(own.at(-1)?.text ?? '')?.[0];
    if (link) return link;
    await wait(1000);
  }
  throw new Error(`no mail to ${email}`);
}

for (const language of LANGUAGES) {
  const [email, locale] = PEOPLE[language];
  describe(`a forgotten password (${language})`, () => {
    let words;
    before(async () => {
      words = await wordsOf(language);
    });
    const inOwn = (name, act) => inBrowser(world, `reset-${name}-${language}`, { locale, refused: ['/auth/reset', '/auth/reset/ask', '/auth/login'] }, act);

    it('has no finding of axe and does not scroll sideways', () =>
      inOwn('axe', async (page) => {
        assert.deepEqual(await wrongWith(page, words, language, '/reset'), []);
      }));

    it('is set anew by the link in the mail, once', () =>
      inOwn('link', async (page) => {
        await page.goto('/');
        await page.getByRole('link', { name: words('common:session.forgotten') }).click();
        await heading(page).filter({ hasText: words('account:reset.title') }).waitFor();
        const address = page.getByLabel(words('common:session.email'), { exact: true });
        const ask = page.getByRole('button', { name: words('account:reset.ask'), exact: true });
        await address.fill('nobody');
        await ask.click();
        await page.getByRole('alert').getByText(words('problems:not_email')).waitFor();
        assert.equal(await address.inputValue(), 'nobody');
        for (const asked of ['nobody@kestrel.example', email]) {
          await address.fill(asked);
          await ask.click();
          await page.getByText(words('account:reset.asked')).waitFor();
        }
        const link = await linkTo(email);
        assert.ok(link.startsWith(world.origin), link);
        // In the tab that is on the page already, only the part after the sign changes.
        await page.goto(link);
        const next = page.getByLabel(words('account:password.new'), { exact: true });
        const set = page.getByRole('button', { name: words('account:reset.set'), exact: true });
        await next.fill('password1234');
        await set.click();
        await page.getByRole('alert').getByText(words('problems:password_guessable')).waitFor();
        assert.deepEqual(await findings(page), []);
        await next.fill(BETTER);
        await set.click();
        await page.getByText(words('account:reset.done')).waitFor();
        await page.getByRole('link', { name: words('account:reset.signIn') }).click();
        await page.getByLabel(words('common:session.email')).fill(email);
        await page.getByLabel(words('common:session.password'), { exact: true }).fill(BETTER);
        await page.getByRole('button', { name: words('common:session.submit'), exact: true }).click();
        await page.waitForURL(/\/o\//);

        await page.goto('about:blank');
        await page.goto(link);
        await page.getByRole('alert').getByText(words('problems:reset_link_void')).waitFor();
        assert.equal(await next.count(), 0);
        assert.deepEqual(await findings(page), []);
        await page.getByRole('button', { name: words('account:reset.another'), exact: true }).click();
        await address.waitFor();
        assert.equal((await world.mails()).filter(({ head }) => head.includes('nobody@')).length, 0);
      }));
  });
}
