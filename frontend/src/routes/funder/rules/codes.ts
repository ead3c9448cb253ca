// Why: a limit names a district, a service area or a size of organisation by its code; people choose
// and read it by its name.
import { useQuery } from 'urql';
import { graphql } from '@/gql';
import { useLanguage, type Bilingual } from '@/i18n';
import { factMap, type FactInfo } from './vocabulary';

const LimitCodes = graphql(`
  query LimitCodes {
    reference {
      districts {
        code
        label {
          en
          zh
        }
      }
      serviceAreas {
        code
        label {
          en
          zh
        }
      }
    }
  }
`);

/** Size bands come with the facts of criteria; the reference lists have the others. */
const SIZE_BAND = 'org.size_band';

interface Option {
  code: string;
  label: Bilingual;
}

/** The codes of a dimension; none while they are on their way, or where nothing is known of it. */
export function useLimitCodes(facts: readonly FactInfo[]): (dimension: string) => readonly Option[] {
  const [{ data }] = useQuery({ query: LimitCodes });
  return (dimension) => {
    if (dimension === 'district') return data?.reference.districts ?? [];
    if (dimension === 'service_area') return data?.reference.serviceAreas ?? [];
    return dimension === 'size_band' ? (factMap(facts).get(SIZE_BAND)?.options ?? []) : [];
  };
}

/** The name of a code in the language on screen; the code itself where it has none. */
export function useLimitNames(facts: readonly FactInfo[]): (dimension: string, code: string) => string {
  const { pick } = useLanguage();
  const codesOf = useLimitCodes(facts);
  return (dimension, code) => {
    const found = codesOf(dimension).find((each) => each.code === code);
    return found ? pick(found.label) : code;
  };
}
