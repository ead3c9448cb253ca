// Why: labels beside a bar have room for so many letters; a Chinese character takes the room of two. On
// a phone a chart is drawn narrow with labels above the bars, so that letters keep their size.
import { useMediaQuery } from '@mantine/hooks';

export function useNarrow(): boolean {
  return useMediaQuery('(max-width: 48em)') ?? false;
}

export function shortLabel(label: string, most: number): string {
  let width = 0;
  const letters = [...label];
  const at = letters.findIndex((letter) => {
    width += /[\u2e80-\uffef]/.test(letter) ? 2 : 1;
    return width > most;
  });
  return at === -1 ? label : `${letters.slice(0, Math.max(at - 1, 1)).join('')}…`;
}
