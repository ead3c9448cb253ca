// Why: what the hours of each volunteer row come to stands in the server's working, one step per input.
import { readWorking, type Step } from '@/components/working';
import type { Content } from '../section/path';

const INPUT = /^input\.(\d+)\.amount$/;

function amountSteps(step: Step, found: Map<number, string> = new Map()): Map<number, string> {
  const position = INPUT.exec(step.id)?.[1];
  if (position !== undefined) found.set(Number(position), step.result);
  for (const child of step.children) amountSteps(child, found);
  return found;
}

/** The amounts in the order of the rows. Rows with hours are the only inputs with such a step, and
 * they come in the order in which they were entered. */
export function volunteerAmounts(working: unknown, rows: readonly Content[]): (string | undefined)[] {
  const tree = readWorking(working);
  const amounts = tree ? [...amountSteps(tree)].toSorted(([one], [other]) => one - other).map(([, amount]) => amount) : [];
  let next = 0;
  return rows.map((row) => (row['amount'] === undefined && row['hours'] !== undefined ? amounts[next++] : undefined));
}
