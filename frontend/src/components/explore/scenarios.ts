// Why: a scenario under construction, the presets, and how it is asked. Scenarios travel by an id, so
// that two of the same name stay apart.
import type { ChangeInput, ScenarioInput } from '@/gql/graphql';
import { isShare } from '../levers';
import type { LeverState } from './state';
import type { ExploreOutcome } from './target';

export interface Change extends Pick<LeverState, 'parameter' | 'scope' | 'unit'> {
  id: string;
  value: string;
}

export type ScenarioKind = 'cautious' | 'optimistic' | 'own';

export interface ScenarioState {
  id: string;
  kind: ScenarioKind;
  /** As typed; a preset is named in the language on screen until somebody renames it. */
  name?: string;
  changes: readonly Change[];
}

const PRESETS: Record<ScenarioKind, readonly Omit<Change, 'id'>[]> = {
  cautious: [
    { parameter: 'quantity', scope: 'all', unit: 'multiplier', value: '0.9' },
    { parameter: 'proxy', scope: 'all', unit: 'multiplier', value: '0.8' },
    { parameter: 'deadweight', scope: 'all', unit: 'multiplier', value: '1.2' },
  ],
  optimistic: [
    { parameter: 'quantity', scope: 'all', unit: 'multiplier', value: '1.1' },
    { parameter: 'proxy', scope: 'all', unit: 'multiplier', value: '1.2' },
    { parameter: 'deadweight', scope: 'all', unit: 'multiplier', value: '0.8' },
  ],
  own: [{ parameter: 'quantity', scope: 'all', unit: 'multiplier', value: '0.8' }],
};

export function preset(kind: ScenarioKind, outcomes: readonly ExploreOutcome[]): ScenarioState {
  return {
    id: crypto.randomUUID(),
    kind,
    changes: PRESETS[kind]
      .filter((change) => isPossible(change, outcomes))
      .map((change) => ({ ...change, id: crypto.randomUUID() })),
  };
}

/** A share of 90 % cannot be a fifth higher: a preset leaves such a change out. */
function isPossible({ parameter, value }: Omit<Change, 'id'>, outcomes: readonly ExploreOutcome[]): boolean {
  return !isShare(parameter) || outcomes.every(({ values }) => Number(values?.[parameter] ?? 0) * Number(value) <= 1);
}

/** The figures as stated, asked like any scenario: a rate that is moved to itself. */
export const STATED: ScenarioInput = {
  name: 'stated',
  changes: [{ parameter: 'discount_rate', scope: 'all', unit: 'multiplier', value: '1' }],
};

export function changeInput({ id, changes }: ScenarioState): ScenarioInput {
  return {
    name: id,
    changes: changes.map(({ parameter, scope, unit, value }): ChangeInput => ({ parameter, scope, unit, value })),
  };
}

/** What came back, under the names on screen. */
export function readScenarios<T extends { name: string }>(found: readonly T[], names: ReadonlyMap<string, string>): T[] {
  return found.map((each) => ({ ...each, name: names.get(each.name) ?? each.name }));
}
