// Why: the person who answers for a funder sees who did what, narrows it down, checks in the browser that
// nobody altered it, and takes it away to have it checked elsewhere.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { findings, wrongWith } from './axe.mjs';
import { heading, inBrowser, openWorld, seedFile, settled, signIn } from './harness.mjs';
import { LANGUAGES, wordsOf } from './words.mjs';

const LOCALES = { en: 'en-HK', zh: 'zh-HK' };
const PAGE_ROWS = 50;

let world;
let chair;
before(async () => {
  world = await openWorld();
  const { users } = await seedFile('demo/world.json');
  chair = users.find(({ email }) => email === 'chair@funder.example').name;
});
after(() => world?.close());

const rows = (page) => page.getByRole('table').getByRole('row');

for (const language of LANGUAGES) {
  describe(`the audit trail (${language})`, () => {
    let words;
    before(async () => {
      words = await wordsOf(language);
    });
    const as = (email, name, act) =>
      inBrowser(world, `audit-${name}-${language}`, { locale: LOCALES[language] }, async (page) => {
        await signIn(page, world, words, email);
        await act(page);
      });

    it('is checked and taken away by the approver', () =>
      as('approver@funder.example', 'check', async (page) => {
        await page.getByRole('contentinfo').getByRole('link', { name: words('common:nav.audit') }).click();
        await heading(page).filter({ hasText: words('audit:title') }).waitFor();
        await page.getByRole('button', { name: words('audit:state.check'), exact: true }).click();
        const [holds] = words('audit:state.holds', { entries: '|', checkpoints: '|' }).split('|');
        await page.getByRole('status').filter({ hasText: holds }).waitFor();
        const waiting = page.waitForEvent('download');
        await page.getByRole('button', { name: words('audit:state.download'), exact: true }).click();
        const lines = (await readFile(await (await waiting).path(), 'utf8')).trim().split('\n');
        const last = JSON.parse(lines.at(-1));
        assert.equal(last.checkpoint.sequence, lines.length - 1);
        assert.deepEqual(await findings(page), []);
      }));

    it('is narrowed down to one person and one kind of deed, page after page', () =>
      as('chair@funder.example', 'find', async (page) => {
        await page.goto('/audit');
        await settled(page, words);
        await rows(page).nth(PAGE_ROWS).waitFor();
        await page.getByRole('button', { name: words('audit:table.more') }).click();
        await rows(page).nth(2 * PAGE_ROWS).waitFor();
        const form = page.getByRole('form', { name: words('audit:filter.title') });
        await form.getByLabel(words('audit:filter.action')).selectOption('decision_record');
        await form.getByLabel(words('audit:filter.actor')).fill(chair);
        await form.getByRole('button', { name: words('audit:filter.apply') }).click();
        await page.waitForURL(/action=decision_record/);
        await page.getByRole('cell', { name: words('audit:action.decision_record') }).first().waitFor();
        const others = rows(page).filter({ hasNotText: chair });
        assert.equal(await others.count(), 1, 'only the headings do not name the chair');
        await form.getByLabel(words('audit:filter.until')).fill('2020-01-01');
        await form.getByRole('button', { name: words('audit:filter.apply') }).click();
        await page.getByText(words('audit:table.none')).waitFor();
      }));

    it('looks for a thing by its ID only, and says so before anything is asked', () =>
      as('chair@funder.example', 'subject', async (page) => {
        await page.goto('/audit?subject=xyz');
        await page.getByText(words('audit:filter.subjectWrong')).waitFor();
        assert.equal(await page.getByRole('table').count(), 0);
        await page.goto('/audit');
        await rows(page).nth(1).waitFor();
        const form = page.getByRole('form', { name: words('audit:filter.title') });
        const field = form.getByLabel(words('audit:filter.subject'));
        await field.fill('DF-26-005');
        await form.getByRole('button', { name: words('audit:filter.apply') }).click();
        await form.getByText(words('audit:filter.subjectWrong')).waitFor();
        assert.ok(await field.evaluate((each) => each === document.activeElement));
        assert.equal(new URL(page.url()).search, '');
        await page.getByRole('table').getByRole('link').first().click();
        await page.waitForURL(/subject=[0-9a-f-]{36}/);
        await rows(page).nth(1).waitFor();
      }));

    it('tells the details of a sign-in in words', () =>
      as('chair@funder.example', 'details', async (page) => {
        await page.goto('/audit?action=sign_in');
        const newest = rows(page).nth(1);
        const colon = language === 'zh' ? '：' : ': ';
        await newest.getByText(`${words('audit:key.way')}${colon}${words('audit:value.way.password')}`).waitFor();
        await newest.getByText(`${words('audit:key.second_step')}${colon}${words('common:state.none')}`).waitFor();
        assert.ok(!(await newest.innerText()).includes('known_device'));
        await page.setViewportSize({ width: 390, height: 900 });
        const box = page.getByRole('group', { name: words('audit:table.caption') });
        assert.ok(await box.evaluate((each) => each.scrollWidth <= each.clientWidth), 'rows stand as cards on a phone');
      
      }));

    it('is not shown to somebody who only reviews', () =>
      as('reviewer1@funder.example', 'reviewer', async (page) => {
        await settled(page, words);
        assert.equal(await page.getByRole('link', { name: words('common:nav.audit') }).count(), 0);
        await page.goto('/audit');
        await heading(page).filter({ hasText: words('common:state.forbiddenTitle') }).waitFor();
        await page.getByText(words('common:state.forbidden')).waitFor();
      }));

    it('has no finding of axe and does not scroll sideways', () =>
      as('approver@funder.example', 'axe', async (page) => {
        assert.deepEqual(await wrongWith(page, words, language, '/audit'), []);
      }));
  });
}
