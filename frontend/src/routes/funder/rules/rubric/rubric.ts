// Why: a dimension of the rubric is named in several places of a version: who scores it, its anchors and
// the keys that break ties. Adding, renaming and removing keep them together. Pure.
import type { Points } from '@/components/points';
import { asContent } from '../../../applicant/section/useSavedForm';
import type { Content } from '../../../applicant/section/path';
import { listOf, nextId, text } from '../body';

export const LEVEL_NUMBERS = [0, 1, 2, 3, 4, 5] as const;
const POINTS = 100;
/** The low end of the SROI range: the one reading that the ranking knows. */
const READING = 'sroi_p5';

export const SCORERS = ['reviewers', 'machine'] as const;
export type Scorer = (typeof SCORERS)[number];

export function dimensionsOf(content: unknown): Content[] {
  return listOf(asContent(asContent(content)['rubric'])['dimensions']);
}

/** Points given and points left; what is no whole number counts for nothing. */
export function pointsOf(content: unknown): { sum: number; left: number } {
  const weights = dimensionsOf(content).map(({ weight }) => (Number.isInteger(weight) ? Number(weight) : 0));
  const sum = weights.reduce((all, weight) => all + weight, 0);
  return { sum, left: POINTS - sum };
}

/** Weights by id; one short where two dimensions share an id or one has none. */
export function weightsOf(content: unknown): Points {
  return Object.fromEntries(
    dimensionsOf(content).flatMap(({ id, weight }) => (text(id) === '' ? [] : [[text(id), Number.isInteger(weight) ? Number(weight) : 0]])),
  );
}

/** The body with other dimensions and settings. */
function put(content: Content, dimensions: readonly Content[], settings: Content = {}): Content {
  return {
    ...content,
    rubric: { ...asContent(content['rubric']), dimensions },
    settings: { ...asContent(content['settings']), ...settings },
  };
}

/** Gives dimensions the weights that a person takes over; those without one keep theirs. */
export function withWeights(content: Content, points: Points): Content {
  return put(content, dimensionsOf(content).map((dimension) => ({ ...dimension, weight: points[text(dimension['id'])] ?? dimension['weight'] })));
}

/** Adds a dimension that gets what points are left. */
export function withDimension(content: Content): Content {
  const dimensions = dimensionsOf(content);
  const added: Content = {
    id: dimensions.length === 0 ? 'R1' : nextId(dimensions),
    weight: Math.max(1, pointsOf(content).left),
    en: '',
    zh: '',
    look_for: { en: '', zh: '' },
    source: 'reviewers',
    levels: LEVEL_NUMBERS.map((level) => ({ level, en: '', zh: '' })),
  };
  return put(content, [...dimensions, added]);
}

/** Whether a dimension has its six levels in order and both texts; earlier versions have neither. */
export function isComplete(dimension: Content): boolean {
  const levels = listOf(dimension['levels']);
  return typeof dimension['look_for'] !== 'string' && LEVEL_NUMBERS.every((level) => levels[level]?.['level'] === level);
}

/** The dimension with room for what it lacks; a text for both languages becomes the English one. */
export function completed(dimension: Content): Content {
  const levels = listOf(dimension['levels']);
  const before = dimension['look_for'];
  return {
    ...dimension,
    look_for: typeof before === 'string' ? { en: before, zh: '' } : before,
    levels: LEVEL_NUMBERS.map((level) => levels.find((each) => each['level'] === level) ?? { level, en: '', zh: '' }),
  };
}

export function withoutDimension(content: Content, at: number): Content {
  const dimensions = dimensionsOf(content);
  const id = text(dimensions[at]?.['id']);
  return put(content, dimensions.filter((_, each) => each !== at), renamedSettings(content, dimensions, id, null));
}

/** Gives a dimension another id wherever it is named. */
export function renamed(content: Content, at: number, id: string): Content {
  const dimensions = dimensionsOf(content);
  const before = text(dimensions[at]?.['id']);
  const after = dimensions.map((dimension, each) => (each === at ? { ...dimension, id } : dimension));
  return put(content, after, renamedSettings(content, dimensions, before, id));
}

/** Settings that name a dimension, under its new id or without it; an id that two share stays. */
function renamedSettings(content: Content, dimensions: readonly Content[], before: string, id: string | null): Content {
  if (before === '' || dimensions.filter((dimension) => dimension['id'] === before).length > 1) return {};
  const { machine_read: read, anchors, tie_break: keys } = asContent(content['settings']);
  const entries = (value: unknown) =>
    Object.fromEntries(
      Object.entries(asContent(value)).flatMap(([key, each]) => (key !== before ? [[key, each]] : id === null ? [] : [[id, each]])),
    );
  const tie = (Array.isArray(keys) ? keys.map(String) : []).flatMap((key) => {
    const { name, direction } = tieParts(key);
    return name !== before ? [key] : id === null ? [] : [`${id}:${direction}`];
  });
  return { machine_read: entries(read), anchors: entries(anchors), tie_break: tie };
}

/** Has people or the machine score a dimension, with the anchors that this needs. */
export function scoredBy(content: Content, at: number, source: Scorer): Content {
  const dimensions = dimensionsOf(content);
  const id = text(dimensions[at]?.['id']);
  const { machine_read: before, anchors: all } = asContent(content['settings']);
  const { [id]: reading, ...read } = asContent(before);
  const { [id]: own, ...anchors } = asContent(all);
  const after = dimensions.map((dimension, each) => (each === at ? { ...dimension, source } : dimension));
  if (source === 'reviewers') return put(content, after, { machine_read: read, anchors });
  return put(content, after, {
    machine_read: { ...read, [id]: reading ?? READING },
    anchors: { ...anchors, [id]: own ?? { zero: '0', hundred: '5' } },
  });
}

/** `R2:max` in its two parts. */
export function tieParts(key: string): { name: string; direction: string } {
  const at = key.lastIndexOf(':');
  return at < 0 ? { name: key, direction: '' } : { name: key.slice(0, at), direction: key.slice(at + 1) };
}

/** The kinds of project that the form offers. */
export function scopesOf(content: unknown): Content[] {
  const project = listOf(asContent(content)['sections']).find(({ code }) => code === 'project');
  const field = listOf(project?.['fields']).find(({ path }) => path === 'scope_code');
  return listOf(field?.['options']);
}
