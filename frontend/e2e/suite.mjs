// Why: filling a database with the demonstration data takes longer than most tests; the suite does it once, and every
// file copies it. `node --test e2e/one.test.mjs` fills its own.
import { spawn } from 'node:child_process';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { newFolder, seedInto } from './harness.mjs';

const FLAGS = ['--experimental-strip-types', '--disable-warning=ExperimentalWarning', '--test', '--test-concurrency=2'];

const here = import.meta.dirname;
const files = (await readdir(here)).filter((name) => name.endsWith('.test.mjs')).toSorted();
const seeded = await newFolder('plumbline-seeded-');
try {
  await seedInto(seeded);
  const run = spawn(process.execPath, [...FLAGS, ...files.map((name) => join(here, name))], {
    stdio: 'inherit',
    env: { ...process.env, PLUMBLINE_SEEDED: seeded },
  });
  process.exitCode = await new Promise((done) => run.once('exit', (code) => done(code ?? 1)));
} finally {
  await rm(seeded, { recursive: true, force: true });
}
