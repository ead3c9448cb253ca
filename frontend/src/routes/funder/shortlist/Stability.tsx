// Why: how sure a place on the list is: in how many of the sampled weightings it stands above the line,
// and what a panel may call that.
import { useTranslation } from 'react-i18next';
import { Badge, type Tone } from '@/components/StatusBadge';
import { Bars } from '@/components/Bars';
import { ShareAsTable } from '@/components/ShareAsTable';
import { fixed, movePoint, percent } from '@/format';
import type { Standing } from '@/gql/graphql';
import { sumDecimals } from '../../applicant/sums';

const TONES: Record<Standing, Tone> = { ROBUSTLY_SHORTLISTED: 'good', CONTESTED: 'warn', ROBUSTLY_OUT: 'plain' };

interface Props {
  share: string | null;
  standing: Standing | null;
}

/** The bar only helps the eye; the share and the word say it. */
export function Stability({ share, standing }: Props) {
  const { t } = useTranslation('ranking');
  if (share === null) return <>—</>;
  return (
    <>
      <span className="fu-stability">
        <span className="fu-meter" aria-hidden="true">
          <span style={{ inlineSize: `${Number(share) * 100}%` }} />
        </span>
        <span className="pl-num">{percent(share)}</span>
      </span>
      {standing !== null && (
        <div className="fu-standing">
          <Badge tone={TONES[standing]}>{t(`standing.${standing}`)}</Badge>
        </div>
      )}
    </>
  );
}

interface HelpProps {
  robust: string;
}

export function StabilityHelp({ robust }: HelpProps) {
  const { t } = useTranslation('ranking');
  const out = sumDecimals(['1', `-${robust}`]) ?? '0';
  return <p className="pl-small pl-muted">{t('stability.help', { robust: percent(robust), out: percent(out) })}</p>;
}

interface RanksProps {
  reference: string;
  /** Share of the weightings for each rank, the first rank first. */
  acceptability: readonly string[];
  /** How many ranks stand above the line. */
  places: number;
}

/** In how many weightings it takes which rank. */
export function RankShares({ reference, acceptability, places }: RanksProps) {
  const { t } = useTranslation('ranking');
  const ranks = acceptability.flatMap((share, position) => (/[1-9]/.test(share) ? [{ rank: position + 1, share }] : []));
  if (ranks.length === 0) return <p className="pl-small">{t('stability.none')}</p>;
  const shown = (share: string) => `${fixed(movePoint(share, 2), 2)}%`;
  return (
    <ShareAsTable
      title={t('stability.ranks', { reference })}
      help={t('stability.rest')}
      chart={
        <Bars
          bars={ranks.map(({ rank, share }) => ({
            label: `${t('stability.rank')} ${rank}`,
            value: Number(share),
            text: shown(share),
            faint: rank > places,
          }))}
        />
      }
      columns={[t('stability.rank'), t('stability.share')]}
      rows={ranks.map(({ rank, share }) => [String(rank), shown(share)])}
    />
  );
}
