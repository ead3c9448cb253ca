// Why: rules that the exact set must keep are lists in the settings of a programme; rows come and go
// without touching what else stands there. Pure.
import { asContent } from '../../../applicant/section/useSavedForm';
import type { Content } from '../../../applicant/section/path';

export const CONSTRAINTS = 'settings.constraints';
export const RULE_LISTS = ['at_most', 'at_least', 'exclusive', 'requires'] as const;
export type RuleList = (typeof RULE_LISTS)[number];

export const DIMENSIONS = ['district', 'service_area', 'size_band'] as const;
export const MEASURES = ['count', 'spend'] as const;

const LIMIT = { dimension: 'district', code: '', measure: 'count', value: '' };
const NEW_ROWS: Record<RuleList, unknown> = {
  at_most: LIMIT,
  at_least: LIMIT,
  exclusive: [],
  requires: { application: '', needs: '' },
};

export function rulesIn(constraints: unknown, list: RuleList): unknown[] {
  const rows = asContent(constraints)[list];
  return Array.isArray(rows) ? rows : [];
}

/** An emptied list is left out, as in a programme that never had one. */
function put(constraints: unknown, list: RuleList, rows: readonly unknown[]): Content {
  const { [list]: _, ...others } = asContent(constraints);
  return rows.length === 0 ? others : { ...others, [list]: rows };
}

export function withRule(constraints: unknown, list: RuleList): Content {
  return put(constraints, list, [...rulesIn(constraints, list), NEW_ROWS[list]]);
}

export function withoutRule(constraints: unknown, list: RuleList, at: number): Content {
  return put(constraints, list, rulesIn(constraints, list).filter((_, each) => each !== at));
}
