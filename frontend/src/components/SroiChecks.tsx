// Why: what a ratio does not say: the eight principles, hints of too much claimed, outcomes without a
// price, and who assured the figure. Shown wherever a whole result is shown.
import { useTranslation } from 'react-i18next';
import { aside, labelled } from '@/i18n';
import { graphql, readFragment, type FragmentType } from '@/gql';
import type { SroiCheckDataFragment } from '@/gql/graphql';
import { Assurances, AssuranceShown } from './Assurances';
import { claimsOf } from './claims';
import type { ProblemLike } from './ProblemText';
import { PrinciplesList } from './Principles';
import { SroiHints } from './SroiHints';

export const SroiCheckData = graphql(`
  fragment SroiCheckData on SroiResult {
    outcomes {
      id
      name
    }
    ...SroiClaims
    unvalued {
      id
      stakeholder
      name
      reason
    }
    assurances {
      ...AssuranceShown
    }
  }
`);

interface Props {
  sroi: FragmentType<typeof SroiCheckData>;
  /** Leads to a place in the value map; left out where the map cannot be edited. */
  onFollow?: (problem: ProblemLike) => void;
  /** What a path is about; by default the name of the outcome it stands in. */
  nameOf?: (problem: ProblemLike) => string | undefined;
  /** A preview is never assured. */
  assured?: boolean;
}

export function SroiChecks({ sroi, onFollow, nameOf, assured = true }: Props) {
  const data = readFragment(SroiCheckData, sroi);
  const { hints, principles } = claimsOf(data);
  const follow = onFollow === undefined ? {} : { onFollow };
  // Positions count the whole map; without unpriced outcomes they are those of the result.
  const byPosition = (hint: ProblemLike) => (data.unvalued.length === 0 ? outcomeAt(hint.path, data.outcomes) : undefined);
  return (
    <>
      <div className="pl-grid-2">
        <div>
          <SroiHints hints={hints} nameOf={nameOf ?? byPosition} {...follow} />
          <UnvaluedList unvalued={data.unvalued} />
          {assured && <Assurances assurances={readFragment(AssuranceShown, data.assurances)} />}
        </div>
        <PrinciplesList principles={principles} {...follow} />
      </div>
    </>
  );
}

/** `outcomes[2].deadweight` → the name of the third outcome. */
function outcomeAt(path: string, outcomes: SroiCheckDataFragment['outcomes']): string | undefined {
  const position = /^outcomes\[(\d+)\]/.exec(path)?.[1];
  const name = position === undefined ? undefined : outcomes[Number(position)]?.name;
  return name === '' ? undefined : name;
}

/** Outcomes that matter but have no credible price: listed with their reason, never summed. */
function UnvaluedList({ unvalued }: { unvalued: SroiCheckDataFragment['unvalued'] }) {
  const { t } = useTranslation('sroi');
  if (unvalued.length === 0) return null;
  return (
    <section className="pl-card" aria-label={t('unvalued.title')}>
      <h2>{t('unvalued.title')}</h2>
      <p className="pl-small pl-muted">{t('unvalued.help')}</p>
      <ul>
        {unvalued.map((each) => (
          <li key={each.id}>
            <strong>{each.name}</strong>
            {labelled(aside(each.stakeholder), each.reason)}
          </li>
        ))}
      </ul>
    </section>
  );
}
