// Why: how gross value shrinks to present value, step by step; own SVG because chart libraries
// get the floating bars wrong. Positions are drawn with numbers, labels from the exact strings.
import { scaleLinear } from 'd3-scale';
import { money, moneyShort } from '@/format';
import { useTranslation } from 'react-i18next';
import { shortLabel, useNarrow } from './labels';
import { ShareAsTable } from './ShareAsTable';

export interface WaterfallStep {
  code: string;
  label: string;
  /** Exact amount; a deduction is negative. */
  amount: string;
  /** A total stands on the ground instead of hanging from the step before. */
  total: boolean;
}

const WIDE = { width: 592, row: 34, label: 226, above: 0, letters: 32 };
/** On a phone the label stands above its bar. */
const NARROW = { width: 340, row: 46, label: 4, above: 18, letters: 42 };
const FIGURE = 76;

/** Where each bar starts and ends; a running sum for drawing only. */
export function waterfallBars(steps: readonly WaterfallStep[]): { from: number; to: number }[] {
  let level = 0;
  return steps.map((step) => {
    const amount = Number(step.amount);
    const from = step.total ? 0 : level;
    level = step.total ? amount : level + amount;
    return { from, to: level };
  });
}

export function Waterfall({ title, steps }: { title: string; steps: readonly WaterfallStep[] }) {
  const { t } = useTranslation();
  return (
    <ShareAsTable
      title={title}
      chart={<WaterfallChart steps={steps} />}
      columns={[t('chart.step'), t('chart.amount')]}
      rows={steps.map((step) => [step.label, money(step.amount)])}
    />
  );
}

/** The bars alone, for charts with a table of their own. */
export function WaterfallChart({ steps }: { steps: readonly WaterfallStep[] }) {
  const narrow = useNarrow();
  const { width, row, label, above, letters } = narrow ? NARROW : WIDE;
  const bars = waterfallBars(steps);
  const ends = bars.flatMap(({ from, to }) => [from, to]);
  const x = scaleLinear()
    .domain([Math.min(0, ...ends), Math.max(1, ...ends)])
    .range([label, width - FIGURE]);
  const height = row - 12 - above;
  return (
    <svg viewBox={`0 0 ${width} ${steps.length * row + 6}`} className="pl-chart">
      {steps.map((step, position) => {
        const bar = bars[position] ?? { from: 0, to: 0 };
        const left = x(Math.min(bar.from, bar.to));
        const right = x(Math.max(bar.from, bar.to));
        const top = position * row + 6 + above;
        const falls = Number(step.amount) < 0;
        return (
          <g key={`${step.code}-${position}`}>
            <text x={narrow ? 0 : label - 8} y={narrow ? top - 5 : top + 15} textAnchor={narrow ? 'start' : 'end'}>
              {shortLabel(step.label, letters)}
            </text>
            <rect
              x={left}
              y={top}
              width={Math.max(right - left, 1.5)}
              height={height}
              rx={2}
              className={step.total ? 'pl-bar-total' : falls ? 'pl-bar-fall' : 'pl-bar-rise'}
            />
            {position < steps.length - 1 && (
              <line x1={x(bar.to)} x2={x(bar.to)} y1={top + height} y2={top + row} className="pl-bar-link" />
            )}
            <text x={right + 6} y={top + height / 2 + 4} className="pl-num">
              {moneyShort(step.amount)}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
