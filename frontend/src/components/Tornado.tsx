// Why: which input moves the ratio most; both ends of each input against the base line.
import { scaleLinear } from 'd3-scale';
import { useTranslation } from 'react-i18next';
import { fixed, plainNumber, ratio } from '@/format';
import { ShareAsTable } from './ShareAsTable';

export interface TornadoInput {
  label: string;
  low: string;
  high: string;
  ratioLow: string;
  ratioHigh: string;
  swing: string;
}

const WIDTH = 580;
const ROW = 30;
const LABEL = 186;
const SHOWN_MAX = 12;

export function Tornado({ title, help, base, bars }: { title: string; help?: string; base: string; bars: readonly TornadoInput[] }) {
  const { t } = useTranslation();
  const shown = bars.slice(0, SHOWN_MAX);
  const middle = Number(base);
  const ends = shown.flatMap((bar) => [Number(bar.ratioLow), Number(bar.ratioHigh)]);
  const x = scaleLinear()
    .domain([Math.min(middle, ...ends), Math.max(middle + 0.01, ...ends)])
    .range([LABEL + 58, WIDTH - 48]);
  const chart = (
    <svg viewBox={`0 0 ${WIDTH} ${shown.length * ROW + 50}`} className="pl-chart">
      <g transform="translate(0,4)">
        <rect x={LABEL + 40} y={0} width={11} height={11} className="pl-bar-low" />
        <text x={LABEL + 56} y={10}>{t('chart.low')}</text>
        <rect x={LABEL + 150} y={0} width={11} height={11} className="pl-bar-high" />
        <text x={LABEL + 166} y={10}>{t('chart.high')}</text>
      </g>
      {shown.map((bar, position) => {
        const top = position * ROW + 24;
        const sides = [
          { end: Number(bar.ratioLow), text: bar.ratioLow, className: 'pl-bar-low' },
          { end: Number(bar.ratioHigh), text: bar.ratioHigh, className: 'pl-bar-high' },
        ].toSorted((one, other) => one.end - other.end);
        return (
          <g key={position}>
            <text x={LABEL - 4} y={top + 14} textAnchor="end">
              {bar.label.length > 27 ? `${bar.label.slice(0, 26)}…` : bar.label}
            </text>
            {sides.map((side) => (
              <rect
                key={side.className}
                x={Math.min(x(side.end), x(middle))}
                y={top}
                width={Math.max(Math.abs(x(side.end) - x(middle)), 1)}
                height={ROW - 10}
                className={side.className}
              />
            ))}
            <text x={Math.min(x(sides[0]?.end ?? middle), x(middle)) - 5} y={top + 14} textAnchor="end" className="pl-num">
              {fixed(sides[0]?.text ?? '', 2)}
            </text>
            <text x={Math.max(x(sides[1]?.end ?? middle), x(middle)) + 5} y={top + 14} className="pl-num">
              {fixed(sides[1]?.text ?? '', 2)}
            </text>
          </g>
        );
      })}
      <line x1={x(middle)} x2={x(middle)} y1={20} y2={shown.length * ROW + 26} className="pl-bar-base" />
      <text x={x(middle)} y={shown.length * ROW + 42} textAnchor="middle">
        {t('chart.base', { ratio: ratio(base) })}
      </text>
    </svg>
  );
  return (
    <ShareAsTable
      title={title}
      {...(help === undefined ? {} : { help })}
      chart={chart}
      columns={[
        t('chart.parameter'), t('chart.low'), t('chart.high'),
        t('chart.ratioLow'), t('chart.ratioHigh'), t('chart.swing'),
      ]}
      rows={bars.map((bar) => [
        bar.label, plainNumber(bar.low), plainNumber(bar.high),
        plainNumber(bar.ratioLow), plainNumber(bar.ratioHigh), plainNumber(bar.swing),
      ])}
    />
  );
}
