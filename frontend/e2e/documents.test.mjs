// Why: the web app asks by the hash of its own operations and never by their text, over both of its ways to the
// server; and a page of another version says so instead of failing without a word.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { findings } from './axe.mjs';
import { inBrowser, openWorld, settled, signIn } from './harness.mjs';
import { LANGUAGES, wordsOf } from './words.mjs';

const LOCALES = { en: 'en-HK', zh: 'zh-HK' };
const MANIFEST = new URL('../../graphql/documents.json', import.meta.url);
const NOBODYS = `sha256:${'0'.repeat(64)}`;

let world;
before(async () => {
  world = await openWorld();
});
after(() => world?.close());

describe('trusted documents', () => {
  it('are all that the web app sends, also to follow what changes', async () => {
    const known = new Set(Object.keys(JSON.parse(await readFile(MANIFEST, 'utf8'))));
    const words = await wordsOf('en');
    await inBrowser(world, 'documents-sent', {}, async (page) => {
      const sent = [];
      page.on('request', (request) => {
        if (new URL(request.url()).pathname === '/graphql') sent.push(request.postDataJSON());
      });
      page.on('websocket', (socket) =>
        socket.on('framesent', ({ payload }) => {
          const { type, payload: asked } = JSON.parse(payload);
          if (type === 'subscribe') sent.push(asked);
        }),
      );
      await signIn(page, world, words, 'chair@funder.example');
      for (const link of await page.getByRole('main').getByRole('link').all()) {
        const address = await link.getAttribute('href');
        if (address?.startsWith('/f/')) {
          await page.goto(address);
          break;
        }
      }
      await settled(page, words);
      await page.waitForLoadState('networkidle');
      assert.ok(sent.length >= 3, `only ${sent.length} operations were sent`);
      for (const { query, documentId } of sent) {
        assert.ok(query === undefined || query === '', `a text was sent: ${query}`);
        assert.ok(known.has(documentId), `${documentId} is not in graphql/documents.json`);
      }
    });
  });

  for (const language of LANGUAGES) {
    it(`of another version are said to be so (${language})`, async () => {
      const words = await wordsOf(language);
      const options = { locale: LOCALES[language], refused: ['/graphql'] };
      await inBrowser(world, `documents-outdated-${language}`, options, async (page) => {
        await signIn(page, world, words, 'endorser@kestrel.example');
        await page.route('**/graphql', (route) => {
          const body = { ...route.request().postDataJSON(), documentId: NOBODYS };
          return route.continue({ postData: JSON.stringify(body) });
        });
        await page.reload();
        await page.getByText(words('common:state.outdatedTitle')).waitFor();
        assert.deepEqual(await findings(page), []);
        await page.unroute('**/graphql');
        await page.getByRole('button', { name: words('common:state.reload') }).click();
        await settled(page, words);
        await page.getByText(words('common:state.outdatedTitle')).waitFor({ state: 'hidden' });
      });
    });
  }
});
