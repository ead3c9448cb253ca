// Why: each test file has a server, a database and a browser of its own, started here and stopped
// here whatever happens. A failure leaves a picture and the console beside the tests.
import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile, readdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';

const run = promisify(execFile);
const REPO = resolve(import.meta.dirname, '../..');
const ARTIFACTS = join(import.meta.dirname, 'artifacts');
const BINARY = process.env['PLUMBLINE_BIN'] ?? join(REPO, 'target/debug/plumbline');
const WEB = process.env['PLUMBLINE_WEB'] ?? join(REPO, 'frontend/dist');
const BROWSERS = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const CHROMIUM = process.env['CHROMIUM_BIN'] ?? BROWSERS.map((name) => join('/usr/bin', name)).find((path) => existsSync(path));
/** A server's folder with the demonstration data in it, which the suite fills once; without it each file does. */
const SEEDED = process.env['PLUMBLINE_SEEDED'];
const START_MILLISECONDS = 300_000;
const STOP_MILLISECONDS = 15_000;
/** Longest wait for one thing on a page; a busy machine is slow, a broken page never gets there. */
const STEP_MILLISECONDS = 45_000;
const CHROMIUM_FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

async function freePort() {
  const probe = createServer();
  await new Promise((done) => probe.listen(0, '127.0.0.1', done));
  const { port } = probe.address();
  await new Promise((done) => probe.close(done));
  return port;
}

function ended(child) {
  return child.exitCode !== null || child.signalCode !== null;
}

async function haltServer(child) {
  if (ended(child)) return;
  const gone = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), STOP_MILLISECONDS);
  await gone;
  clearTimeout(late);
}

async function stopServer(child, folder) {
  await haltServer(child);
  await rm(folder, { recursive: true, force: true });
}

/** The demonstration data, or a copy of it in which some files are changed. */
async function seedFolder(folder, edits) {
  const original = join(REPO, 'seed');
  if (Object.keys(edits).length === 0) return original;
  const copy = join(folder, 'seed');
  await cp(original, copy, { recursive: true });
  for (const [path, edit] of Object.entries(edits)) {
    await writeFile(join(copy, path), JSON.stringify(edit(await seedFile(path))));
  }
  return copy;
}

/** The mails that the server wrote into its folder, oldest first: the header as it stands, the text as it reads. */
async function mailsIn(folder) {
  const names = await readdir(folder).catch(() => []);
  return Promise.all(
    names.toSorted().map(async (name) => {
      const [head, ...rest] = (await readFile(join(folder, name), 'utf8')).split('\r\n\r\n');
      const body = rest.join('\r\n\r\n');
      if (/transfer-encoding: base64/i.test(head)) return { head, text: Buffer.from(body, 'base64').toString('utf8') };
      if (!/transfer-encoding: quoted-printable/i.test(head)) return { head, text: body };
      const bytes = body.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
      return { head, text: Buffer.from(bytes, 'latin1').toString('utf8') };
    }),
  );
}

/** Starts the whole product on a free port in a folder of its own, with the demonstration data. */
async function startServer(edits) {
  const folder = await newFolder('plumbline-e2e-');
  const seed = await seedFolder(folder, edits);
  // With its owners: PostgreSQL runs as another user than root and insists on its own files.
  if (SEEDED !== undefined && Object.keys(edits).length === 0) await run('cp', ['-a', `${SEEDED}/.`, folder]);
  return startIn(folder, seed);
}

/** A folder that PostgreSQL's user can pass through, so that the whole cluster lies in it and goes with it. */
export async function newFolder(prefix) {
  const folder = await mkdtemp(join(tmpdir(), prefix));
  await chmod(folder, 0o755);
  return folder;
}

/** Fills a folder with the demonstration data, for `PLUMBLINE_SEEDED`. */
export async function seedInto(folder) {
  const server = await startIn(folder, join(REPO, 'seed'));
  await server.halt();
}

async function startIn(folder, seed) {
  const port = await freePort();
  const args = ['dev', '--listen', `127.0.0.1:${port}`, '--seed', seed, '--web', WEB];
  const child = spawn(BINARY, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const password = await new Promise((done, fail) => {
    const late = setTimeout(() => fail(new Error(`the server did not start in time:\n${output}`)), START_MILLISECONDS);
    const read = (part) => {
      output += part;
      const found = /password for all of them: (\S+)/.exec(output)?.[1];
      if (found === undefined) return;
      clearTimeout(late);
      done(found);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('error', (error) => fail(new Error(`${BINARY} cannot be run: ${error.message}`)));
    child.once('exit', (code) => fail(new Error(`the server ended with ${code} while starting:\n${output}`)));
  }).catch(async (error) => {
    await stopServer(child, folder);
    throw error;
  });
  const mails = () => mailsIn(join(folder, '.plumbline', 'mail'));
  const stop = () => stopServer(child, folder);
  return { origin: `http://127.0.0.1:${port}`, folder, password, mails, stop, halt: () => haltServer(child) };
}

/**
 * The product in a browser, for one test file: `const world = await openWorld()`, `world.close()`.
 * `edits` change the demonstration data by file: `{ 'demo/rounds.json': (data) => data }`.
 */
export async function openWorld(edits = {}) {
  const server = await startServer(edits);
  const browser = await chromium
    .launch({ executablePath: CHROMIUM, args: CHROMIUM_FLAGS })
    .catch(async (error) => {
      await server.stop();
      throw error;
    });
  const close = async () => {
    await browser.close();
    await server.stop();
  };
  return { ...server, browser, close };
}

/**
 * Runs a test in a fresh browser profile; what the console complained of fails it too, but for requests to
 * `refused` addresses, which a `/` at the end makes whole folders: those the test has refused on purpose.
 */
export async function inBrowser(world, name, { locale = 'en-HK', refused = [], ...options }, act) {
  const context = await world.browser.newContext({
    baseURL: world.origin,
    locale,
    timezoneId: 'Asia/Hong_Kong',
    viewport: { width: 1280, height: 900 },
    ...options,
  });
  context.setDefaultTimeout(STEP_MILLISECONDS);
  const page = await context.newPage();
  const complaints = watch(page, refused);
  try {
    await act(page);
    if (complaints.length > 0) throw new Error(`the browser console complained:\n${complaints.join('\n')}`);
  } catch (error) {
    await keepEvidence(page, name, complaints, error);
    throw error;
  } finally {
    await context.close();
  }
}

/** Everything that a person would see as an error in the console, and every refused request. */
function watch(page, refused) {
  const complaints = [];
  const onPurpose = (address) => {
    const { pathname } = new URL(address);
    return refused.some((path) => pathname === path || (path.endsWith('/') && pathname.startsWith(path)));
  };
  page.on('console', (message) => {
    // A request that a test cuts off on purpose is not the page's fault.
    if (message.text().includes('net::ERR_FAILED')) return;
    if (message.location().url !== '' && onPurpose(message.location().url)) return;
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(`${page.url()} ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`${page.url()} ${error.message}`));
  page.on('response', (response) => {
    if (response.status() >= 400 && !onPurpose(response.url())) complaints.push(`${response.status()} ${response.url()}`);
  });
  return complaints;
}

async function keepEvidence(page, name, complaints, error) {
  const base = join(ARTIFACTS, name.replace(/[^\w-]+/g, '-'));
  await mkdir(ARTIFACTS, { recursive: true });
  await writeFile(`${base}.txt`, `${page.url()}\n\n${error.stack}\n\n${complaints.join('\n')}\n`);
  await page.screenshot({ path: `${base}.png`, fullPage: true }).catch(() => undefined);
}

/** Signs in through the form on the first page, as a person does, and waits for the person's home. */
export async function signIn(page, world, words, email) {
  await page.goto('/');
  const form = page.locator('form');
  await form.getByLabel(words('common:session.email')).fill(email);
  await form.getByLabel(words('common:session.password'), { exact: true }).fill(world.password);
  await form.getByRole('button', { name: words('common:session.submit'), exact: true }).click();
  await page.waitForURL(/\/(o|f|s)\/|\/operator/);
  await heading(page).waitFor();
}

export function heading(page) {
  return page.getByRole('heading', { level: 1 });
}

/** Waits until a page has its heading and nothing on it is still loading. */
export async function settled(page, words) {
  await heading(page).waitFor();
  await page.getByText(words('common:state.loading')).first().waitFor({ state: 'hidden' });
}

/** The demonstration data as it stands in the repository. */
export async function seedFile(path) {
  return JSON.parse(await readFile(join(REPO, 'seed', path), 'utf8'));
}

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A name that a page writes as `what: of which`; how screen readers join the two may differ. */
export function naming(what, which) {
  return new RegExp(`^${escaped(what)}\\s*[:：]\\s*${escaped(which)}$`);
}
