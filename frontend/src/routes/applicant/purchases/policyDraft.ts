// Why: the approval policy as the editor changes it: tiers that meet each other, steps with roles, groups
// of steps that different people take. What the editor does not show stays as it is.
type Tree = Record<string, unknown>;

export const ACTIONS = ['request', 'award', 'agree_and_issue_order', 'receipt', 'invoice', 'payment'] as const;
export type Action = (typeof ACTIONS)[number];
export const MEMBERSHIPS = ['ngo_viewer', 'ngo_editor', 'ngo_finance', 'ngo_endorser'] as const;

interface Step {
  action: Action;
  roles: string[];
}

export interface Tier {
  over: string;
  upTo: string | null;
  steps: Step[];
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
}

function objects(value: unknown): Tree[] {
  return Array.isArray(value) ? value.filter((each): each is Tree => typeof each === 'object' && each !== null) : [];
}

function isAction(value: unknown): value is Action {
  return ACTIONS.some((action) => action === value);
}

export function tiersOf(body: unknown): Tier[] {
  return objects((body as Tree)['tiers']).map((tier) => ({
    over: String(tier['over_hkd'] ?? ''),
    upTo: typeof tier['up_to_hkd'] === 'string' ? tier['up_to_hkd'] : null,
    steps: objects(tier['steps']).flatMap((step) =>
      isAction(step['action']) ? [{ action: step['action'], roles: texts(step['roles']) }] : [],
    ),
  }));
}

/** The policy with other tiers; notes and sources of a tier stay with their position. */
export function withTiers(body: unknown, tiers: readonly Tier[]): Tree {
  const old = objects((body as Tree)['tiers']);
  return {
    ...(body as Tree),
    tiers: tiers.map((tier, position) => ({
      ...old[position],
      over_hkd: tier.over,
      up_to_hkd: tier.upTo,
      steps: tier.steps,
    })),
  };
}

/** Adds a tier above the highest, which so gets an end; the new one has the same steps. */
export function tierAdded(tiers: readonly Tier[], from: string): Tier[] {
  const last = tiers.at(-1);
  if (!last) return [{ over: '0', upTo: null, steps: [] }];
  return [...tiers.slice(0, -1), { ...last, upTo: from }, { over: from, upTo: null, steps: last.steps }];
}

/** Takes a tier away; its amounts go to the one below, or above when it is the lowest. */
export function tierRemoved(tiers: readonly Tier[], position: number): Tier[] {
  const gone = tiers[position];
  if (!gone || tiers.length < 2) return [...tiers];
  return tiers
    .map((tier, at) => {
      if (at === position - 1) return { ...tier, upTo: gone.upTo };
      return position === 0 && at === 1 ? { ...tier, over: gone.over } : tier;
    })
    .filter((_, at) => at !== position);
}

/** Moves the line between a tier and the one above it. */
export function lineMoved(tiers: readonly Tier[], position: number, to: string): Tier[] {
  return tiers.map((tier, at) => {
    if (at === position) return { ...tier, upTo: to };
    return at === position + 1 ? { ...tier, over: to } : tier;
  });
}

/** Gives a role to a step or takes it away; a step without its entry gets one, in the order of steps. */
export function roleTurned(tiers: readonly Tier[], position: number, action: Action, role: string, on: boolean): Tier[] {
  return tiers.map((tier, at) => {
    if (at !== position) return tier;
    const known = tier.steps.find((step) => step.action === action);
    const roles = (known?.roles ?? []).filter((each) => each !== role);
    const step = { action, roles: on ? [...roles, role] : roles };
    const others = tier.steps.filter((each) => each.action !== action);
    // Receipt and invoice may be left out of a tier: without a role there is no such step.
    const optional = action === 'receipt' || action === 'invoice';
    const steps = step.roles.length === 0 && optional ? others : [...others, step];
    return { ...tier, steps: steps.toSorted((one, other) => ACTIONS.indexOf(one.action) - ACTIONS.indexOf(other.action)) };
  });
}

export function groupsOf(body: unknown): Action[][] {
  const groups = (body as Tree)['separate'];
  return (Array.isArray(groups) ? groups : []).map((group) => texts(group).filter(isAction));
}

/** Puts a step into a group or takes it out; an empty group goes. */
export function groupTurned(groups: readonly Action[][], position: number, action: Action, on: boolean): Action[][] {
  return groups
    .map((group, at) => {
      if (at !== position) return group;
      const known = new Set(group);
      return ACTIONS.filter((each) => (each === action ? on : known.has(each)));
    })
    .filter((group) => group.length > 0);
}

export function membershipsOf(body: unknown, role: string): string[] {
  const roles = ((body as Tree)['roles'] ?? {}) as Tree;
  return texts(((roles[role] ?? {}) as Tree)['memberships']);
}

export function withMembership(body: unknown, role: string, membership: string, on: boolean): Tree {
  const roles = ((body as Tree)['roles'] ?? {}) as Tree;
  const others = membershipsOf(body, role).filter((each) => each !== membership);
  const memberships = on ? [...others, membership] : others;
  return { ...(body as Tree), roles: { ...roles, [role]: { ...(roles[role] as Tree), memberships } } };
}

export function waiverRolesOf(body: unknown): string[] {
  return texts((((body as Tree)['waiver'] ?? {}) as Tree)['roles']);
}

export function withWaiverRole(body: unknown, role: string, on: boolean): Tree {
  const waiver = ((body as Tree)['waiver'] ?? {}) as Tree;
  const others = waiverRolesOf(body).filter((each) => each !== role);
  return { ...(body as Tree), waiver: { ...waiver, roles: on ? [...others, role] : others } };
}
