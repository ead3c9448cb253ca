// Why: labels beside a bar have room for so many letters; a Chinese character takes the room of two.
export function shortLabel(label: string, most: number): string {
  let width = 0;
  const letters = [...label];
  const at = letters.findIndex((letter) => {
    width += /[\u2e80-\uffef]/.test(letter) ? 2 : 1;
    return width > most;
  });
  return at === -1 ? label : `${letters.slice(0, Math.max(at - 1, 1)).join('')}…`;
}
