// Why: two inputs moved at once. The cell of the stated values is framed, a cell below 1 is hatched and
// carries a sign; the shade only helps the eye. It is a table already, so it has no other twin.
import { scaleLinear } from 'd3-scale';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { readProblems } from '@/api/problems';
import { grouped } from '@/format';
import type { ExploreGridQuery } from '@/gql/graphql';
import { ErrorSummary } from '../ErrorSummary';
import { Failed, Loading } from '../PageStates';
import { leverName, leverValue, sameNumber, type Names } from '../levers';
import { LeverFields } from './LeverFields';
import { ExploreGrid } from './query';
import { leverValues, statedValue, type ExploreState, type LeverState } from './state';
import { targetInput, type ExploreOutcome, type ExploreTarget } from './target';

type Grid = NonNullable<ExploreGridQuery['sroiExplore']['grid']>;

interface Props {
  target: ExploreTarget;
  outcomes: readonly ExploreOutcome[];
  names: Names;
  rate: string | undefined;
  state: ExploreState;
  onChange: (change: Partial<ExploreState>) => void;
}

function leverInput(lever: LeverState, stated: string | undefined) {
  const { parameter, scope, unit } = lever;
  return { parameter, scope, unit, values: leverValues(lever, stated) };
}

export function GridTool({ target, outcomes, names, rate, state, onChange }: Props) {
  const { t } = useTranslation(['sroi', 'common']);
  const { row, column } = state;
  const stated = { row: statedValue(row, outcomes, rate), column: statedValue(column, outcomes, rate) };
  const same = row.parameter === column.parameter && (row.scope === column.scope || row.scope === 'all' || column.scope === 'all');
  const input = { ...targetInput(target), row: leverInput(row, stated.row), column: leverInput(column, stated.column) };
  const [{ data, fetching, error }, ask] = useQuery({ query: ExploreGrid, variables: { input }, pause: same });
  const answer = data?.sroiExplore;
  return (
    <section className="pl-card" aria-labelledby="explore-grid">
      <h2 id="explore-grid">{t('explore.gridTitle')}</h2>
      <p className="pl-muted pl-small">{t('explore.gridHelp')}</p>
      <div className="pl-grid-2 pl-noprint">
        <LeverFields legend={t('explore.rows')} lever={row} outcomes={outcomes} onChange={(next) => onChange({ row: next })} />
        <LeverFields legend={t('explore.columns')} lever={column} outcomes={outcomes} onChange={(next) => onChange({ column: next })} />
      </div>
      {same && <p className="pl-note">{t('explore.sameLever')}</p>}
      {!same && error && <Failed onRetry={() => ask({ requestPolicy: 'network-only' })} />}
      {!same && !answer && fetching && <Loading />}
      {!same && answer && <ErrorSummary problems={readProblems(answer.problems)} takeFocus={false} />}
      {!same && answer?.grid && <GridTable grid={answer.grid} stated={stated} names={names} busy={fetching} />}
    </section>
  );
}

interface TableProps {
  grid: Grid;
  stated: { row: string | undefined; column: string | undefined };
  names: Names;
  busy?: boolean;
}

/** Shades from pale to deep; letters turn white where the ground is deep. */
const SHADES = 5;

export function GridTable({ grid, stated, names, busy = false }: TableProps) {
  const { t } = useTranslation(['sroi', 'common']);
  const ratios = grid.ratios.flat().map(Number);
  const least = Math.min(...ratios);
  const shade = scaleLinear().domain([least, Math.max(...ratios, least + 0.0001)]).range([0, SHADES]);
  const rowName = leverName(grid.row.parameter, grid.row.scope, names);
  const columnName = leverName(grid.column.parameter, grid.column.scope, names);
  const title = t('explore.gridCaption', { row: rowName, column: columnName });
  const isStated = (row: string | undefined, column: string | undefined) =>
    sameNumber(row, stated.row) && sameNumber(column, stated.column);
  const marked = grid.row.values.some((row) => grid.column.values.some((column) => isStated(row, column)));
  return (
    <>
      <div className="pl-scroll" tabIndex={0} role="group" aria-label={title} aria-busy={busy}>
        <table className="pl-table pl-heat">
          <caption>{title}</caption>
          <thead>
            <tr>
              <th scope="col">
                {rowName} ↓ · {columnName} →
              </th>
              {grid.column.values.map((value) => (
                <th key={value} scope="col" className="pl-end">
                  {leverValue(grid.column.parameter, grid.column.unit, value)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {grid.row.values.map((value, down) => (
              <tr key={value}>
                <th scope="row">{leverValue(grid.row.parameter, grid.row.unit, value)}</th>
                {(grid.ratios[down] ?? []).map((ratio, across) => {
                  const short = Number(ratio) < 1;
                  const own = isStated(value, grid.column.values[across]);
                  const level = Math.min(Math.floor(shade(Number(ratio))), SHADES - 1);
                  return (
                    <td
                      key={across}
                      className={`pl-end ${short ? 'pl-heat-short' : `pl-heat-${level}`} ${own ? 'pl-heat-stated' : ''}`}
                    >
                      {short && (
                        <>
                          <span aria-hidden="true">▼ </span>
                          <span className="pl-hidden">{t('explore.below')} </span>
                        </>
                      )}
                      {grouped(ratio)}
                      {own && <span className="pl-hidden"> {t('explore.statedCell')}</span>}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="pl-small pl-muted">
        {marked ? t('explore.framed') : t('explore.noStated')} {t('explore.hatched')}
      </p>
    </>
  );
}
