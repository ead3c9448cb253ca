// Why: rules that the exact set must keep, read in a comparison as a sentence a row. Pure.
import { money, plainNumber } from '@/format';
import type { Content } from '../../../applicant/section/path';
import { listOf, text } from '../body';
import type { Telling } from './sentence';

export type LimitName = (dimension: string, code: string) => string;
const DECIMAL = /^-?\d+(\.\d+)?$/;

/** A list of rules, one a line; null for what is no such list. */
export function limitListWords(path: string, value: unknown, { say }: Telling, nameOf: LimitName): string | null {
  if (!Array.isArray(value)) return null;
  switch (path) {
    case 'at_most':
    case 'at_least':
      return listOf(value).map((row) => limitWords(row, say, nameOf)).join('\n');
    case 'exclusive':
      return value.map((row) => (Array.isArray(row) ? row.map(text).join(' / ') : text(row))).join('\n');
    case 'requires':
      return listOf(value).map((row) => say('limit_requires', { application: text(row['application']), needs: text(row['needs']) })).join('\n');
    default:
      return null;
  }
}

function limitWords(row: Content, say: Telling['say'], nameOf: LimitName): string {
  const [dimension, code, value] = [text(row['dimension']), text(row['code']), text(row['value'])];
  const spend = row['measure'] === 'spend';
  const shown = !DECIMAL.test(value) ? value : spend ? money(value) : plainNumber(value);
  return say(spend ? 'limit_spend' : 'limit_count', { name: nameOf(dimension, code), value: shown });
}
