// Why: the two charts that explain an SROI ratio: where the value goes, and what moves the ratio.
import { useTranslation } from 'react-i18next';
import { graphql, readFragment, type FragmentType } from '@/gql';
import { labelled, wordFor } from '@/i18n';
import { Tornado } from './Tornado';
import { Waterfall } from './Waterfall';

export const SroiChartData = graphql(`
  fragment SroiChartData on SroiResult {
    ratio
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
  const names = new Map(data.outcomes.map((outcome) => [outcome.id, outcome.name]));
  return (
    <div className="pl-grid-2">
      <Waterfall
        title={t('sroi.bridgeTitle')}
        steps={data.bridge.map((step) => ({
          code: step.code,
          label: word('bridge', step.code),
          amount: step.amount,
          total: TOTALS.has(step.code),
        }))}
      />
      {data.tornado.length > 0 && (
        <Tornado
          title={t('sroi.tornadoTitle')}
          help={t('sroi.tornadoHelp')}
          base={data.ratio}
          bars={data.tornado.map((bar) => ({ ...bar, label: parameterName(bar.parameter, names, data.outcomes) }))}
        />
      )}
    </div>
  );
}

function word(group: 'bridge' | 'parameter', code: string): string {
  return wordFor(`${group}.${code}`) ?? code.replace(/_/g, ' ');
}

/** `o1.quantity` or `outcomes[0].quantity` → `Quantity: Less time waiting`. */
function parameterName(
  parameter: string,
  names: ReadonlyMap<string, string>,
  outcomes: readonly { name: string }[],
): string {
  const parts = parameter.split('.');
  const last = parts.at(-1) ?? parameter;
  if (parts.length === 1) return word('parameter', last);
  const subject = parts.at(-2) ?? '';
  const position = /\[(\d+)\]$/.exec(subject)?.[1];
  const name = names.get(subject) ?? (position === undefined ? undefined : outcomes[Number(position)]?.name);
  return name === undefined ? `${word('parameter', last)} (${subject})` : labelled(word('parameter', last), name);
}
