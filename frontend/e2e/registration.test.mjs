// Why: an organisation registers, its first person proves the address, two operators let it in, and the person signs in; a
// new notice is agreed to before going on; somebody of two organisations switches; an adviser reads until a day. In both
// languages.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { findings, wrongWith } from './axe.mjs';
import { heading, inBrowser, naming, openWorld, settled, signIn } from './harness.mjs';
import { LANGUAGES, wordsOf } from './words.mjs';

const run = promisify(execFile);
const BINARY = process.env['PLUMBLINE_BIN'] ?? resolve(import.meta.dirname, '../../target/debug/plumbline');
const PICTURES = process.env['PLUMBLINE_PICTURES'];
const OPERATOR = 'operator@plumbline.example';
const SECOND = 'operator2@plumbline.example';
const PASSWORD = 'harbour kettle ladder seven';
const MAIL_SECONDS = 15;
const NEW = {
  en: { locale: 'en-HK', nameEn: 'Pebble Cove Carers Society', nameZh: '石灣照顧者協會', number: '9999 0911', person: 'KWAN Wai-lam', email: 'kwan@pebble-cove.example' },
  zh: { locale: 'zh-HK', nameEn: 'Quince Harbour Kinsfolk', nameZh: '榲桲港互助會', number: '99990912', person: '關慧嵐', email: 'kwan@quince-harbour.example' },
};
/** Somebody with an account, who registers another organisation. */
const KNOWN = { en: 'viewer@kestrel.example', zh: 'editor@kestrel.example' };
const ADVISER = { en: 'analyst@council.example', zh: 'steward@council.example' };

let world;
before(async () => {
  world = await openWorld();
});
after(() => world?.close());

async function picture(page, name) {
  if (!PICTURES) return;
  await mkdir(PICTURES, { recursive: true });
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await page.screenshot({ path: join(PICTURES, `${name}-${width}.png`), fullPage: true });
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}

/** The link of the newest mail to this address. */
async function linkTo(email, path) {
  for (let second = 0; second < MAIL_SECONDS; second += 1) {
    const own = (await world.mails()).filter(({ head, text }) => head.includes(email) && text.includes(path));
    const link = new RegExp(`http\\S+${path}#\\w+`).exec(own.at(-1)?.text ?? '')?.[0];
    if (link) return link;
    await wait(1000);
  }
  throw new Error(`no mail to ${email}`);
}

for (const language of LANGUAGES) {
  const given = NEW[language];
  describe(`registration (${language})`, () => {
    let words;
    before(async () => {
      words = await wordsOf(language);
    });
    const inOwn = (part, act, refused = []) =>
      inBrowser(world, `registration-${part}-${language}`, { locale: given.locale, refused }, act);
    const say = (key, values) => words(`register:${key}`, values);
    const desk = (key, values) => words(`operator:registrations.${key}`, values);
    const button = (page, name) => page.getByRole('button', { name });

    async function fill(page, email) {
      await page.getByRole('radio', { name: say('kinds.ngo') }).check();
      await page.getByLabel(say('nameEn'), { exact: true }).fill(given.nameEn);
      await page.getByLabel(say('nameZh'), { exact: true }).fill(given.nameZh);
      await page.getByLabel(say('identifierType', { number: 1 }), { exact: true }).selectOption('ubi_brn');
      await page.getByLabel(say('identifierValue', { number: 1 }), { exact: true }).fill(given.number);
      await page.getByLabel(say('person'), { exact: true }).fill(given.person);
      await page.getByLabel(say('email'), { exact: true }).fill(email);
      await page.getByRole('checkbox').check();
    }

    async function openDesk(page, email) {
      await signIn(page, world, words, email);
      await page.getByRole('link', { name: words('common:nav.registrations') }).click();
      await heading(page).filter({ hasText: desk('title') }).waitFor();
      await settled(page, words);
    }

    async function letIn(name) {
      await inOwn('propose', async (page) => {
        await openDesk(page, OPERATOR);
        await picture(page, `waiting-${language}`);
        await button(page, naming(desk('letIn'), name)).first().click();
        await page.getByRole('dialog').getByRole('button', { name: desk('letIn'), exact: true }).click();
        await page.getByText(desk('otherPerson')).waitFor();
        assert.deepEqual(await findings(page), []);
        await picture(page, `proposed-${language}`);
      });
      await inOwn('confirm', async (page) => {
        await openDesk(page, SECOND);
        await button(page, naming(desk('confirm'), name)).click();
        await page.getByRole('cell', { name, exact: true }).first().waitFor();
        await picture(page, `decided-${language}`);
      });
    }

    it('has no finding of axe and does not scroll sideways', () =>
      inOwn('axe', async (page) => {
        for (const path of ['/register', '/privacy']) {
          assert.deepEqual(await wrongWith(page, words, language, path), []);
          await picture(page, `${path.slice(1)}-${language}`);
        }
        await page.setViewportSize({ width: 1280, height: 900 });
        await signIn(page, world, words, OPERATOR);
        for (const path of ['/operator/registrations', '/account']) {
          assert.deepEqual(await wrongWith(page, words, language, path), []);
        }
      }));

    it('is refused with all reasons, keeps what was typed, is let in by two, and the person signs in', () =>
      inOwn(
        'first',
        async (page) => {
          await page.goto('/');
          await page.getByRole('link', { name: words('common:session.register') }).click();
          await heading(page).filter({ hasText: say('title') }).waitFor();
          await page.getByLabel(say('nameEn'), { exact: true }).fill(given.nameEn);
          await page.getByLabel(say('identifierType', { number: 1 }), { exact: true }).selectOption('ubi_brn');
          await page.getByLabel(say('identifierValue', { number: 1 }), { exact: true }).fill('123');
          await button(page, say('submit')).click();
          for (const code of ['registration_kind', 'registration_name_blank', 'not_email', 'notice_wanted']) {
            await page.getByRole('alert').getByText(words(`problems:${code}`)).waitFor();
          }
          await page.getByRole('alert').getByText(words('problems:identifier_digits', { digits: 8 })).waitFor();
          assert.deepEqual(await findings(page), []);
          await picture(page, `refused-${language}`);
          await page.reload();
          assert.equal(await page.getByLabel(say('nameEn'), { exact: true }).inputValue(), given.nameEn);
          assert.equal(await page.getByLabel(say('identifierValue', { number: 1 }), { exact: true }).inputValue(), '123');
          await fill(page, given.email);
          await button(page, say('submit')).click();
          await page.getByText(say('sent', { email: given.email })).waitFor();
          assert.deepEqual(await findings(page), []);

          await page.goto(await linkTo(given.email, '/register/confirm'));
          await page.getByLabel(say('confirm.password'), { exact: true }).fill(PASSWORD);
          assert.deepEqual(await findings(page), []);
          await picture(page, `confirm-${language}`);
          await button(page, say('confirm.submit')).click();
          await page.getByText(say('confirm.done')).waitFor();

          await letIn(language === 'zh' ? given.nameZh : given.nameEn);
          await signIn(page, { ...world, password: PASSWORD }, words, given.email);
          await page.goto('/account');
          await page.getByText(words('account:notices.occasion.registration')).waitFor();
        },
        ['/auth/register'],
      ));

    it('names what a refusal lacks, and keeps what was typed', () =>
      inOwn('refusing', async (page) => {
        await openDesk(page, OPERATOR);
        await button(page, naming(desk('refuse'), language === 'zh' ? '柚子里街坊會（虛構）' : 'Pomelo Lane Neighbours (fictional)')).click();
        const dialog = page.getByRole('dialog');
        const send = dialog.getByRole('button', { name: desk('refuse'), exact: true });
        await send.click();
        await dialog.getByText(words('problems:registration_reason_code')).waitFor();
        await dialog.getByText(words('problems:registration_reason_wanted')).waitFor();
        await dialog.getByLabel(desk('words'), { exact: true }).fill('Half a reason');
        await send.click();
        await dialog.getByText(words('problems:registration_reason_wanted')).waitFor({ state: 'hidden' });
        assert.equal(await dialog.getByLabel(desk('words'), { exact: true }).inputValue(), 'Half a reason');
        assert.deepEqual(await findings(page), []);
        await picture(page, `refusing-${language}`);
      }));

    it('lets somebody with an account register another organisation and switch between the two', () =>
      inOwn('known', async (page) => {
        const name = language === 'zh' ? `${given.nameZh}二` : `${given.nameEn} Two`;
        await page.goto('/register');
        await fill(page, KNOWN[language]);
        await page.getByLabel(say('nameEn'), { exact: true }).fill(`${given.nameEn} Two`);
        await page.getByLabel(say('nameZh'), { exact: true }).fill(`${given.nameZh}二`);
        await button(page, say('submit')).click();
        await page.getByText(say('sent', { email: KNOWN[language] })).waitFor();
        await page.goto(await linkTo(KNOWN[language], '/register/confirm'));
        await page.getByText(say('confirm.hasAccount')).waitFor();
        await button(page, say('confirm.submit')).click();
        await page.getByText(say('confirm.done')).waitFor();
        await letIn(name);
        await signIn(page, world, words, KNOWN[language]);
        const switcher = page.getByLabel(words('common:switchTenant'));
        const left = page.url();
        await switcher.selectOption({ label: name });
        // Choosing leads to the first page of the chosen organisation.
        await page.waitForURL((url) => /\/o\//.test(url.href) && url.href !== left);
        await heading(page).filter({ hasText: name }).waitFor();
        await settled(page, words);
        const own = page.url();
        const first = (await switcher.locator('option').allInnerTexts()).find((each) => /Kestrel|紅隼/.test(each));
        await switcher.selectOption({ label: first });
        await page.waitForURL((url) => /\/o\//.test(url.href) && url.href !== own);
        await heading(page).filter({ hasText: first }).waitFor();
        await settled(page, words);
        assert.deepEqual(await findings(page), []);
      }));

    it('invites an adviser who needs a last day, reads applications and sees no people', () =>
      inOwn('adviser', async (page) => {
        await signIn(page, world, words, 'endorser@kestrel.example');
        await page.goto('/people');
        await page.getByLabel(words('people:inviteEmail'), { exact: true }).fill(ADVISER[language]);
        await page.getByRole('checkbox', { name: words('common:role.NGO_ADVISER'), exact: true }).check();
        const invite = page.getByRole('button', { name: words('people:inviteSend'), exact: true });
        await invite.click();
        await page.getByRole('alert').getByText(words('problems:member_until_wanted')).waitFor();
        const day = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
        await page.getByLabel(words('people:inviteUntil'), { exact: true }).fill(day);
        await invite.click();
        await page.getByText(words('people:sent', { email: ADVISER[language] })).waitFor();
        await inOwn('adviser-joins', async (other) => {
          await other.goto(await linkTo(ADVISER[language], '/join'));
          await other.getByRole('button', { name: words('people:join.submit'), exact: true }).click();
          await other.getByText(words('people:join.done')).waitFor();
          await signIn(other, world, words, ADVISER[language]);
          const switcher = other.getByLabel(words('common:switchTenant'));
          const kestrel = (await switcher.locator('option').allInnerTexts()).find((each) => /Kestrel|紅隼/.test(each));
          const left = other.url();
          await switcher.selectOption({ label: kestrel });
          await other.waitForURL((url) => /\/o\//.test(url.href) && url.href !== left);
          await heading(other).filter({ hasText: kestrel }).waitFor();
          await settled(other, words);
          assert.equal(await other.getByRole('contentinfo').getByRole('link', { name: words('common:nav.people'), exact: true }).count(), 0);
        });
      }));
  });
}

describe('a new notice', () => {
  it('stands before everything at the next sign-in, in both languages, and nothing typed is lost', async () => {
    const words = { en: await wordsOf('en'), zh: await wordsOf('zh') };
    const said = (en, zh) => ({ en, zh });
    const topics = ['purpose', 'supply', 'transferees', 'access', 'contact'];
    const file = join(world.folder, 'notice.json');
    const sections = topics.map((topic) => ({ topic, title: said(`About ${topic}`, `關於${topic}`), body: said('New words.', '新的說明。') }));
    await writeFile(file, JSON.stringify({ version: '2', effective_from: '2026-06-01', title: said('New notice', '新聲明'), sections }));
    // Something is typed before the notice comes; the session ends over it, and signing in again brings the notice.
    await inBrowser(world, 'notice-en', { locale: 'en-HK' }, async (page) => {
      await signIn(page, world, words.en, 'endorser@kestrel.example');
      await page.goto('/people');
      const typed = page.getByLabel(words.en('people:inviteEmail'), { exact: true });
      await typed.fill('half-typed@kestrel.ex');
      const port = (await readFile(join(world.folder, '.plumbline', 'port'), 'utf8')).trim();
      await run(BINARY, ['notices', '--input', file, '--database-port', port], { cwd: world.folder });
      await page.context().clearCookies();
      await page.getByRole('button', { name: words.en('people:inviteSend'), exact: true }).click();
      const again = page.getByRole('dialog');
      await again.getByLabel(words.en('common:session.password'), { exact: true }).fill(world.password);
      await again.getByRole('button', { name: words.en('common:session.submit'), exact: true }).click();
      await page.getByText(words.en('common:notice.new')).waitFor();
      assert.deepEqual(await findings(page), []);
      await picture(page, 'gate-en');
      await page.getByRole('button', { name: words.en('common:notice.agreeGo') }).click();
      await page.getByText(words.en('common:notice.new')).waitFor({ state: 'hidden' });
      assert.equal(await typed.inputValue(), 'half-typed@kestrel.ex');
      await page.goto('/account');
      await page.getByText(words.en('account:notices.version', { version: 2 })).waitFor();
      await page.reload();
      await settled(page, words.en);
      assert.equal(await page.getByText(words.en('common:notice.new')).count(), 0);
      await page.goto('/privacy');
      await page.getByText('New words.').first().waitFor();
      await page.getByText(words.en('public:privacy.others')).waitFor();
    });
    await inBrowser(world, 'notice-zh', { locale: 'zh-HK' }, async (page) => {
      await page.goto('/');
      const form = page.locator('form');
      await form.getByLabel(words.zh('common:session.email')).fill('finance@harbour-lantern.example');
      await form.getByLabel(words.zh('common:session.password'), { exact: true }).fill(world.password);
      await form.getByRole('button', { name: words.zh('common:session.submit') }).click();
      await page.getByText(words.zh('common:notice.new')).waitFor();
      assert.deepEqual(await findings(page), []);
      await picture(page, 'gate-zh');
      await page.getByRole('button', { name: words.zh('common:notice.agreeGo') }).click();
      await page.getByText(words.zh('common:notice.new')).waitFor({ state: 'hidden' });
      await heading(page).waitFor();
    });
  });
});
