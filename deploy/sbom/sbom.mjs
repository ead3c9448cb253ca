// Writes what is in the product as CycloneDX 1.6 (rust.cdx.json, web.cdx.json), then checks both files from
// scratch: valid by the standard's schema, and every locked crate and npm production package in them.
// The web half is written by CycloneDX's own tool from the lock file; the Rust half from `cargo metadata` and
// Cargo.lock over CycloneDX's library, because its tool for Rust has to be compiled first.
// Usage: node sbom.mjs write FOLDER, or check FOLDER. The same lock files give the same bytes.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as CDX from '@cyclonedx/cyclonedx-library';
import parseLicence from 'spdx-expression-parse';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SPEC = CDX.Spec.Spec1dot6;
/** The crate that becomes the binary. */
const BINARY = 'server';

const read = (...path) => readFileSync(join(...path), 'utf8');
const nameOf = ({ name, version }) => `${name}@${version}`;

/** Every package of Cargo.lock; the file has one key per line, written by cargo alone. */
function lockedCrates() {
  const blocks = read(ROOT, 'Cargo.lock').split('[[package]]').slice(1);
  return blocks.map((block) => {
    const key = (name) => block.match(new RegExp(`^${name} = "([^"]*)"$`, 'm'))?.[1];
    return { name: key('name'), version: key('version'), source: key('source'), checksum: key('checksum') };
  });
}

function cargoMetadata() {
  const told = execFileSync('cargo', ['metadata', '--locked', '--format-version', '1'], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(told);
}

/** What a package needs to be built and run; what only its tests need is left out. */
function neededBy(node) {
  return node.deps.filter(({ dep_kinds: kinds }) => kinds.some(({ kind }) => kind !== 'dev')).map(({ pkg }) => pkg);
}

/** Everything below the binary. */
function inBinary(nodes, start) {
  const found = new Set([start]);
  for (const id of found) for (const next of neededBy(nodes.get(id))) found.add(next);
  return found;
}

function licencesOf(stated) {
  if (!stated) return [];
  const factory = new CDX.Contrib.License.Factories.LicenseFactory(parseLicence);
  // "MIT/Apache-2.0" is how alternatives were written before there was a standard.
  return [factory.makeFromString(stated.replaceAll('/', ' OR '))];
}

function crateComponent({ name, version, source, checksum }, stated, isNeeded) {
  const component = new CDX.Models.Component(CDX.Enums.ComponentType.Library, name, {
    bomRef: source ? `cargo:${name}@${version}` : `plumbline:${name}@${version}`,
    version,
    scope: isNeeded ? CDX.Enums.ComponentScope.Required : CDX.Enums.ComponentScope.Excluded,
    licenses: new CDX.Models.LicenseRepository(licencesOf(stated)),
  });
  if (source) component.purl = `pkg:cargo/${name}@${encodeURIComponent(version)}`;
  else component.group = 'plumbline';
  if (checksum) component.hashes.set(CDX.Enums.HashAlgorithm['SHA-256'], checksum);
  return component;
}

function rustBom() {
  const metadata = cargoMetadata();
  const packages = new Map(metadata.packages.map((one) => [nameOf(one), one]));
  const nodes = new Map(metadata.resolve.nodes.map((node) => [node.id, node]));
  const binary = metadata.packages.find(({ name, source }) => name === BINARY && source === null);
  const needed = inBinary(nodes, binary.id);
  const components = new Map();
  for (const locked of lockedCrates()) {
    const known = packages.get(nameOf(locked));
    components.set(nameOf(locked), crateComponent(locked, known?.license, known && needed.has(known.id)));
  }
  const ofId = new Map(metadata.packages.map((one) => [one.id, components.get(nameOf(one))]));
  for (const [id, node] of nodes) for (const next of neededBy(node)) ofId.get(id).dependencies.add(ofId.get(next).bomRef);
  const product = new CDX.Models.Component(CDX.Enums.ComponentType.Application, 'plumbline', {
    bomRef: 'plumbline',
    version: binary.version,
    licenses: new CDX.Models.LicenseRepository(licencesOf(binary.license)),
  });
  product.dependencies.add(ofId.get(binary.id).bomRef);
  return new CDX.Models.Bom({
    metadata: new CDX.Models.Metadata({ component: product }),
    components: new CDX.Models.ComponentRepository(components.values()),
  });
}

function write(folder) {
  mkdirSync(folder, { recursive: true });
  const serializer = new CDX.Serialize.JsonSerializer(new CDX.Serialize.JSON.Normalize.Factory(SPEC));
  writeFileSync(join(folder, 'rust.cdx.json'), `${serializer.serialize(rustBom(), { sortLists: true, space: 2 })}\n`);
  const tool = fileURLToPath(new URL('node_modules/@cyclonedx/cyclonedx-npm/bin/cyclonedx-npm-cli.js', import.meta.url));
  const options = ['--package-lock-only', '--omit', 'dev', '--flatten-components', '--output-reproducible', '--spec-version', '1.6'];
  const output = ['--output-file', join(folder, 'web.cdx.json')];
  execFileSync(process.execPath, [tool, ...options, ...output, '--', 'package.json'], {
    cwd: join(ROOT, 'frontend'),
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

/** Name and version of every npm package that the built web app can hold. */
function lockedPackages() {
  const { packages } = JSON.parse(read(ROOT, 'frontend/package-lock.json'));
  return Object.entries(packages)
    .filter(([path, { dev, devOptional, link }]) => path !== '' && !dev && !devOptional && !link)
    .map(([path, { name, version }]) => ({ name: name ?? path.slice(path.lastIndexOf('node_modules/') + 13), version }));
}

/** The components of a file with everything inside them. */
function listed(components = []) {
  return components.flatMap((one) => [
    { name: one.group && one.group !== 'plumbline' ? `${one.group}/${one.name}` : one.name, version: one.version },
    ...listed(one.components),
  ]);
}

async function wrongWith(file, wanted) {
  const text = read(file);
  const invalid = await new CDX.Validation.JsonStrictValidator(SPEC.version).validate(text);
  const wrong = invalid === null ? [] : [`${file} is not valid CycloneDX: ${JSON.stringify(invalid).slice(0, 2_000)}`];
  const bom = JSON.parse(text);
  if (bom.specVersion !== SPEC.version) wrong.push(`${file} is of version ${bom.specVersion}`);
  const found = new Set(listed(bom.components).map(nameOf));
  wrong.push(...wanted.filter((one) => !found.has(nameOf(one))).map((one) => `${file} lacks ${nameOf(one)}`));
  const unlicensed = (bom.components ?? []).filter(({ licenses }) => !licenses?.length).length;
  process.stdout.write(`${file}: ${found.size} components, ${wanted.length} locked, ${unlicensed} without a licence\n`);
  return wrong;
}

async function check(folder) {
  const wrong = [
    ...(await wrongWith(join(folder, 'rust.cdx.json'), lockedCrates())),
    ...(await wrongWith(join(folder, 'web.cdx.json'), lockedPackages())),
  ];
  for (const line of wrong) process.stderr.write(`${line}\n`);
  if (wrong.length > 0) process.exitCode = 1;
}

const [deed, folder] = process.argv.slice(2);
if (folder && deed === 'write') write(resolve(folder));
else if (folder && deed === 'check') await check(resolve(folder));
else {
  process.stderr.write('usage: node sbom.mjs write FOLDER, or check FOLDER\n');
  process.exitCode = 2;
}
