// Why: somebody is invited, joins by the link in the mail, is given a role that signs by two people, and leaves, in both
// languages.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { findings, wrongWith } from './axe.mjs';
import { heading, inBrowser, naming, openWorld, settled, signIn } from './harness.mjs';
import { LANGUAGES, wordsOf } from './words.mjs';

const FIRST = 'endorser@kestrel.example';
const SECOND = 'head@kestrel.example';
const GUESTS = { en: ['ho.siu-ming@kestrel.example', 'en-HK', 'HO Siu-ming'], zh: ['au.mei-yee@kestrel.example', 'zh-HK', '區美儀'] };
const PASSWORD = 'harbour kettle ladder seven';
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
    const link = /http\S+\/join#\w+/.exec(own.at(-1)?.text ?? '')?.[0];
    if (link) return link;
    await wait(1000);
  }
  throw new Error(`no mail to ${email}`);
}

for (const language of LANGUAGES) {
  const [guest, locale, name] = GUESTS[language];
  describe(`people of an organisation (${language})`, () => {
    let words;
    before(async () => {
      words = await wordsOf(language);
    });
    const inOwn = (part, act) => inBrowser(world, `people-${part}-${language}`, { locale }, act);
    const people = (key, values) => words(`people:${key}`, values);
    const open = async (page, email) => {
      await signIn(page, world, words, email);
      await page.getByRole('contentinfo').getByRole('link', { name: words('common:nav.people') }).click();
      await heading(page).filter({ hasText: people('title') }).waitFor();
      await settled(page, words);
    };

    it('has no finding of axe and does not scroll sideways', () =>
      inOwn('axe', async (page) => {
        await signIn(page, world, words, FIRST);
        assert.deepEqual(await wrongWith(page, words, language, '/people'), []);
      }));

    it('are invited, join, sign with a second person, and leave', () =>
      inOwn('first', async (page) => {
        await open(page, FIRST);
        const address = page.getByLabel(people('inviteEmail'), { exact: true });
        const invite = page.getByRole('button', { name: people('inviteSend'), exact: true });
        await address.fill('nobody');
        await invite.click();
        await page.getByRole('alert').getByText(words('problems:not_email')).waitFor();
        await page.getByRole('alert').getByText(words('problems:too_few')).waitFor();
        assert.equal(await address.inputValue(), 'nobody');
        // What was begun is found again after a look at another page.
        await page.getByRole('link', { name: words('common:nav.method'), exact: true }).first().click();
        await address.waitFor({ state: 'detached' });
        await page.goBack();
        await settled(page, words);
        assert.equal(await address.inputValue(), 'nobody');
        await address.fill(guest);
        await page.getByRole('checkbox', { name: words('common:role.NGO_EDITOR'), exact: true }).check();
        await invite.click();
        await page.getByText(people('sent', { email: guest })).waitFor();
        assert.deepEqual(await findings(page), []);
        const link = await linkTo(guest);

        await inOwn('guest', async (other) => {
          await other.goto(link);
          const typed = other.getByLabel(people('join.name'), { exact: true });
          await typed.fill(name);
          await other.getByLabel(people('join.password'), { exact: true }).fill(PASSWORD);
          await other.getByRole('checkbox', { name: words('common:notice.agree', { version: 1 }) }).check();
          assert.deepEqual(await findings(other), []);
          await other.getByRole('button', { name: people('join.submit'), exact: true }).click();
          await other.getByText(people('join.done')).waitFor();
          await signIn(other, { ...world, password: PASSWORD }, words, guest);

          await page.reload();
          await page.getByRole('button', { name: naming(people('change'), name) }).click();
          const dialog = page.getByRole('dialog');
          await dialog.getByRole('checkbox', { name: words('common:role.NGO_ENDORSER'), exact: true }).check();
          assert.deepEqual(await findings(page), []);
          await dialog.getByRole('button', { name: people('change'), exact: true }).click();
          await page.getByText(people('otherPerson')).waitFor();

          await inOwn('second', async (head) => {
            await open(head, SECOND);
            await head.getByRole('button', { name: people('confirm'), exact: true }).click();
            await head.getByRole('heading', { name: people('waiting'), exact: true }).waitFor({ state: 'hidden' });
            await head.getByRole('cell', { name: words('common:role.NGO_ENDORSER') }).nth(2).waitFor();
          });

          await page.reload();
          await page.getByRole('button', { name: naming(people('end'), name) }).click();
          await page.getByRole('dialog').getByRole('button', { name: people('end'), exact: true }).click();
          await page.getByRole('cell', { name, exact: true }).waitFor({ state: 'hidden' });
          await other.goto('/account');
          await heading(other).filter({ hasText: words('common:session.title') }).waitFor();
        });
      }));
  });
}
