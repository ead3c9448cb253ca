// Why: what the hours of each volunteer row come to stands in the server's working, among the values
// of the year in which the time is given: `input 4: Helpers` beside `input 4: Helpers, hours`.
import { readWorking, type Step } from '@/components/working';
import type { Content } from '../section/path';

const INPUT = /^input (\d+): /;

function hourlyAmounts(step: Step, found: Map<number, string>): Map<number, string> {
  for (const [name, value] of Object.entries(step.values)) {
    const position = INPUT.exec(name)?.[1];
    if (position !== undefined && `${name}, hours` in step.values) found.set(Number(position), value);
  }
  for (const child of step.children) hourlyAmounts(child, found);
  return found;
}

/** The amounts in the order of the rows; rows with hours are entered in that order. */
export function volunteerAmounts(working: unknown, rows: readonly Content[]): (string | undefined)[] {
  const tree = readWorking(working);
  const found = tree ? hourlyAmounts(tree, new Map()) : new Map<number, string>();
  const amounts = [...found].toSorted(([one], [other]) => one - other).map(([, amount]) => amount);
  let next = 0;
  return rows.map((row) => (row['amount'] === undefined && row['hours'] !== undefined ? amounts[next++] : undefined));
}
