// Why: the answers of the cost-sharing engine come as its own JSON, the one that is stored with each
// run; here they become figures to show. What is not there stays unknown, never zero.
import { getAt, rowsAt, setAt, textAt, type Content } from '@/routes/applicant/section/path';

export interface Change {
  activity: string;
  before: string;
  after: string;
  change: string;
}

interface PoolEffect {
  id: string;
  activities: Change[];
  notCharged: string[];
}

export interface Effect {
  pools: PoolEffect[];
  activities: Change[];
  total: Change;
  /** The exempt projects of each activity. */
  exempt: [string, string[]][];
}

export interface Tie {
  what: string;
  sum: string;
  total: string;
  holds: boolean;
}

interface ReportRow {
  activity: string;
  membership: string;
  before: string;
  after: string;
}

export interface Schedules {
  activities: { activity: string; pools: [string, string][]; total: string }[];
  pools: [string, string][];
  total: string;
  report: ReportRow[];
  reportTotals: Record<'in' | 'out' | 'unknown', string>;
  ties: Tie[];
}

export interface SchemeList {
  codes: number;
  asAt: string;
  complete: boolean;
  expected: number | null;
  loaded: boolean;
}

export interface FlowRow {
  year: string;
  scope: string | null;
  parts: [string, string][];
  total: string;
}

export interface Limit {
  limit: string;
  counted: string[];
  side: string;
  amount: string;
  share: string | null;
  year: string | null;
  stands: string;
  margin: string;
  keeps: boolean;
  binds: boolean;
}

export interface Range {
  source: string;
  absorb: string[];
  low: string;
  high: string;
  lowLimit: string | null;
  highLimit: string | null;
  /** Some plan keeps every limit. */
  possible: boolean;
}

interface Span {
  year: string | null;
  payer: string;
  matched: string;
  entitled: string;
  paid: string;
  unused: string;
}

export interface CellChange {
  line: string;
  year: string;
  source: string;
  before: string;
  after: string;
}

export interface Solution {
  feasible: boolean;
  source: string;
  to: string;
  moved: { from: string; to: string; amount: string }[];
  changes: CellChange[];
  sources: [string, string][];
  limits: Limit[];
  broken: Limit[];
  beyond: string;
}

interface StatedCost {
  line: string;
  year: string | null;
  stated: string;
  paid: string;
  difference: string;
}

export interface Plan {
  rows: FlowRow[];
  years: FlowRow[];
  scopes: FlowRow[];
  sources: [string, string][];
  total: string;
  ties: Tie[];
  limits: Limit[];
  spans: Span[];
  ranges: Range[];
  statedCosts: StatedCost[];
  /** Whether the sources pay what was stated; null where nothing was stated. */
  addsUp: boolean | null;
  solution: Solution | null;
}

function entries(value: unknown): [string, string][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).map(([key, each]) => [key, String(each)]);
}

function words(value: unknown): string[] {
  return Array.isArray(value) ? (value as unknown[]).map(String) : [];
}

function orNull(row: Content, key: string): string | null {
  const text = textAt(row, key);
  return text === '' ? null : text;
}

function readChange(row: unknown): Change {
  return { activity: textAt(row, 'activity'), before: textAt(row, 'before'), after: textAt(row, 'after'), change: textAt(row, 'change') };
}

/** What the exemptions change; null where a run is older than that question. */
export function readEffect(costShare: unknown): Effect | null {
  const effect = getAt(costShare, 'effect');
  if (typeof effect !== 'object' || effect === null) return null;
  return {
    pools: rowsAt(effect, 'pools').map((pool) => ({
      id: textAt(pool, 'id'),
      activities: rowsAt(pool, 'activities').map(readChange),
      notCharged: words(pool['not_charged']),
    })),
    activities: rowsAt(effect, 'activities').map(readChange),
    total: readChange(getAt(effect, 'total')),
    exempt: Object.entries((getAt(effect, 'exempt') ?? {}) as Content).map(([activity, projects]) => [activity, words(projects)]),
  };
}

function tie(row: Content): Tie {
  return { what: textAt(row, 'what'), sum: textAt(row, 'sum'), total: textAt(row, 'total'), holds: row['holds'] === true };
}

/** The schedules of a run; null where a run is older than them. */
export function readSchedules(costShare: unknown): Schedules | null {
  const schedules = getAt(costShare, 'schedules');
  if (typeof schedules !== 'object' || schedules === null) return null;
  const sum = (key: string) => textAt(schedules, `annual_report.${key}`);
  return {
    activities: rowsAt(schedules, 'by_activity.rows').map((row) => ({
      activity: textAt(row, 'activity'),
      pools: entries(row['pools']),
      total: textAt(row, 'total'),
    })),
    pools: entries(getAt(schedules, 'by_activity.pools')),
    total: textAt(schedules, 'by_activity.total'),
    report: rowsAt(schedules, 'annual_report.rows').map((row) => ({
      activity: textAt(row, 'activity'),
      membership: textAt(row, 'membership'),
      before: textAt(row, 'before'),
      after: textAt(row, 'after'),
    })),
    reportTotals: { in: sum('in'), out: sum('out'), unknown: sum('unknown') },
    ties: rowsAt(schedules, 'ties').map(tie),
  };
}

export function readSchemes(schemes: unknown): SchemeList | null {
  if (typeof schemes !== 'object' || schemes === null) return null;
  const given = schemes as Content;
  const expected = given['expected'];
  return {
    codes: Number(given['codes'] ?? 0),
    asAt: textAt(given, 'as_at'),
    complete: given['complete'] === true,
    expected: typeof expected === 'number' ? expected : null,
    loaded: given['loaded'] === true,
  };
}

function limit(row: Content): Limit {
  return {
    limit: textAt(row, 'limit'),
    counted: words(row['counted']),
    side: textAt(row, 'side'),
    amount: textAt(row, 'amount'),
    share: orNull(row, 'share'),
    year: orNull(row, 'financial_year'),
    stands: textAt(row, 'stands'),
    margin: textAt(row, 'margin'),
    keeps: row['keeps'] === true,
    binds: row['binds'] === true,
  };
}

function flowRow(row: Content): FlowRow {
  return { year: textAt(row, 'financial_year'), scope: orNull(row, 'scope'), parts: entries(row['parts']), total: textAt(row, 'total') };
}

function range(row: Content): Range {
  const ends = row['range'];
  return {
    source: textAt(row, 'source'),
    absorb: words(row['absorb']),
    low: textAt(ends, 'low'),
    high: textAt(ends, 'high'),
    lowLimit: textAt(ends, 'low_limit') || null,
    highLimit: textAt(ends, 'high_limit') || null,
    possible: typeof ends === 'object' && ends !== null,
  };
}

function solution(given: unknown): Solution | null {
  if (typeof given !== 'object' || given === null) return null;
  return {
    feasible: (given as Content)['feasible'] === true,
    source: textAt(given, 'source'),
    to: textAt(given, 'to'),
    moved: rowsAt(given, 'moved').map((row) => ({ from: textAt(row, 'from'), to: textAt(row, 'to'), amount: textAt(row, 'amount') })),
    changes: rowsAt(given, 'changes').map((row) => ({
      line: textAt(row, 'line_id'),
      year: textAt(row, 'financial_year'),
      source: textAt(row, 'source'),
      before: textAt(row, 'before'),
      after: textAt(row, 'after'),
    })),
    sources: entries(getAt(given, 'sources')),
    limits: rowsAt(given, 'after.limits').map(limit),
    broken: rowsAt(given, 'broken').map(limit),
    beyond: textAt(given, 'beyond'),
  };
}

/** Who pays, as `calc costplan` answers; null where it could not be computed. */
export function readPlan(plan: unknown): Plan | null {
  if (typeof plan !== 'object' || plan === null) return null;
  const payer = textAt(plan, 'matching.payer');
  const addsUp = (plan as Content)['adds_up'];
  return {
    rows: rowsAt(plan, 'cash_flow.rows').map(flowRow),
    years: rowsAt(plan, 'cash_flow.years').map(flowRow),
    scopes: rowsAt(plan, 'cash_flow.scopes').map(flowRow),
    sources: entries(getAt(plan, 'cash_flow.sources')),
    total: textAt(plan, 'cash_flow.total'),
    ties: rowsAt(plan, 'ties').map(tie),
    limits: rowsAt(plan, 'limits').map(limit),
    spans: rowsAt(plan, 'matching.spans').map((row) => ({
      year: orNull(row, 'financial_year'),
      payer,
      matched: textAt(row, 'matched'),
      entitled: textAt(row, 'entitled'),
      paid: textAt(row, 'paid'),
      unused: textAt(row, 'unused'),
    })),
    ranges: rowsAt(plan, 'ranges').map(range),
    statedCosts: rowsAt(plan, 'stated_costs').map((row) => ({
      line: textAt(row, 'line_id'),
      year: orNull(row, 'financial_year'),
      stated: textAt(row, 'stated'),
      paid: textAt(row, 'paid'),
      difference: textAt(row, 'difference'),
    })),
    addsUp: typeof addsUp === 'boolean' ? addsUp : null,
    solution: solution(getAt(plan, 'solution')),
  };
}

/** The budget with the cells of a solution; everything else stays as it was typed. A solved cell
 * replaces every cell of its line, year and source, as the engine has seen their sum. */
export function applyChanges(budget: Content, changes: readonly CellChange[]): Content {
  const lines = rowsAt(budget, 'lines').map((line) => {
    let cells = rowsAt(line, 'cells');
    for (const each of changes) {
      if (each.line === textAt(line, 'id')) cells = cellsAfter(cells, each);
    }
    return { ...line, cells };
  });
  return setAt(budget, 'lines', lines);
}

function cellsAfter(cells: readonly Content[], change: CellChange): Content[] {
  const isIt = (cell: Content) => textAt(cell, 'financial_year') === change.year && textAt(cell, 'source') === change.source;
  const at = cells.findIndex(isIt);
  if (at < 0) return [...cells, { financial_year: change.year, source: change.source, amount: change.after }];
  return cells
    .map((cell, position) => (position === at ? { ...cell, amount: change.after } : cell))
    .filter((cell, position) => position === at || !isIt(cell));
}
