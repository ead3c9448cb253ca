// Why: a criterion names the fact it misses; this is the question where that fact is filled in.
export interface Place {
  section: string;
  path: string;
}

const APPLICATION: Record<string, Place> = {
  requested_hkd: { section: 'budget', path: 'lines' },
  budget_lines: { section: 'budget', path: 'lines' },
  board_endorsed_on: { section: 'declarations', path: 'board_endorsed_on' },
  staff_consultation_summary: { section: 'declarations', path: 'staff_consultation_summary' },
  coi_declarations: { section: 'declarations', path: 'coi_declarations' },
  outcomes: { section: 'value_map', path: 'outcomes' },
  procurements: { section: 'procurement', path: 'purchases' },
  cost_plan: { section: 'cost_sharing', path: 'pools' },
};

const SECTIONS = new Set([
  'organisation',
  'project',
  'budget',
  'procurement',
  'cost_sharing',
  'value_map',
  'declarations',
]);

/** `project.scope_code` or `declarations.board_endorsed_on` → section and path within it. */
export function sectionOfFact(fact: string): Place | undefined {
  const [head = '', ...rest] = fact.replace(/\[\]/g, '').split(/[./]/);
  const key = rest[0] ?? '';
  if (head === 'org') return { section: 'organisation', path: 'confirmed' };
  if (head === 'application') return APPLICATION[key];
  if (head === 'rulesets') {
    return key.includes('procurement') ? APPLICATION['procurements'] : APPLICATION['cost_plan'];
  }
  return SECTIONS.has(head) ? { section: head, path: rest.join('.') } : undefined;
}
