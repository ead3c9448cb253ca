// Why: "would it still be funded if delivery counted a little more?" – per criterion, how far its weight
// may move, the others in proportion, before the rank or the side of the line changes.
import { useTranslation } from 'react-i18next';
import { ShareAsTable } from '@/components/ShareAsTable';
import { fixed, movePoint, percent } from '@/format';
import type { ShortlistFiguresQuery, ShortlistShownFragment } from '@/gql/graphql';
import { useLanguage } from '@/i18n';

type Range = NonNullable<ShortlistFiguresQuery['shortlist']>['rows'][number]['sensitivity'][number];

interface Props {
  reference: string;
  ranges: readonly Range[];
  weights: ShortlistShownFragment['weights'];
}

/** A weight in per cent with two places; the ends are rounded inwards by the engine. */
function shown(share: string): string {
  return `${fixed(movePoint(share, 2), 2)}%`;
}

export function Sensitivity({ reference, ranges, weights }: Props) {
  const { t } = useTranslation(['ranking', 'funder']);
  const { pick } = useLanguage();
  if (ranges.length === 0) return null;
  const name = (id: string) => {
    const weight = weights.find((each) => each.criterion === id);
    return weight ? `${id} ${pick(weight.name)}` : id;
  };
  const span = (from: string | null, to: string | null) => {
    if (from === null || to === null) return '—';
    if (Number(from) <= 0 && Number(to) >= 1) return t('sensitivity.any');
    return t('sensitivity.range', { from: shown(from), to: shown(to) });
  };
  const sentence = ({ lineFrom, lineTo }: Range) =>
    lineFrom === null || lineTo === null || (Number(lineFrom) <= 0 && Number(lineTo) >= 1)
      ? span(lineFrom, lineTo)
      : t('sensitivity.sentence', { from: shown(lineFrom), to: shown(lineTo) });
  return (
    <ShareAsTable
      title={t('sensitivity.title', { reference })}
      help={t('sensitivity.help')}
      chart={
        <div className="pl-bars">
          {ranges.map((range) => (
            <WeightBar key={range.criterion} label={name(range.criterion)} range={range} />
          ))}
        </div>
      }
      columns={[t('funder:reviews.dimension'), t('sensitivity.now'), t('sensitivity.rank'), t('sensitivity.line')]}
      rows={ranges.map((range) => [name(range.criterion), percent(range.weight), span(range.rankFrom, range.rankTo), sentence(range)])}
      wrapLast
    />
  );
}

/** From 0 to 100%: the range that keeps the side of the line, and a mark where the weight stands. */
function WeightBar({ label, range }: { label: string; range: Range }) {
  const from = Number(range.lineFrom ?? range.rankFrom);
  const to = Number(range.lineTo ?? range.rankTo);
  return (
    <div className="pl-barrow">
      <span>{label}</span>
      <span className="pl-bartrack fu-weightbar">
        <span className="pl-barfill" style={{ marginInlineStart: `${from * 100}%`, inlineSize: `${Math.max((to - from) * 100, 0.5)}%` }} />
        <span className="fu-weightmark" style={{ insetInlineStart: `${Number(range.weight) * 100}%` }} />
      </span>
      <span className="pl-num">{percent(range.weight)}</span>
    </div>
  );
}
