// Why: the server names what to talk about by code; the panel reads sentences.
import { fixed, movePoint, plainNumber } from '@/format';
import { labelled, wordFor } from '@/i18n';
import { personText } from '@/personName';

export interface Topic {
  code: string;
  params: unknown;
}

export const TOPICS = [
  'contested', 'gap', 'outlier', 'tie_at_line', 'severity_moves', 'second_opinion', 'not_ranked', 'soft_criterion',
  'awaiting_confirmation', 'appeal_open',
] as const;

/** Figures of a topic that are shown with two places at most. */
const LEVELS = new Set(['gap', 'distance']);

function shown(name: string, value: unknown, nameOf: (criterion: string) => string): string {
  if (Array.isArray(value)) return value.map((each) => shown(name, each, nameOf)).join(', ');
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  const isNumber = /^-?\d+(\.\d+)?$/.test(text);
  if (name === 'share' && isNumber) return `${fixed(movePoint(text, 2), 2)}%`;
  if (LEVELS.has(name) && isNumber) return plainNumber(fixed(text, 2));
  if (name === 'reviewer') return personText(text);
  if (name === 'criterion' || name === 'missing') return text.split(/,\s*/).map(nameOf).join(', ');
  return text;
}

/** A topic as a sentence; one that is not known shows its code and what came with it. */
export function topicWords({ code, params }: Topic, nameOf: (criterion: string) => string): string {
  const given = typeof params === 'object' && params !== null ? Object.entries(params) : [];
  const values = Object.fromEntries(given.map(([name, value]) => [name, shown(name, value, nameOf)]));
  const bare = code === 'not_ranked' && (values['missing'] ?? '') === '';
  const known = wordFor(`ranking:topic.${bare ? 'not_ranked_bare' : code}`, values);
  if (known !== null) return known;
  return given.length === 0 ? code : labelled(code, Object.values(values).join(', '));
}

export function topicName(code: string): string {
  return wordFor(`ranking:topicName.${code}`) ?? code;
}

/** The kinds of topic that occur, in the order in which a panel takes them. */
export function topicsOf(items: readonly { topics: readonly Topic[] }[]): string[] {
  const found = new Set(items.flatMap((item) => item.topics.map((topic) => topic.code)));
  const known = TOPICS.filter((code) => found.has(code));
  return [...known, ...[...found].filter((code) => !TOPICS.some((each) => each === code)).toSorted()];
}
