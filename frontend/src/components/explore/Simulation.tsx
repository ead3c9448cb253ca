// Why: the simulation of a run asked anew, with the draws of a board paper when somebody wants them.
import { Radio, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { readProblems } from '@/api/problems';
import { plainNumber } from '@/format';
import { ErrorSummary } from '../ErrorSummary';
import { Histogram } from '../Histogram';
import { Failed, Loading } from '../PageStates';
import { ExploreSimulation } from './query';
import { DRAWS, type ExploreState } from './state';
import { targetInput, type ExploreTarget } from './target';

interface Props {
  target: ExploreTarget;
  ratio: string | undefined;
  state: ExploreState;
  onChange: (change: Partial<ExploreState>) => void;
}

export function SimulationTool({ target, ratio, state, onChange }: Props) {
  const { t } = useTranslation('sroi');
  const input = { ...targetInput(target), draws: state.draws };
  const [{ data, fetching, error }, ask] = useQuery({ query: ExploreSimulation, variables: { input } });
  const answer = data?.sroiExplore;
  return (
    <section aria-labelledby="explore-simulation">
      <div className="pl-card pl-noprint">
        <h2 id="explore-simulation">{t('explore.simulationTitle')}</h2>
        <Radio.Group
          label={t('simulation.draws')}
          value={String(state.draws)}
          onChange={(value) => {
            const draws = DRAWS.find((each) => String(each) === value);
            if (draws !== undefined) onChange({ draws });
          }}
        >
          <Group gap="lg" py="xs">
            {DRAWS.map((each) => (
              <Radio key={each} value={String(each)} label={plainNumber(String(each))} />
            ))}
          </Group>
        </Radio.Group>
        {error && <Failed onRetry={() => ask({ requestPolicy: 'network-only' })} />}
        {answer && <ErrorSummary problems={readProblems(answer.problems)} takeFocus={false} />}
        {fetching && <Loading />}
      </div>
      {answer?.simulation && !fetching && <Histogram simulation={answer.simulation} ratio={ratio} />}
    </section>
  );
}
