// Why: a path such as `outcomes[2].deadweight` in words that a person knows: which outcome, and which
// of its questions.
import { grouped, money, percent } from '@/format';
import type { FieldDataFragment } from '@/gql/graphql';
import type { Bilingual } from '@/i18n';
import { questionOf } from '../section/context';
import { textAt } from '../section/path';

export interface PathNaming {
  fields: readonly FieldDataFragment[];
  pick: (text: Bilingual) => string;
  /** What a row is called when it has no name: `Outcome 3`. */
  rowWord: (list: string, number: number) => string;
}

/** `Outcome 3 (Less lonely), Deadweight`. */
export function pathWords(path: string, content: unknown, { fields, pick, rowWord }: PathNaming): string {
  const row = /^(\w+)\[(\d+)\]/.exec(path);
  const field = questionOf(fields, path);
  const keyed = field ? null : keyedQuestion(path, fields);
  const question = field ? pick(field.label) : keyed ? `${pick(keyed.field.label)} · ${keyed.key}` : path.replace(/^\w+\[\d+\]\.?/, '');
  if (!row) return question;
  const [at, list = '', position = '0'] = row;
  const name = textAt(content, `${at}.name`);
  const place = rowWord(list, Number(position) + 1) + (name === '' ? '' : ` (${name})`);
  return question === '' ? place : `${place} · ${question}`;
}

/** A question that is answered key by key, such as the weights of activities: `pools[0].weights.fsa`. */
function keyedQuestion(path: string, fields: readonly FieldDataFragment[]): { field: FieldDataFragment; key: string } | null {
  const parts = /^(\w+\[\d+\]\.\w+)\.(.+)$/.exec(path);
  const field = parts ? questionOf(fields, parts[1] ?? '') : undefined;
  return field ? { field, key: parts?.[2] ?? '' } : null;
}

/** A value as it stands in its cell: shares as percentages, money with its marks. */
export function valueWords(path: string, value: string, { fields }: Pick<PathNaming, 'fields'>): string {
  if (!/^-?\d+(\.\d+)?$/.test(value)) return value;
  const kind = questionOf(fields, path)?.kind;
  if (kind === 'share') return percent(value);
  if (kind === 'money') return money(value);
  return kind === 'decimal' ? grouped(value) : value;
}
