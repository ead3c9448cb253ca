// Why: the charts that explain an SROI ratio: where the value goes, what moves the ratio and where it
// would only break even, and how the simulated ratios are spread.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, readFragment, type FragmentType } from '@/gql';
import type { SroiChartDataFragment } from '@/gql/graphql';
import { labelled, wordFor } from '@/i18n';
import { Histogram } from './Histogram';
import { breakEvenWords, leverName, readLever, type Names } from './levers';
import { Tornado } from './Tornado';
import { Waterfall } from './Waterfall';

export const SroiChartData = graphql(`
  fragment SroiChartData on SroiResult {
    ratioExact
    bridge {
      code
      amount
    }
    tornado {
      parameter
      low
      high
      ratioLow
      ratioHigh
      swing
    }
    switching {
      parameter
      scope
      unit
      value
    }
    simulation {
      ...SimulationShown
    }
    outcomes {
      id
      name
      stakeholder
    }
  }
`);

const TOTALS = new Set(['gross', 'total']);

export function SroiCharts({ sroi }: { sroi: FragmentType<typeof SroiChartData> }) {
  const { t } = useTranslation();
  const data = readFragment(SroiChartData, sroi);
  const names = useMemo(() => new Map(data.outcomes.map((outcome) => [outcome.id, outcome.name])), [data]);
  return (
    <div className="pl-grid-2">
      <Waterfall
        title={t('sroi.bridgeTitle')}
        steps={data.bridge.map((step) => ({
          code: step.code,
          label: wordFor(`bridge.${step.code}`) ?? step.code.replace(/_/g, ' '),
          amount: step.amount,
          total: TOTALS.has(step.code),
        }))}
      />
      {data.tornado.length > 0 && (
        <Tornado
          title={t('sroi.tornadoTitle')}
          help={t('sroi.tornadoHelp')}
          base={data.ratioExact}
          bars={data.tornado.map((bar) => ({
            ...bar,
            label: barName(bar.parameter, names, data.outcomes),
            ...breakEven(bar.parameter, data, names),
          }))}
        />
      )}
      {data.simulation && <Histogram simulation={data.simulation} ratio={data.ratioExact} />}
    </div>
  );
}

/** Where this bar's input alone brings the ratio to 1. */
function breakEven(parameter: string, { ratioExact, switching }: SroiChartDataFragment, names: Names) {
  const lever = readLever(parameter);
  const found = switching.find((each) => each.parameter === lever.parameter && each.scope === lever.scope);
  return found ? { breakEven: breakEvenWords(ratioExact, found, names), canBreakEven: found.value !== null } : {};
}

/** `proxy:o1`, `o1.quantity` or `outcomes[0].quantity` → `Quantity: Less time waiting`. */
function barName(parameter: string, names: Names, outcomes: readonly { name: string }[]): string {
  const parts = parameter.split('.');
  if (parts.length === 1) {
    const lever = readLever(parameter);
    return leverName(lever.parameter, lever.scope, names);
  }
  const word = leverName(parts.at(-1) ?? parameter, 'all', names);
  const subject = parts.at(-2) ?? '';
  const position = /\[(\d+)\]$/.exec(subject)?.[1];
  const name = names.get(subject) ?? (position === undefined ? undefined : outcomes[Number(position)]?.name);
  return labelled(word, name ?? subject);
}
