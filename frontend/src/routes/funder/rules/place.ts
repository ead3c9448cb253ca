// Why: a problem is named by what it is about, not by its path: `DF-E30 · Question (Chinese)`. Pure.
import { getAt } from '../../applicant/section/path';
import { bilingual, text } from './body';

type Say = (key: string) => string | null;

/** The words for the place of a problem in a draft; `say` finds words of the rules' catalogue. */
export function placeWords(path: string, content: unknown, language: 'en' | 'zh', say: Say): string {
  const criterion = /^criteria\[(\d+)\]\.?(.*)$/.exec(path);
  if (criterion) return joined(text(getAt(content, `criteria[${criterion[1]}].id`)), fieldWords(criterion[2] ?? '', say));
  const table = /^tables\.([^.[]+)\.?(?:rows\[(\d+)\])?/.exec(path);
  if (table) return joined(named(content, `tables.${table[1]}.label`, table[1] ?? '', language), rowWords(table[2], say));
  const field = /^(sections\[\d+\])\.fields\[\d+\]/.exec(path);
  if (field) return joined(titleAt(content, field[1] ?? '', 'title', language), titleAt(content, field[0], 'label', language));
  const part = /^(sections|stages)\[\d+\]/.exec(path);
  if (part) return titleAt(content, part[0], part[1] === 'stages' ? 'name' : 'title', language);
  const entry = /^(parameters|parameter_status|words)\.([^.[]+)/.exec(path);
  if (entry) return joined(say(`part.${entry[1] === 'words' ? 'words' : 'parameters'}`) ?? '', entry[2] ?? '');
  return say(`part.${path}`) ?? path;
}

function joined(one: string, other: string): string {
  return [one, other].filter((words) => words !== '').join(' · ');
}

/** The field of a criterion; anything inside a rule is the rule. */
function fieldWords(path: string, say: Say): string {
  const head = /^[a-z_]+/.exec(path)?.[0] ?? '';
  const whole = path.replaceAll('.', '_');
  return head === '' ? '' : (say(`fieldName.${whole}`) ?? say(`fieldName.${head}`) ?? say(`texts.${head}`) ?? path);
}

function rowWords(row: string | undefined, say: Say): string {
  return row === undefined ? '' : `${say('tables.row') ?? ''} ${Number(row) + 1}`;
}

function named(content: unknown, path: string, otherwise: string, language: 'en' | 'zh'): string {
  const { [language]: own, en } = bilingual(getAt(content, path));
  return own || en || otherwise;
}

function titleAt(content: unknown, path: string, key: string, language: 'en' | 'zh'): string {
  const code = text(getAt(content, `${path}.code`)) || text(getAt(content, `${path}.path`));
  return named(content, `${path}.${key}`, code, language);
}
