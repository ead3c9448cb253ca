// Why: what-if questions to one value map: two inputs at once, named scenarios, the simulation. Nothing
// is stored and nothing here changes a recorded run.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { GridTool } from './explore/Grid';
import { ScenarioTool } from './explore/Scenarios';
import { SimulationTool } from './explore/Simulation';
import { useExploreState } from './explore/state';
import type { ExploreOutcome, ExploreTarget } from './explore/target';

interface Props {
  target: ExploreTarget;
  /** Outcomes of the value map, with the values as stated where they are known. */
  outcomes: readonly ExploreOutcome[];
  /** The discount rate as stated. */
  rate?: string | undefined;
  /** The exact ratio of the figures as stated. */
  ratio?: string | undefined;
}

export function SroiExplorer({ target, outcomes, rate, ratio }: Props) {
  const { t } = useTranslation('sroi');
  const [state, change] = useExploreState();
  const names = useMemo(() => new Map(outcomes.map((outcome) => [outcome.id, outcome.name])), [outcomes]);
  return (
    <>
      <p className="pl-note">{t('explore.note')}</p>
      <GridTool target={target} outcomes={outcomes} names={names} rate={rate} state={state} onChange={change} />
      <ScenarioTool target={target} outcomes={outcomes} />
      <SimulationTool target={target} ratio={ratio} state={state} onChange={change} />
    </>
  );
}
