// Why: levels of part funding as they are typed and as they are sent; what cannot be read is sent as
// typed nowhere: it is named first.
import type { ProblemLike } from '@/components/ProblemText';
import { amount, movePoint, readMoney, readPercent } from '@/format';

/** No application offers more. */
export const LEVELS_MAX = 5;

export interface LevelTyped {
  id: string;
  en: string;
  zh: string;
  amount: string;
  share: string;
  reason: string;
}

export interface LevelStored {
  id: string;
  name: { en: string; zh: string };
  amount: string;
  benefitShare: string;
  reason: string;
}

export interface LevelSent {
  id: string;
  nameEn: string;
  nameZh: string;
  amount: string;
  benefitShare: string;
  reason: string;
}

/** Fields of a level as the server names them in a path, and as they are typed. */
export const LEVEL_FIELDS = [
  ['nameEn', 'en'],
  ['nameZh', 'zh'],
  ['amount', 'amount'],
  ['benefitShare', 'share'],
  ['reason', 'reason'],
] as const satisfies readonly (readonly [keyof LevelSent, keyof LevelTyped])[];

export function typedLevel({ id, name, amount: sum, benefitShare, reason }: LevelStored): LevelTyped {
  return { id, en: name.en, zh: name.zh, amount: amount(sum), share: movePoint(benefitShare, 2), reason };
}

/** An empty level under an id that no other has. */
export function newLevel(levels: readonly LevelTyped[]): LevelTyped {
  const taken = new Set(levels.map((each) => each.id));
  let number = levels.length + 1;
  while (taken.has(`level_${number}`)) number += 1;
  return { id: `level_${number}`, en: '', zh: '', amount: '', share: '', reason: '' };
}

/** What is empty or cannot be read, all at once; everything else is judged by the server. */
export function unreadLevels(levels: readonly LevelTyped[]): ProblemLike[] {
  return levels.flatMap((level, position) =>
    LEVEL_FIELDS.flatMap(([sent, typed]) => {
      const path = `levels[${position}].${sent}`;
      if (level[typed].trim() === '') return [{ code: 'missing', path, message: '', params: [] }];
      const read = typed === 'amount' ? readMoney(level.amount) : typed === 'share' ? readPercent(level.share) : '';
      const example = typed === 'share' ? '60%' : '1850.00';
      return read === null ? [{ code: 'not_decimal', path, message: '', params: [{ name: 'example', value: example }] }] : [];
    }),
  );
}

export function sentLevels(levels: readonly LevelTyped[]): LevelSent[] {
  return levels.map((level) => ({
    id: level.id,
    nameEn: level.en,
    nameZh: level.zh,
    amount: readMoney(level.amount) ?? '',
    benefitShare: readPercent(level.share) ?? '',
    reason: level.reason,
  }));
}
