// Why: the order in which the method is told: from the rows of a value map to the ratio, what else is
// read from it, the conventions, and how uncertainty is shown. A step that is new finds its place.
const GROUPS = ['order', 'results', 'conventions', 'uncertainty'] as const;
export type Group = (typeof GROUPS)[number];

const PLACES: Record<string, Group> = {
  'sroi.net_ratio': 'results',
  'sroi.payback_simple': 'results',
  'sroi.payback_discounted': 'results',
  'sroi.bridge_gross': 'results',
  'sroi.bridge_part': 'results',
  'sroi.bridge_total': 'results',
  'sroi.proxy_reindexed': 'conventions',
  'sroi.present_value_year1': 'conventions',
  'sroi.present_value_schedule': 'conventions',
  'sroi.other_timing_total': 'conventions',
  'sroi.other_timing_ratio': 'conventions',
  'convention.evidence': 'uncertainty',
  'convention.simulation': 'uncertainty',
  'convention.switching': 'uncertainty',
  'convention.tornado': 'uncertainty',
  'convention.grid': 'uncertainty',
};

export function groupOf(id: string): Group {
  return PLACES[id] ?? (id.startsWith('sroi.') ? 'order' : 'conventions');
}

/** The steps by group; within a group they keep the order in which the server tells them. */
export function grouped<T extends { id: string }>(steps: readonly T[]): [Group, T[]][] {
  return GROUPS.map((group): [Group, T[]] => [group, steps.filter(({ id }) => groupOf(id) === group)]).filter(
    ([, members]) => members.length > 0,
  );
}
