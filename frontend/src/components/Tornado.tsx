// Why: which input moves the ratio most; both ends of each input against the base line. Choosing a
// bar tells where that input alone brings the ratio to 1, and marks the place.
import { scaleLinear } from 'd3-scale';
import { useId, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { fixed, plainNumber, ratio } from '@/format';
import { shortLabel, useNarrow } from './labels';
import { ShareAsTable } from './ShareAsTable';

export interface TornadoInput {
  label: string;
  low: string;
  high: string;
  ratioLow: string;
  ratioHigh: string;
  swing: string;
  /** Where this input alone brings the ratio to 1, in words; left out when it was not worked out. */
  breakEven?: string | undefined;
  /** Whether such a value exists. */
  canBreakEven?: boolean | undefined;
}

interface Props {
  title: string;
  help?: string;
  base: string;
  bars: readonly TornadoInput[];
}

/** On a phone the label stands above its bar, so that letters and targets keep their size. */
interface Layout {
  width: number;
  row: number;
  label: number;
  above: number;
}
const WIDE: Layout = { width: 580, row: 30, label: 186, above: 0 };
const NARROW: Layout = { width: 340, row: 46, label: 0, above: 18 };
const SHOWN_MAX = 12;
const TOP = 24;

export function Tornado({ title, help, base, bars }: Props) {
  const { t } = useTranslation(['sroi', 'common']);
  const narrow = useNarrow();
  const [chosen, setChosen] = useState<number | null>(null);
  const told = useId();
  const layout = narrow ? NARROW : WIDE;
  const shown = bars.slice(0, SHOWN_MAX);
  const middle = Number(base);
  const bar = chosen === null ? undefined : shown[chosen];
  const ends = shown.flatMap((each) => [Number(each.ratioLow), Number(each.ratioHigh)]);
  if (bar?.canBreakEven) ends.push(1);
  const x = scaleLinear()
    .domain([Math.min(middle, ...ends), Math.max(middle + 0.01, ...ends)])
    .range([layout.label + 58, layout.width - 48]);
  const height = shown.length * layout.row;
  const choosable = shown.some((each) => each.breakEven !== undefined);
  const chart = (
    <>
      <svg viewBox={`0 0 ${layout.width} ${height + 50}`} className="pl-chart" role="group" aria-label={title}>
        <Legend layout={layout} />
        {shown.map((each, position) => (
          <Bar
            key={position}
            bar={each}
            top={position * layout.row + TOP}
            layout={layout}
            x={x}
            middle={middle}
            chosen={chosen === position}
            told={told}
            onChoose={each.breakEven === undefined ? undefined : () => setChosen(chosen === position ? null : position)}
          />
        ))}
        <g aria-hidden="true">
          <line x1={x(middle)} x2={x(middle)} y1={TOP - 4} y2={height + 26} className="pl-bar-base" />
          <text x={x(middle)} y={height + 42} textAnchor="middle">
            {t('common:chart.base', { ratio: ratio(base) })}
          </text>
        </g>
      </svg>
      <p role="status" id={told} className={bar?.breakEven === undefined ? 'pl-small pl-muted' : 'pl-note'}>
        {bar?.breakEven ?? (choosable ? t('breakEven.choose') : '')}
      </p>
    </>
  );
  return (
    <ShareAsTable
      title={title}
      {...(help === undefined ? {} : { help })}
      chart={chart}
      live
      columns={[
        t('common:chart.parameter'), t('common:chart.low'), t('common:chart.high'),
        t('common:chart.ratioLow'), t('common:chart.ratioHigh'), t('common:chart.swing'),
        ...(choosable ? [t('breakEven.column')] : []),
      ]}
      rows={bars.map((each) => [
        each.label, plainNumber(each.low), plainNumber(each.high),
        plainNumber(each.ratioLow), plainNumber(each.ratioHigh), plainNumber(each.swing),
        ...(choosable ? [each.breakEven ?? '—'] : []),
      ])}
      wrapLast={choosable}
    />
  );
}

function Legend({ layout }: { layout: Layout }) {
  const { t } = useTranslation();
  const left = layout.label === 0 ? 0 : layout.label + 40;
  return (
    <g transform="translate(0,4)" aria-hidden="true">
      <rect x={left} y={0} width={11} height={11} className="pl-bar-low" />
      <text x={left + 16} y={10}>{t('chart.low')}</text>
      <rect x={left + 110} y={0} width={11} height={11} className="pl-bar-high" />
      <text x={left + 126} y={10}>{t('chart.high')}</text>
    </g>
  );
}

interface BarProps {
  bar: TornadoInput;
  top: number;
  layout: Layout;
  x: (ratio: number) => number;
  middle: number;
  chosen: boolean;
  told: string;
  onChoose: (() => void) | undefined;
}

function Bar({ bar, top, layout, x, middle, chosen, told, onChoose }: BarProps) {
  const { t } = useTranslation(['sroi', 'common']);
  const sides = [
    { end: Number(bar.ratioLow), text: bar.ratioLow, className: 'pl-bar-low' },
    { end: Number(bar.ratioHigh), text: bar.ratioHigh, className: 'pl-bar-high' },
  ].toSorted((one, other) => one.end - other.end);
  const height = layout.row - layout.above - 10;
  const barTop = top + layout.above;
  const letters = layout.label === 0 ? 42 : 27;
  const words = t('breakEven.bar', {
    name: bar.label, low: fixed(bar.ratioLow, 2), high: fixed(bar.ratioHigh, 2),
  });
  const keys = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    onChoose?.();
  };
  const acts = onChoose
    ? ({ role: 'button', tabIndex: 0, 'aria-pressed': chosen, 'aria-controls': told, onClick: onChoose, onKeyDown: keys } as const)
    : ({ role: 'img' } as const);
  return (
    <g>
      <rect
        {...acts}
        aria-label={words}
        x={1}
        y={top - 4}
        width={layout.width - 2}
        height={layout.row - 1}
        className={`${chosen ? 'pl-bar-chosen' : 'pl-bar-ground'} ${onChoose ? 'pl-bar-choice' : ''}`}
      />
      <g aria-hidden="true" className="pl-bar-seen">
      <text x={layout.label === 0 ? 0 : layout.label - 4} y={top + (layout.label === 0 ? 10 : 14)} textAnchor={layout.label === 0 ? 'start' : 'end'}>
        {shortLabel(bar.label, letters)}
      </text>
      {sides.map((side) => (
        <rect
          key={side.className}
          x={Math.min(x(side.end), x(middle))}
          y={barTop}
          width={Math.max(Math.abs(x(side.end) - x(middle)), 1)}
          height={height}
          className={side.className}
        />
      ))}
      <text x={Math.min(x(sides[0]?.end ?? middle), x(middle)) - 5} y={barTop + 14} textAnchor="end" className="pl-num">
        {fixed(sides[0]?.text ?? '', 2)}
      </text>
      <text x={Math.max(x(sides[1]?.end ?? middle), x(middle)) + 5} y={barTop + 14} className="pl-num">
        {fixed(sides[1]?.text ?? '', 2)}
      </text>
      {chosen && bar.canBreakEven && (
        <g>
          <line x1={x(1)} x2={x(1)} y1={barTop - 4} y2={barTop + height + 4} className="pl-bar-even" />
          <path d={`M ${x(1) - 5} ${barTop - 6} h 10 l -5 7 z`} />
        </g>
      )}
      </g>
    </g>
  );
}
