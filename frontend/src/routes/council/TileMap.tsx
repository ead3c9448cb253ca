// Why: a schematic of our own: one tile of equal size per district, roughly where it lies, so that
// large districts do not drown small ones. The table beside it says the same in words.
import { useTranslation } from 'react-i18next';
import { useLanguage } from '@/i18n';
import { short, step, STEPS, valueOf, type Cell } from './measure';
import type { Measure } from './search';

/** Column and row of each district. */
export const TILES: Readonly<Record<string, readonly [number, number]>> = {
  north: [3, 0],
  yuen_long: [1, 1],
  tai_po: [3, 1],
  tuen_mun: [0, 2],
  tsuen_wan: [2, 2],
  sha_tin: [3, 2],
  sai_kung: [5, 3],
  kwai_tsing: [2, 3],
  sham_shui_po: [3, 3],
  wong_tai_sin: [4, 3],
  islands: [0, 4],
  yau_tsim_mong: [3, 4],
  kowloon_city: [4, 4],
  kwun_tong: [5, 4],
  central_western: [2, 5],
  wan_chai: [3, 5],
  eastern: [4, 5],
  southern: [3, 6],
};

const SIZE = 104;
const HEIGHT = 74;
const GAP = 6;

interface Props {
  cells: readonly Cell[];
  measure: Measure;
}

export function TileMap({ cells, measure }: Props) {
  const { t } = useTranslation('council');
  const { pick } = useLanguage();
  const placed = cells.flatMap((cell) => {
    const at = TILES[cell.code];
    return at ? [{ cell, at }] : [];
  });
  return (
    <figure className="pl-card pl-figure" aria-labelledby="map-title">
      <figcaption id="map-title">
        <h2>{t('map.title', { measure: t(`measure.${measure}`) })}</h2>
      </figcaption>
      <svg
        viewBox={`0 0 ${6 * (SIZE + GAP)} ${7 * (HEIGHT + GAP)}`}
        className="co-map"
        role="img"
        aria-label={t('map.label')}
      >
        <defs>
          <pattern id="co-hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="8" height="8" fill="#fff" />
            <line x1="0" y1="0" x2="0" y2="8" stroke="#94a0ae" strokeWidth="3" />
          </pattern>
        </defs>
        {placed.map(({ cell, at: [column, row] }) => {
          const value = valueOf(cell, measure);
          const shade = step(value, cells, measure);
          return (
            <g key={cell.code} transform={`translate(${column * (SIZE + GAP)},${row * (HEIGHT + GAP)})`}>
              <rect
                width={SIZE}
                height={HEIGHT}
                rx={5}
                className={cell.suppressed ? 'co-hidden' : `co-step-${shade}`}
                fill={cell.suppressed ? 'url(#co-hatch)' : undefined}
              />
              {cell.suppressed && <rect x={4} y={12} width={SIZE - 8} height={48} rx={4} fill="#fff" />}
              <TileName text={pick(cell.label)} dark={shade >= 3} />
              <text x={SIZE / 2} y={56} textAnchor="middle" className={shade >= 3 ? 'co-value co-dark' : 'co-value'}>
                {value === null ? t('map.suppressed') : short(value, measure)}
              </text>
            </g>
          );
        })}
      </svg>
      <p className="co-legend pl-small" aria-hidden="true">
        {Array.from({ length: STEPS + 1 }, (_, shade) => (
          <span key={shade} className={`co-swatch co-bg-${shade}`} />
        ))}{' '}
        {t('map.legend')}
      </p>
      <p className="pl-muted pl-small">{t('map.note')}</p>
    </figure>
  );
}

/** A long English name breaks into two lines. */
function TileName({ text, dark }: { text: string; dark: boolean }) {
  const words = text.replace(/^Central and Western$/, 'Central & Western').split(' ');
  const half = words.length > 2 ? 2 : text.length > 13 ? 1 : words.length;
  const lines = [words.slice(0, half).join(' '), words.slice(half).join(' ')].filter((line) => line !== '');
  return (
    <text textAnchor="middle" className={dark ? 'co-name co-dark' : 'co-name'}>
      {lines.map((line, position) => (
        <tspan key={line} x={SIZE / 2} y={(lines.length === 2 ? 22 : 30) + position * 15}>
          {line}
        </tspan>
      ))}
    </text>
  );
}
