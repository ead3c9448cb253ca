// Why: named sets of changes compared with the figures as stated: what if several things turn out worse
// at once, or better. Every figure is the engine's.
import { Button, TextInput } from '@mantine/core';
import { scaleLinear } from 'd3-scale';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { readProblems } from '@/api/problems';
import { grouped, money } from '@/format';
import type { ExploreScenariosQuery } from '@/gql/graphql';
import { ErrorSummary } from '../ErrorSummary';
import { shortLabel, useNarrow } from '../labels';
import { freshRange } from './state';
import { LeverNumber, ParameterSelect, ScopeSelect, UnitSelect } from './LeverFields';
import { Failed, Loading } from '../PageStates';
import { ShareAsTable } from '../ShareAsTable';
import { ExploreScenarios } from './query';
import { changeInput, preset, readScenarios, STATED, type Change, type ScenarioState } from './scenarios';
import { targetInput, type ExploreOutcome, type ExploreTarget } from './target';

interface Props {
  target: ExploreTarget;
  outcomes: readonly ExploreOutcome[];
}

const CHANGES_MAX = 12;
const SCENARIOS_MAX = 6;

export function ScenarioTool({ target, outcomes }: Props) {
  const { t } = useTranslation(['sroi', 'common']);
  const [scenarios, setScenarios] = useState<readonly ScenarioState[]>(() => [
    preset('cautious', outcomes),
    preset('optimistic', outcomes),
  ]);
  const input = { ...targetInput(target), scenarios: [STATED, ...scenarios.map(changeInput)] };
  const [{ data, fetching, error }, ask] = useQuery({ query: ExploreScenarios, variables: { input } });
  const answer = data?.sroiExplore;
  const nameOf = (scenario: ScenarioState) =>
    scenario.name ?? (scenario.kind === 'own' ? t('explore.scenario.own') : t(`explore.scenario.${scenario.kind}`));
  const names = new Map([[STATED.name, t('explore.scenario.stated')], ...scenarios.map((each) => [each.id, nameOf(each)] as const)]);
  const set = (id: string, part: Partial<ScenarioState>) =>
    setScenarios(scenarios.map((each) => (each.id === id ? { ...each, ...part } : each)));
  return (
    <section aria-labelledby="explore-scenarios">
      <div className="pl-card">
        <h2 id="explore-scenarios">{t('explore.scenariosTitle')}</h2>
        <p className="pl-muted pl-small">{t('explore.scenariosHelp')}</p>
        {scenarios.map((scenario) => (
          <ScenarioFields
            key={scenario.id}
            scenario={scenario}
            name={nameOf(scenario)}
            outcomes={outcomes}
            onChange={(part) => set(scenario.id, part)}
            onRemove={() => setScenarios(scenarios.filter((each) => each.id !== scenario.id))}
          />
        ))}
        {scenarios.length < SCENARIOS_MAX && (
          <Button variant="default" className="pl-noprint" onClick={() => setScenarios([...scenarios, preset('own', outcomes)])}>
            {t('explore.scenario.add')}
          </Button>
        )}
        {answer && <ErrorSummary problems={readProblems(answer.problems)} takeFocus={false} />}
        {error && <Failed onRetry={() => ask({ requestPolicy: 'network-only' })} />}
        {!answer && fetching && <Loading />}
      </div>
      {answer && answer.scenarios.length > 0 && <Compared found={readScenarios(answer.scenarios, names)} />}
    </section>
  );
}

interface FieldsProps {
  scenario: ScenarioState;
  name: string;
  outcomes: readonly ExploreOutcome[];
  onChange: (part: Partial<ScenarioState>) => void;
  onRemove: () => void;
}

function ScenarioFields({ scenario, name, outcomes, onChange, onRemove }: FieldsProps) {
  const { t } = useTranslation(['sroi', 'common']);
  const { changes } = scenario;
  const setAt = (at: number, part: Partial<Change>) =>
    onChange({ changes: changes.map((each, position) => (position === at ? { ...each, ...part } : each)) });
  return (
    <details className="pl-details">
      <summary>
        <strong>{name}</strong> <span className="pl-muted pl-small">{t('explore.scenario.changes', { count: changes.length })}</span>
      </summary>
      <div className="pl-lever">
        <TextInput
          label={t('explore.scenario.name')}
          value={scenario.name ?? name}
          maxLength={60}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
        />
        {changes.map((change, at) => (
          <fieldset key={change.id} className="pl-fieldset">
            <legend className="pl-hidden">{t('explore.scenario.change', { number: at + 1 })}</legend>
            <div className="pl-fields">
              <ParameterSelect
                value={change.parameter}
                onChange={(parameter) =>
                  setAt(at, {
                    parameter,
                    ...(parameter === 'discount_rate' ? { scope: 'all' } : {}),
                    value: change.unit === 'multiplier' ? change.value : freshRange(parameter, change.unit).from,
                  })
                }
              />
              {change.parameter !== 'discount_rate' && (
                <ScopeSelect value={change.scope} outcomes={outcomes} onChange={(scope) => setAt(at, { scope })} />
              )}
              <UnitSelect
                value={change.unit}
                parameter={change.parameter}
                onChange={(unit) => setAt(at, { unit, value: unit === 'multiplier' ? '1' : freshRange(change.parameter, unit).from })}
              />
              <LeverNumber label={t('explore.scenario.value')} lever={change} value={change.value} onChange={(value) => setAt(at, { value })} />
              <Button
                variant="subtle"
                onClick={() => onChange({ changes: changes.filter((_, position) => position !== at) })}
                aria-label={t('explore.scenario.removeChange', { number: at + 1, name })}
              >
                {t('common:actions.remove')}
              </Button>
            </div>
          </fieldset>
        ))}
        <p className="pl-actions pl-noprint">
          {changes.length < CHANGES_MAX && (
            <Button
              size="compact-sm"
              variant="default"
              onClick={() =>
                onChange({
                  changes: [
                    ...changes,
                    { id: crypto.randomUUID(), parameter: 'deadweight', scope: 'all', unit: 'multiplier', value: '1.2' },
                  ],
                })
              }
            >
              {t('explore.scenario.addChange')}
            </Button>
          )}{' '}
          <Button size="compact-sm" variant="subtle" onClick={onRemove}>
            {t('explore.scenario.remove', { name })}
          </Button>
        </p>
      </div>
    </details>
  );
}

type Found = ExploreScenariosQuery['sroiExplore']['scenarios'][number];

const WIDE = { width: 580, row: 34, label: 170, above: 0 };
const NARROW = { width: 340, row: 46, label: 4, above: 18 };

/** Bars by ratio against the line at 1, with all figures in the table. */
export function Compared({ found }: { found: readonly Found[] }) {
  const { t } = useTranslation(['sroi', 'common']);
  const narrow = useNarrow();
  const { width, row, label, above } = narrow ? NARROW : WIDE;
  const ratios = found.map((each) => Number(each.ratio));
  const x = scaleLinear().domain([Math.min(0, ...ratios), Math.max(1, ...ratios)]).range([label, width - 60]);
  const height = found.length * row;
  const thick = row - 12 - above;
  const chart = (
    <svg viewBox={`0 0 ${width} ${height + 26}`} className="pl-chart">
      {found.map((each, position) => {
        const end = x(Number(each.ratio));
        const top = position * row + 6 + above;
        return (
          <g key={`${each.name}-${position}`}>
            <text x={narrow ? 0 : label - 8} y={narrow ? top - 5 : top + 15} textAnchor={narrow ? 'start' : 'end'}>
              {shortLabel(each.name, narrow ? 42 : 26)}
            </text>
            <rect
              x={Math.min(end, x(0))}
              y={top}
              width={Math.max(Math.abs(end - x(0)), 1.5)}
              height={thick}
              rx={2}
              className={Number(each.ratio) < 1 ? 'pl-bar-fall' : position === 0 ? 'pl-bar-total' : 'pl-bar-rise'}
            />
            <text x={Math.max(end, x(0)) + 6} y={top + thick / 2 + 4} className="pl-num pl-halo">
              {grouped(each.ratio)}
            </text>
          </g>
        );
      })}
      <line x1={x(1)} x2={x(1)} y1={0} y2={height + 6} className="pl-bar-base" />
      <text x={x(1)} y={height + 20} textAnchor="middle">
        {t('explore.breakEvenLine')}
      </text>
    </svg>
  );
  return (
    <ShareAsTable
      title={t('explore.scenario.compared')}
      chart={chart}
      columns={[
        t('explore.scenario.name'), t('common:sroi.title'), t('common:sroi.present'),
        t('common:sroi.investment'), t('common:sroi.npv'),
      ]}
      rows={found.map((each) => [
        each.name, `${grouped(each.ratio)} : 1`, money(each.totalPresentValue), money(each.investment), money(each.netPresentValue),
      ])}
    />
  );
}
