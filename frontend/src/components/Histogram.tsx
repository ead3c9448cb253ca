// Why: the range of a ratio is a distribution: where most draws fall, where the stated figures stand in
// it, and how many fall short of 1. What was drawn, by which generator and seed, is said beside it.
import { scaleLinear } from 'd3-scale';
import { useTranslation } from 'react-i18next';
import { graphql, readFragment, type FragmentType } from '@/gql';
import type { SimulationShownFragment } from '@/gql/graphql';
import { fixed, movePoint, percent, plainNumber, ratio as ratioText } from '@/format';
import { wordFor } from '@/i18n';
import { useNarrow } from './labels';
import { ShareAsTable } from './ShareAsTable';

export const SimulationShown = graphql(`
  fragment SimulationShown on Simulation {
    draws
    seed
    generator
    distribution
    p5
    p50
    p95
    mean
    standardError
    probabilityAboveOne
    pointPercentile
    histogram {
      from
      to
      count
    }
  }
`);

interface Props {
  simulation: FragmentType<typeof SimulationShown>;
  /** The ratio of the stated figures; left out when it is not known here. */
  ratio?: string | undefined;
}

const WIDTHS = { wide: 580, narrow: 340 };
const LINE = 16;
const TOP = 5 * LINE + 4;
const BARS = 150;
const SIDE = 16;

interface Mark {
  code: 'one' | 'p5' | 'p50' | 'p95' | 'point';
  at: number;
  text: string;
}

function marksOf(data: SimulationShownFragment, ratio: string | undefined): Mark[] {
  const marks: [Mark['code'], string | null | undefined][] = [
    ['one', '1'],
    ['p5', data.p5],
    ['p50', data.p50],
    ['p95', data.p95],
    ['point', ratio],
  ];
  return marks.flatMap(([code, value]) => (value ? [{ code, at: Number(value), text: fixed(value, 2) }] : []));
}

export function Histogram({ simulation, ratio }: Props) {
  const { t } = useTranslation(['sroi', 'common']);
  const data = readFragment(SimulationShown, simulation);
  const width = useNarrow() ? WIDTHS.narrow : WIDTHS.wide;
  if (data.histogram.length === 0) {
    // Runs of earlier engines kept the figures of their simulation, not its bins.
    return (
      <section className="pl-card" aria-label={t('simulation.title')}>
        <h2>{t('simulation.title')}</h2>
        <Facts data={data} ratio={ratio} />
      </section>
    );
  }
  const marks = marksOf(data, ratio);
  const edges = data.histogram.flatMap((bin) => [Number(bin.from), Number(bin.to)]);
  const places = marks.map((mark) => mark.at).filter((at) => Number.isFinite(at));
  const x = scaleLinear()
    .domain([Math.min(...edges, ...places), Math.max(...edges, ...places)])
    .range([SIDE, width - SIDE]);
  const most = Math.max(1, ...data.histogram.map((bin) => bin.count));
  const y = scaleLinear().domain([0, most]).range([0, BARS]);
  const ground = TOP + BARS;
  const chart = (
    <svg viewBox={`0 0 ${width} ${ground + 34}`} className="pl-chart">
      {data.histogram.map((bin, position) => (
        <rect
          key={position}
          x={x(Number(bin.from)) + 0.5}
          y={ground - y(bin.count)}
          width={Math.max(x(Number(bin.to)) - x(Number(bin.from)) - 1, 0.5)}
          height={y(bin.count)}
          className={Number(bin.to) <= 1 ? 'pl-bin-short' : 'pl-bin'}
        />
      ))}
      <line x1={SIDE} x2={width - SIDE} y1={ground} y2={ground} className="pl-axis" />
      {x.ticks(width / 90).map((tick) => (
        <text key={tick} x={x(tick)} y={ground + 16} textAnchor="middle">
          {tick}
        </text>
      ))}
      {marks.map((mark, position) => {
        const top = 2 + position * LINE;
        const end = x(mark.at) > width / 2;
        return (
          <g key={mark.code}>
            <line x1={x(mark.at)} x2={x(mark.at)} y1={top + 4} y2={ground} className={`pl-mark-line pl-mark-line-${mark.code}`} />
            <text x={x(mark.at) + (end ? -5 : 5)} y={top + 9} textAnchor={end ? 'end' : 'start'} className="pl-halo">
              {t(`simulation.mark.${mark.code}`)} {mark.code === 'one' ? '' : mark.text}
            </text>
          </g>
        );
      })}
    </svg>
  );
  return (
    <ShareAsTable
      title={t('simulation.title')}
      help={t('simulation.help', { draws: plainNumber(String(data.draws)) })}
      chart={chart}
      columns={[t('simulation.from'), t('simulation.to'), t('simulation.count')]}
      rows={data.histogram.map((bin) => [plainNumber(bin.from), plainNumber(bin.to), plainNumber(String(bin.count))])}
      totals={[[t('common:table.total'), '', plainNumber(String(data.histogram.reduce((sum, bin) => sum + bin.count, 0)))]]}
    >
      <Facts data={data} ratio={ratio} />
    </ShareAsTable>
  );
}

function Facts({ data, ratio }: { data: SimulationShownFragment; ratio: string | undefined }) {
  const { t } = useTranslation(['sroi', 'common']);
  const shown = (value: string | null) => (value === null ? '—' : fixed(value, 4));
  const rows: [string, string][] = [
    [t('simulation.mark.p5'), shown(data.p5)],
    [t('simulation.mark.p50'), shown(data.p50)],
    [t('simulation.mark.p95'), shown(data.p95)],
    [t('simulation.mean'), shown(data.mean)],
    [t('simulation.above'), data.probabilityAboveOne === null ? '—' : percent(data.probabilityAboveOne)],
    [t('simulation.error'), data.standardError === null ? '—' : plainNumber(data.standardError)],
    ...(ratio === undefined ? [] : [[t('simulation.mark.point'), ratioText(ratio)] as [string, string]]),
    [
      t('simulation.percentile'),
      data.pointPercentile === null ? '—' : `${fixed(movePoint(data.pointPercentile, 2), 1)}%`,
    ],
    [t('simulation.draws'), plainNumber(String(data.draws))],
    [t('simulation.distribution'), wordFor(`sroi:simulation.distributions.${data.distribution}`) ?? data.distribution],
    [t('simulation.generator'), data.generator],
  ];
  return (
    <details className="pl-details pl-printopen">
      <summary>{t('simulation.facts')}</summary>
      <dl className="pl-facts pl-small">
        {rows.map(([label, value]) => (
          <div key={label} style={{ display: 'contents' }}>
            <dt>{label}</dt>
            <dd className="pl-num">{value}</dd>
          </div>
        ))}
        <dt>{t('simulation.seed')}</dt>
        <dd>
          <code className="pl-hash">{data.seed}</code>
        </dd>
      </dl>
    </details>
  );
}
