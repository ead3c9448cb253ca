// Why: the web app asks by the hash of its own operations and never by their text, over both of its ways to the
// server.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { inBrowser, openWorld, settled, signIn } from './harness.mjs';
import { wordsOf } from './words.mjs';

const MANIFEST = new URL('../../graphql/documents.json', import.meta.url);

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
});
