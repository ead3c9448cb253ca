// Why: the frozen document is JSON; these are the few places where the funder's pages reach into it.
import { getAt, rowsAt, textAt, type Content } from '../../applicant/section/path';
import { sumDecimals } from '../../applicant/sums';

export function sectionOf(document: unknown, code: string): unknown {
  return getAt(document, `sections.${code}`);
}

export interface BudgetColumn {
  year: string;
  source: string;
}

export interface BudgetLine {
  id: string;
  description: string;
  costType: string;
  quoted: string;
  cells: Content[];
}

const SOURCES = ['grant', 'own', 'other', 'in_kind'];

function sourceOrder(source: string): number {
  return SOURCES.indexOf(source.startsWith('other:') ? 'other' : source);
}

export function budgetLines(document: unknown): BudgetLine[] {
  return rowsAt(sectionOf(document, 'budget'), 'lines').map((line) => ({
    id: textAt(line, 'id'),
    description: textAt(line, 'description'),
    costType: textAt(line, 'cost_type'),
    quoted: textAt(line, 'cost_hkd'),
    cells: rowsAt(line, 'cells'),
  }));
}

/** Every year and source that carries money, by year and then grant, own, others, in kind. */
export function budgetColumns(lines: readonly BudgetLine[]): BudgetColumn[] {
  const found = new Map<string, BudgetColumn>();
  for (const cell of lines.flatMap((line) => line.cells)) {
    const column = { year: textAt(cell, 'financial_year'), source: textAt(cell, 'source') };
    found.set(`${column.year}|${column.source}`, column);
  }
  return [...found.values()].toSorted(
    (one, other) =>
      one.year.localeCompare(other.year) ||
      sourceOrder(one.source) - sourceOrder(other.source) ||
      one.source.localeCompare(other.source),
  );
}

/** The amounts of some cells under one column, or under every column when none is named. */
export function amountsUnder(cells: readonly Content[], column?: Partial<BudgetColumn>): unknown[] {
  return cells
    .filter((cell) => column?.year === undefined || cell['financial_year'] === column.year)
    .filter((cell) => column?.source === undefined || cell['source'] === column.source)
    .map((cell) => cell['amount']);
}

export interface AskedLine {
  id: string;
  description: string;
  asked: string;
}

/** What each line asks of the grant, in the order in which the server counts lines. */
export function askedLines(document: unknown): AskedLine[] {
  return budgetLines(document)
    .filter((line) => line.cells.some((cell) => cell['source'] === 'grant'))
    .map(({ id, description, cells }) => ({
      id,
      description,
      asked: sumDecimals(amountsUnder(cells, { source: 'grant' })) ?? '0.00',
    }))
    .toSorted((one, other) => (one.id < other.id ? -1 : 1));
}

/** What is missing between printed parts and their printed total; null when they add up. */
export function roundingLeft(total: string, parts: readonly string[]): string | null {
  const negated = parts.map((part) => (part.startsWith('-') ? part.slice(1) : `-${part}`));
  const left = sumDecimals([total, ...negated]);
  return left === null || /^-?[0.]*$/.test(left) ? null : left;
}
