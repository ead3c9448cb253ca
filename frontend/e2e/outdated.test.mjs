// Why: a page that stood open while the server was brought up to date says so in words, loses nothing that was saved,
// and goes on after it was loaded again.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { findings } from './axe.mjs';
import { inBrowser, openWorld, settled, signIn } from './harness.mjs';
import { LANGUAGES, wordsOf } from './words.mjs';

const LOCALES = { en: 'en-HK', zh: 'zh-HK' };
/** What no server knows, as the page of another version sends it. */
const STRANGE = `sha256:${'0'.repeat(64)}`;

let world;
before(async () => {
  world = await openWorld();
});
after(() => world?.close());

for (const language of LANGUAGES) {
  describe(`a page of another version (${language})`, () => {
    it('says so, and works again after it was loaded anew', async () => {
      const words = await wordsOf(language);
      const options = { locale: LOCALES[language], refused: ['/graphql'] };
      await inBrowser(world, `outdated-${language}`, options, async (page) => {
        await signIn(page, world, words, 'chair@funder.example');
        await settled(page, words);
        const told = page.getByText(words('common:state.outdatedBody'));
        assert.equal(await told.count(), 0, 'a page of this version is called outdated');
        const another = async (route) => {
          const asked = route.request().postDataJSON();
          await route.continue({ postData: JSON.stringify({ ...asked, documentId: STRANGE }) });
        };
        await page.route('**/graphql', another);
        const link = page.getByRole('main').getByRole('link').first();
        await link.click();
        await told.waitFor();
        for (const width of [1280, 390]) {
          await page.setViewportSize({ width, height: 900 });
          assert.deepEqual(await findings(page), []);
        }
        await page.unroute('**/graphql', another);
        await page.getByRole('button', { name: words('common:state.reload'), exact: true }).click();
        await settled(page, words);
        assert.equal(await told.count(), 0, 'it is still called outdated');
      });
    });
  });
}
