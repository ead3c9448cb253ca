// Why: reads a working (a tree of steps) that the server sends as JSON, and finds the way to a step.
export interface Step {
  id: string;
  code: string;
  formula: string;
  values: Record<string, string>;
  result: string;
  rounding?: string;
  method: string;
  children: Step[];
}

/** The tree, or null when what came is not a working. */
export function readWorking(json: unknown): Step | null {
  if (typeof json !== 'object' || json === null) return null;
  if (Array.isArray(json)) return severalWorkings(json);
  const given = json as Record<string, unknown>;
  if (typeof given['id'] !== 'string') return null;
  const values = typeof given['values'] === 'object' && given['values'] !== null ? given['values'] : {};
  const children: unknown = given['children'];
  return {
    id: given['id'],
    code: String(given['code'] ?? ''),
    formula: String(given['formula'] ?? ''),
    values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)])),
    result: String(given['result'] ?? ''),
    ...(typeof given['rounding'] === 'string' ? { rounding: given['rounding'] } : {}),
    method: String(given['method'] ?? ''),
    children: Array.isArray(children)
      ? children.map(readWorking).filter((step): step is Step => step !== null)
      : [],
  };
}

/** Workings that came as a list hang under one root without a figure of its own. */
function severalWorkings(list: unknown[]): Step | null {
  const children = list.map(readWorking).filter((step): step is Step => step !== null);
  if (children.length === 0) return null;
  return { id: 'working', code: 'working', formula: '', values: {}, result: '', method: '', children };
}

/** The steps from the root down to `id`; empty when it is not there. */
export function pathToStep(root: Step, id: string): Step[] {
  if (root.id === id) return [root];
  for (const child of root.children) {
    const rest = pathToStep(child, id);
    if (rest.length > 0) return [root, ...rest];
  }
  return [];
}
