// Why: the marks in an outcome's words are replaced by figures; here for a preview, on the server for
// applicants. A mark without a figure stays visible. Pure.
import { grouped, money } from '@/format';

export interface Figures {
  value: string | null;
  threshold: string | null;
  shortfall: string | null;
  /** Whether the criterion is about money. */
  isMoney: boolean;
}

const NUMBER = /^-?\d+(\.\d+)?$/;

export function filled(words: string, { isMoney, ...figures }: Figures): string {
  const shown = (figure: string) => (NUMBER.test(figure) ? (isMoney ? money(figure) : grouped(figure)) : figure);
  return words.replace(/\{(\w+)\}/g, (mark, name: string) => {
    const figure = (figures as Record<string, string | null>)[name];
    return figure === undefined || figure === null ? mark : shown(figure);
  });
}
