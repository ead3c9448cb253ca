// Why: the compiler holds both languages to the same keys; this holds them to the same parameters,
// and keeps machine-made or simplified Chinese out.
import { describe, expect, it } from 'vitest';

type Tree = { [key: string]: string | Tree };

const modules = import.meta.glob<{ default: Tree }>('./{en,zh}/*.ts', { eager: true });

function flat(tree: Tree, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) => {
    const at = path === '' ? key : `${path}.${key}`;
    return typeof value === 'string' ? [[at, value] as [string, string]] : flat(value, at);
  });
}

/** A name that is sent in both languages is `en` in one text and `zh` in the other. */
function parameters(text: string): string[] {
  return [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => (match[1] ?? '').replace(/^zh$/, 'en')).toSorted();
}

const areas = Object.keys(modules)
  .filter((path) => path.startsWith('./en/'))
  .map((path) => path.slice(5));

describe.each(areas)('%s', (area) => {
  const english = flat(modules[`./en/${area}`]?.default ?? {});
  const chinese = new Map(flat(modules[`./zh/${area}`]?.default ?? {}));

  it('uses the same parameters in both languages', () => {
    const different = english
      .filter(([key, text]) => String(parameters(text)) !== String(parameters(chinese.get(key) ?? '')))
      .map(([key]) => key);
    expect(different).toEqual([]);
  });

  it('leaves no text empty', () => {
    expect(english.filter(([, text]) => text.trim() === '').map(([key]) => key)).toEqual([]);
    expect([...chinese].filter(([, text]) => text.trim() === '').map(([key]) => key)).toEqual([]);
  });

  it('is written in traditional characters with full-width punctuation', () => {
    const simplified = /[们这为个东会对开关实应经过还进现发书长门问间见觉观时说话语请让谁调证评识议论该详误谢]/;
    const halfWidth = /[\u4e00-\u9fff][,;:?!]|[\u4e00-\u9fff]\.(?:$|\s)/;
    const wrong = [...chinese].filter(([, text]) => simplified.test(text) || halfWidth.test(text));
    expect(wrong).toEqual([]);
  });
});
