// Why: what differs between two versions, arranged for reading: by part, each thing with its name, each
// value as words. Pure; the server finds the differences.
import { asContent } from '../../applicant/section/useSavedForm';
import { bilingual, listOf, questionOfCriterion, text } from './body';
import { kindOfValue } from './words/kinds';
import { limitListWords, type LimitName } from './words/limits';
import { ruleWords, valueWords, type Telling } from './words/sentence';

interface FieldChange {
  path: string;
  before: unknown;
  after: unknown;
}

export interface Change {
  part: string;
  id: string;
  /** ADDED, REMOVED or CHANGED; files write it in small letters. */
  kind: string;
  fields: readonly FieldChange[];
}

interface DiffRow {
  path: string;
  /** Keys of the words for the path, from the most to the least telling. */
  labelKeys: string[];
  before: string;
  after: string;
}

interface DiffThing {
  id: string;
  kind: 'ADDED' | 'REMOVED' | 'CHANGED';
  rows: DiffRow[];
}

interface DiffPart {
  part: string;
  things: DiffThing[];
}

/** Parameters as they were before the changes, so that rules of the earlier side read with its figures. */
function tellingBefore(changes: readonly Change[], telling: Telling): Telling {
  const parameters = { ...telling.parameters };
  for (const { part, id, fields } of changes) {
    const whole = part === 'parameters' ? fields.find(({ path }) => path === '') : undefined;
    if (whole === undefined) continue;
    if (whole.before === undefined || whole.before === null) delete parameters[id];
    else parameters[id] = whole.before;
  }
  return { ...telling, parameters };
}

/** Parts in the order of the tabs; the server's order within. */
const PARTS = ['texts', 'criteria', 'tables', 'parameters', 'sections', 'stages', 'words', 'rubric', 'settings'];

export function diffParts(changes: readonly Change[], telling: Telling, nameOf: LimitName): DiffPart[] {
  const tellings: Tellings = { before: tellingBefore(changes, telling), after: telling, nameOf };
  const parts = [...new Set([...PARTS, ...changes.map(({ part }) => part)])];
  return parts
    .map((part) => ({ part, things: changes.filter((change) => change.part === part).map((change) => thingOf(change, tellings)) }))
    .filter(({ things }) => things.length > 0);
}

function kindWord(kind: string): DiffThing['kind'] {
  const upper = kind.toUpperCase();
  return upper === 'ADDED' || upper === 'REMOVED' ? upper : 'CHANGED';
}

interface Tellings {
  before: Telling;
  after: Telling;
  nameOf: LimitName;
}

function thingOf(change: Change, tellings: Tellings): DiffThing {
  const rows = change.fields.flatMap((field) => (field.path === '' ? wholeRows(change, field, tellings) : [rowOf(change, field, tellings)]));
  return { id: change.id, kind: kindWord(change.kind), rows };
}

const MAIN: Readonly<Record<string, readonly string[]>> = {
  criteria: ['severity', 'question_en', 'question_zh', 'rule'],
  rubric: ['en', 'zh', 'weight', 'source'],
};

/** Something added or removed is told by its main fields. */
function wholeRows(change: Change, { before, after }: FieldChange, tellings: Tellings): DiffRow[] {
  const whole = asContent(before ?? after);
  const keys = (MAIN[change.part] ?? []).filter((key) => key in whole);
  if (keys.length === 0) return [rowOf(change, { path: '', before, after }, tellings)];
  return keys.map((key) => rowOf(change, { path: key, before: asContent(before)[key], after: asContent(after)[key] }, tellings));
}

function rowOf(change: Change, { path, before, after }: FieldChange, tellings: Tellings): DiffRow {
  return {
    path,
    labelKeys: labelKeys(change.part, path),
    before: changeWords(change, path, before, tellings.before, tellings.nameOf),
    after: changeWords(change, path, after, tellings.after, tellings.nameOf),
  };
}

function labelKeys(part: string, path: string): string[] {
  const plain = path.replace(/\[\d+\]/g, '').replaceAll('.', '_');
  const last = path.split('.').at(-1)?.replace(/\[\d+\]/g, '') ?? '';
  return [`${part}_${plain}`, plain, last].filter((key) => key !== '');
}

function changeWords(change: Change, path: string, value: unknown, telling: Telling, nameOf: LimitName): string {
  if (value === undefined || value === null) return '';
  if (change.part === 'criteria' && path === 'rule') return ruleWords(value, telling);
  if (change.part === 'criteria' && path === 'severity') return telling.say(`severity_${text(value)}`);
  if (change.part === 'criteria' && path === '') return text(questionOfCriterion(asContent(value))[telling.language]);
  if (change.part === 'parameters' && path === '') return valueWords(value, telling, kindOfValue(change.id, value));
  const limits = change.part === 'settings' && change.id === 'constraints' ? limitListWords(path, value, telling, nameOf) : null;
  return limits ?? plainWords(value, telling);
}

/** Text as it stands, pairs in the language on screen, lists in a row, the rest as JSON. */
function plainWords(value: unknown, telling: Telling): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return telling.say(value ? 'yes' : 'no');
  if (typeof value !== 'object') return text(value);
  const pair = bilingual(value);
  if (!Array.isArray(value) && pair.en + pair.zh !== '' && Object.keys(value).length <= 2) return pair[telling.language] || pair.en;
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return valueWords(value, telling);
  if (Array.isArray(value) && listOf(value).every((each) => 'code' in each)) return listOf(value).map((each) => text(each['code'])).join(' → ');
  return JSON.stringify(value, null, 1);
}

/** What an import answers with, anything left out read as nothing. */
export function readChanges(body: unknown): Change[] {
  return listOf(asContent(body)['changes']).map((each) => ({
    part: text(each['part']),
    id: text(each['id']),
    kind: text(each['kind']),
    fields: listOf(each['fields']).map((field) => ({ path: text(field['path']), before: field['before'], after: field['after'] })),
  }));
}
