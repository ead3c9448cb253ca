// Why: in a what-if each row says how its rank moved, by sign for the eye and in words for who listens.
import { useTranslation } from 'react-i18next';

interface Props {
  rank: number | null;
  before: number | null | undefined;
}

export function RankMove({ rank, before }: Props) {
  const { t } = useTranslation('ranking');
  if (before === undefined || rank === null) return null;
  if (before === null) return <div className="pl-small">{t('move.came')}</div>;
  const places = before - rank;
  const words =
    places === 0
      ? t('move.same')
      : t(places > 0 ? 'move.up' : 'move.down', { count: Math.abs(places), from: before });
  const sign = places === 0 ? '=' : places > 0 ? `▲${places}` : `▼${-places}`;
  return (
    <div className={places === 0 ? 'pl-small pl-muted' : `pl-small fu-move ${places > 0 ? 'pl-mark-good' : 'pl-mark-warn'}`}>
      <span aria-hidden="true">{sign}</span>
      <span className="pl-hidden">{words}</span>
    </div>
  );
}
