// Why: in production the server runs the web app's own operations only. After the code generator this writes each
// operation's text, as urql sends it, under its hash (the manifest), and each operation's id by its name.
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { print } from 'graphql';
import { formatDocument } from 'urql';
import * as generated from './src/gql/graphql.ts';

const FOLDER = join(import.meta.dirname, 'src/gql');

const operations = Object.values(generated)
  .filter((value) => value?.kind === 'Document')
  .flatMap((document) => {
    const operation = document.definitions.find(({ kind }) => kind === 'OperationDefinition');
    return operation === undefined ? [] : [{ name: operation.name.value, text: print(formatDocument(document)) }];
  })
  .map(({ name, text }) => ({ name, text, id: `sha256:${createHash('sha256').update(text).digest('hex')}` }))
  .toSorted((one, other) => (one.name < other.name ? -1 : 1));

const twice = operations.find(({ name }, position) => operations[position + 1]?.name === name);
if (twice !== undefined) throw new Error(`two operations are named ${twice.name}`);

const manifest = Object.fromEntries(operations.map(({ id, text }) => [id, text]));
await writeFile(join(FOLDER, 'documents.json'), `${JSON.stringify(manifest, null, 1)}\n`);
const ids = JSON.stringify(Object.fromEntries(operations.map(({ name, id }) => [name, id])), null, 2);
await writeFile(
  join(FOLDER, 'documents.ts'),
  `// Made by documents.mjs: the id of each operation's trusted document.\nexport const DOCUMENT_IDS: Readonly<Record<string, string>> = ${ids};\n`,
);
