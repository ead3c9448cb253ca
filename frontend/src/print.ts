// Why: what is folded away on screen must be on paper: printing opens the parts that say so and
// folds them again afterwards.
export function openDetailsForPrint(): void {
  let opened: HTMLDetailsElement[] = [];
  window.addEventListener('beforeprint', () => {
    opened = [...document.querySelectorAll<HTMLDetailsElement>('details.pl-printopen:not([open])')];
    for (const part of opened) part.open = true;
  });
  window.addEventListener('afterprint', () => {
    for (const part of opened) part.open = false;
    opened = [];
  });
}
