// Why: the levers of a grid live in the address, so that a view can be sent and returned to. A lever is
// one text: parameter, scope, unit, from, to, steps.
import { useNavigate, useSearch } from '@tanstack/react-router';
import { isShare, ladder, PARAMETERS, sameNumber, UNITS, withStated, type ParameterCode, type UnitCode } from '../levers';
import type { ExploreOutcome } from './target';

export interface LeverState {
  parameter: ParameterCode;
  scope: string;
  unit: UnitCode;
  from: string;
  to: string;
  steps: number;
}

export const STEPS_MIN = 3;
export const STEPS_MAX = 11;
const SEPARATOR = '~';
const DECIMAL = /^\d+(\.\d+)?$/;

// Multiples of quantities and prices are always possible; those of shares may pass 100 %.
export const FIRST_ROW: LeverState = {
  parameter: 'quantity', scope: 'all', unit: 'multiplier', from: '0.5', to: '1.5', steps: 5,
};
const FIRST_COLUMN: LeverState = {
  parameter: 'proxy', scope: 'all', unit: 'multiplier', from: '0.5', to: '1.5', steps: 5,
};

export function writeLever({ parameter, scope, unit, from, to, steps }: LeverState): string {
  return [parameter, scope, unit, from, to, String(steps)].join(SEPARATOR);
}

/** Null when the text is none of ours. */
export function readLeverState(text: unknown): LeverState | null {
  if (typeof text !== 'string') return null;
  const [name, scope, unitName, from, to, count] = text.split(SEPARATOR);
  const parameter = PARAMETERS.find((each) => each === name);
  const unit = UNITS.find((each) => each === unitName);
  const steps = Number(count);
  if (!parameter || !unit || !scope || !from || !to) return null;
  if (!DECIMAL.test(from) || !DECIMAL.test(to) || !(steps >= STEPS_MIN && steps <= STEPS_MAX)) return null;
  return { parameter, scope, unit, from, to, steps };
}

/** The value of a lever as the map states it; unknown for all outcomes together unless they agree. */
export function statedValue(lever: LeverState, outcomes: readonly ExploreOutcome[], rate?: string): string | undefined {
  if (lever.unit === 'multiplier') return '1';
  if (lever.parameter === 'discount_rate') return rate;
  const meant = lever.scope === 'all' ? outcomes : outcomes.filter(({ id }) => id === lever.scope);
  const [first, ...rest] = meant.map((outcome) => outcome.values?.[lever.parameter]);
  return rest.every((value) => sameNumber(value, first)) ? first : undefined;
}

/** The values of a lever in order, the stated one among them when it lies between the ends. */
export function leverValues(lever: LeverState, stated: string | undefined): string[] {
  return withStated(ladder(lever.from, lever.to, lever.steps), stated);
}

/** What a lever is asked between when it is chosen anew. */
export function freshRange(parameter: ParameterCode, unit: UnitCode): Pick<LeverState, 'from' | 'to'> {
  if (unit === 'multiplier') return { from: '0.5', to: '1.5' };
  if (parameter === 'discount_rate') return { from: '0', to: '0.08' };
  return isShare(parameter) ? { from: '0', to: '0.6' } : { from: '1', to: '100' };
}

export interface ExploreState {
  row: LeverState;
  column: LeverState;
  draws: number;
}

export const DRAWS = [10_000, 100_000] as const;

/** The state in the address, whatever page the explorer stands on. */
export function useExploreState(): [ExploreState, (change: Partial<ExploreState>) => void] {
  const search: Record<string, unknown> = useSearch({ strict: false });
  const navigate = useNavigate();
  const draws = DRAWS.find((each) => String(each) === String(search['draws'])) ?? DRAWS[0];
  const state = {
    row: readLeverState(search['row']) ?? FIRST_ROW,
    column: readLeverState(search['column']) ?? FIRST_COLUMN,
    draws,
  };
  const change = (part: Partial<ExploreState>) => {
    const written = {
      ...(part.row ? { row: writeLever(part.row) } : {}),
      ...(part.column ? { column: writeLever(part.column) } : {}),
      ...(part.draws ? { draws: part.draws } : {}),
    };
    void navigate({
      to: '.',
      search: ((old: Record<string, unknown>) => ({ ...old, ...written })) as never,
      replace: true,
      resetScroll: false,
    });
  };
  return [state, change];
}
