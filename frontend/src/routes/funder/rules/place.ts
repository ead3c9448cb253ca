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
  const dimension = /^(rubric\.dimensions\[\d+\])\.?(.*)$/.exec(path);
  if (dimension) return joined(text(getAt(content, `${dimension[1]}.id`)), dimensionWords(dimension[2] ?? '', say));
  if (path === 'rubric.dimensions') return say('part.rubric') ?? path;
  const setting = /^settings\.([^.[]+)(?:\[\d+\])?\.?(.*)$/.exec(path);
  if (setting) return joined(say(`settingName.${setting[1]}`) ?? setting[1] ?? '', settingWords(setting[1] ?? '', setting[2] ?? '', say));
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

/** `levels[3].zh` → `Level 3 (Chinese)`. */
function dimensionWords(path: string, say: Say): string {
  const key = path.replace(/\[(\d+)\]/g, '_$1').replaceAll('.', '_');
  return key === '' ? '' : (say(`fieldName.rubric_${key}`) ?? say(`fieldName.${key}`) ?? path);
}

/** Anchors and readings go by the dimension they are of; other parts of a setting by their names. */
function settingWords(setting: string, path: string, say: Say): string {
  if (setting === 'anchors' || setting === 'machine_read') return path.replace(/\.?(zero|hundred|by_scope)/g, '').replace('.', ' ');
  const rule = /^([a-z_]+)(?:\[(\d+)\])?/.exec(path);
  if (rule === null) return path;
  const name = say(`settingName.${rule[1]}`) ?? path;
  return rule[2] === undefined ? name : `${name} ${Number(rule[2]) + 1}`;
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
