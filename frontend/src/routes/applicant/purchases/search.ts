// Why: the filters of the list live in the address, so that a view can be shared and returned to.
export const STAGES = ['OPEN', 'DONE', 'REFUSED'] as const;

export interface PurchaseSearch {
  q?: string;
  stage?: (typeof STAGES)[number];
  department?: string;
  category?: string;
}

export function readPurchaseSearch(given: Record<string, unknown>): PurchaseSearch {
  const search: PurchaseSearch = {};
  const text = (key: string) => {
    const value = given[key];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  if (text('q') !== '') search.q = text('q');
  const stage = STAGES.find((each) => each === given['stage']);
  if (stage !== undefined) search.stage = stage;
  if (text('department') !== '') search.department = text('department');
  if (text('category') !== '') search.category = text('category');
  return search;
}
