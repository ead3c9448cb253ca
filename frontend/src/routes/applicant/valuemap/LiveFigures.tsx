// Why: what the evaluation says of the value map as it stands: figures, points at which it may claim
// too much, the principles as a checklist, the charts, and other assumptions to try.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { claimsOf } from '@/components/claims';
import type { ExploreTarget } from '@/components/explore/target';
import { PrinciplesList } from '@/components/Principles';
import type { ProblemLike } from '@/components/ProblemText';
import { SroiFacts } from '@/components/RatioCard';
import { SroiCharts } from '@/components/SroiCharts';
import { SroiExplorer } from '@/components/SroiExplorer';
import { SroiHints } from '@/components/SroiHints';
import type { LiveSroiFragment } from '@/gql/graphql';
import { useSectionContext } from '../section/context';
import type { Content } from '../section/path';
import { followProblem } from '../section/reveal';
import { REASONED } from './columns';
import { pathWords } from './pathWords';
import { usePathWords } from './usePathWords';

export type { ExploreTarget } from '@/components/explore/target';

interface Props {
  sroi: LiveSroiFragment;
  fresh: boolean;
  rate: string;
  target: ExploreTarget;
  outcomes: readonly Content[];
}

export function LiveFigures({ sroi, fresh, rate, target, outcomes }: Props) {
  const { t } = useTranslation('valuemap');
  const { form } = useSectionContext();
  const words = usePathWords();
  const { hints, principles } = claimsOf(sroi);
  // What-if questions are asked only once somebody wants to see them.
  const [exploring, setExploring] = useState(false);
  const stale = fresh ? undefined : 'pl-stale';
  const follow = (found: ProblemLike) => followProblem(found.path);
  return (
    <>
      <div className={stale} aria-busy={!fresh}>
        <section className="pl-card" aria-labelledby="facts-title">
          <h2 id="facts-title">{t('figures')}</h2>
          <SroiFacts sroi={sroi} />
        </section>
        <SroiHints hints={hints} onFollow={follow} nameOf={(hint) => (hint.path === '' ? undefined : pathWords(hint.path, form.content, words))} />
        <PrinciplesList principles={principles} onFollow={follow} />
        <SroiCharts sroi={sroi} />
      </div>
      <details className="pl-card" onToggle={(event) => setExploring(event.currentTarget.open)}>
        <summary>
          <strong>{t('explore')}</strong>
        </summary>
        {exploring && <SroiExplorer target={target} outcomes={outcomes.map(explored)} rate={rate} ratio={sroi.ratio} />}
      </details>
    </>
  );
}

function explored(outcome: Content) {
  const values = REASONED.flatMap((factor) => {
    const value = outcome[factor];
    return typeof value === 'string' ? [[factor, value]] : [];
  });
  return { id: String(outcome['id'] ?? ''), name: String(outcome['name'] ?? ''), values: Object.fromEntries(values) as Record<string, string> };
}
