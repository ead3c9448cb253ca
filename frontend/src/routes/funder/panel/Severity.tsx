// Why: reviewers differ in how severe they are; the panel sees by how much and how surely, and where it
// cannot be told, why. Nothing is adjusted silently.
import { scaleLinear } from 'd3-scale';
import { useTranslation } from 'react-i18next';
import { shortLabel, useNarrow } from '@/components/labels';
import { ShareAsTable } from '@/components/ShareAsTable';
import { Badge } from '@/components/StatusBadge';
import { fixed } from '@/format';
import { readFragment } from '@/gql';
import type { ReviewerSeverityShownFragment } from '@/gql/graphql';
import { wordFor } from '@/i18n';
import { personName } from '@/personName';
import { ReviewerSeverityShown, type Dimension, type PanelShown } from './query';

interface Props {
  panel: PanelShown;
  nameOf: (criterion: string) => string;
}

export function Severity({ panel, nameOf }: Props) {
  const { t } = useTranslation('ranking');
  const reviewers = readFragment(ReviewerSeverityShown, panel.reviewers);
  if (reviewers.length === 0) return null;
  return (
    <>
      <SeverityFigure title={t('panel.reviewers')} help={t('panel.reviewersHelp')} reviewers={reviewers} conflicts />
      <h2>{t('panel.dimensions')}</h2>
      {panel.dimensions.map((dimension) => (
        <DimensionShown key={dimension.criterion} dimension={dimension} name={nameOf(dimension.criterion)} />
      ))}
    </>
  );
}

function DimensionShown({ dimension, name }: { dimension: Dimension; name: string }) {
  const { t } = useTranslation('ranking');
  const reviewers = readFragment(ReviewerSeverityShown, dimension.reviewers);
  const parts = dimension.parts.map((names) => t('panel.group', { names: names.map(personName).join(', ') })).join(' ');
  const why = dimension.why === null ? null : (wordFor(`ranking:panel.why.${dimension.why}`, { parts }) ?? dimension.why);
  return (
    <details className="pl-card pl-printopen">
      <summary>
        <strong>{name}</strong>{' '}
        <Badge tone={dimension.adjusted ? 'info' : 'plain'}>{t(dimension.adjusted ? 'panel.adjusted' : 'panel.notAdjusted')}</Badge>
      </summary>
      {why !== null && <p>{why}</p>}
      {dimension.residualSd !== null && <p className="pl-small">{t('panel.residual', { sd: fixed(dimension.residualSd, 2) })}</p>}
      {reviewers.length > 0 && <SeverityFigure title={name} reviewers={reviewers} />}
    </details>
  );
}

interface FigureProps {
  title: string;
  help?: string;
  reviewers: readonly ReviewerSeverityShownFragment[];
  conflicts?: boolean;
}

function signed(value: string | null, unknown: string): string {
  if (value === null) return unknown;
  return value.startsWith('-') || !/[1-9]/.test(value) ? fixed(value, 2) : `+${fixed(value, 2)}`;
}

function SeverityFigure({ title, help, reviewers, conflicts = false }: FigureProps) {
  const { t } = useTranslation('ranking');
  const unknown = t('panel.notKnown');
  return (
    <ShareAsTable
      title={title}
      {...(help === undefined ? {} : { help })}
      chart={<SeverityChart reviewers={reviewers} />}
      columns={[
        t('panel.reviewer'), t('panel.reviews'), t('panel.severity'), t('panel.error'),
        ...(conflicts ? [t('panel.conflicts')] : []),
      ]}
      rows={reviewers.map((each) => [
        personName(each.reviewer),
        String(each.reviews),
        signed(each.severity, unknown),
        each.standardError === null ? unknown : fixed(each.standardError, 2),
        ...(conflicts ? [String(each.conflicts)] : []),
      ])}
    />
  );
}

const WIDE = { width: 580, label: 186, letters: 27 };
const NARROW = { width: 340, label: 120, letters: 16 };
const ROW = 26;
const SIDE = 44;

/** A point per reviewer with its standard error each way; the line at 0 is the mean of all. */
function SeverityChart({ reviewers }: { reviewers: readonly ReviewerSeverityShownFragment[] }) {
  const { width, label, letters } = useNarrow() ? NARROW : WIDE;
  const known = reviewers.flatMap((each) => (each.severity === null ? [] : [{ at: Number(each.severity), error: Number(each.standardError ?? 0) }]));
  const reach = Math.max(0.5, ...known.map(({ at, error }) => Math.abs(at) + error));
  const x = scaleLinear().domain([-reach, reach]).range([label + 8, width - SIDE]);
  const height = reviewers.length * ROW;
  return (
    <svg viewBox={`0 0 ${width} ${height + 24}`} className="pl-chart">
      <line x1={x(0)} x2={x(0)} y1={0} y2={height + 4} className="pl-bar-base" />
      {reviewers.map((each, position) => {
        const middle = position * ROW + ROW / 2;
        const at = Number(each.severity ?? 0);
        const error = Number(each.standardError ?? 0);
        return (
          <g key={position}>
            <text x={0} y={middle + 4}>
              {shortLabel(personName(each.reviewer), letters)}
            </text>
            {each.severity !== null && (
              <>
                <line x1={x(at - error)} x2={x(at + error)} y1={middle} y2={middle} className="fu-error" />
                <circle cx={x(at)} cy={middle} r={5} className="pl-bar-total" />
                <text x={width} y={middle + 4} textAnchor="end" className="pl-num">
                  {signed(each.severity, '')}
                </text>
              </>
            )}
          </g>
        );
      })}
      <text x={x(0)} y={height + 18} textAnchor="middle">
        0
      </text>
    </svg>
  );
}
