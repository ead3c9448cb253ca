// Why: what the report is broken down by, and which measure the map shows, live in the address.
import type { SectorDimension } from '@/gql/graphql';

export const DIMENSIONS = ['DISTRICT', 'SERVICE_AREA', 'SIZE_BAND'] as const satisfies readonly SectorDimension[];
export const MEASURES = ['asked', 'awarded', 'applications', 'organisations'] as const;
export type Measure = (typeof MEASURES)[number];

export interface SectorSearch {
  by?: SectorDimension;
  measure?: Measure;
}

export function readSectorSearch(given: Record<string, unknown>): SectorSearch {
  const by = DIMENSIONS.find((each) => each === given['by']);
  const measure = MEASURES.find((each) => each === given['measure']);
  return { ...(by === undefined ? {} : { by }), ...(measure === undefined ? {} : { measure }) };
}
