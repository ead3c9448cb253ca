// Why: what the value map's editors share besides the draft itself: the catalogue of outcomes, the
// dated rates for volunteers, and the least width of the range for each evidence grade.
import { createContext, useContext } from 'react';
import { useQuery } from 'urql';
import { graphql } from '@/gql';
import type { MapReferenceQuery } from '@/gql/graphql';

const MapReference = graphql(`
  query MapReference {
    reference {
      outcomes {
        code
        label {
          en
          zh
        }
        group {
          en
          zh
        }
      }
      volunteerRates {
        from
        to
        rate
        source
        label {
          en
          zh
        }
      }
    }
  }
`);

export type CatalogueOutcome = MapReferenceQuery['reference']['outcomes'][number];
type VolunteerRate = MapReferenceQuery['reference']['volunteerRates'][number];

export interface MapData {
  catalogue: readonly CatalogueOutcome[];
  volunteerRates: readonly VolunteerRate[];
  /** Least half-width of the range by grade, where the server says it. */
  bands: Readonly<Record<string, string>>;
}

/** One empty list, so that waiting for the catalogue does not look like a change of it. */
const NONE: never[] = [];
const NOTHING: MapData = { catalogue: [], volunteerRates: [], bands: {} };
export const MapDataContext = createContext<MapData>(NOTHING);

export function useMapData(): MapData {
  return useContext(MapDataContext);
}

export function useMapReference(pause = false): Pick<MapData, 'catalogue' | 'volunteerRates'> {
  const [{ data }] = useQuery({ query: MapReference, pause });
  return { catalogue: data?.reference.outcomes ?? NONE, volunteerRates: data?.reference.volunteerRates ?? NONE };
}

/** The bands that an evaluation was made with, when it names them. */
export function bandsOf(convention: unknown): Record<string, string> {
  const bands: unknown = typeof convention === 'object' && convention !== null && 'bands' in convention ? convention.bands : null;
  if (typeof bands !== 'object' || bands === null) return {};
  return Object.fromEntries(Object.entries(bands).filter((pair): pair is [string, string] => typeof pair[1] === 'string'));
}
