// Why: exempting a project must visibly change the figures: what each activity bears without the
// exemptions and with them, as a picture with a table twin.
import { scaleLinear } from 'd3-scale';
import { useTranslation } from 'react-i18next';
import { money, moneyShort } from '@/format';
import { useLanguage } from '@/i18n';
import { shortLabel, useNarrow } from '../labels';
import { ShareAsTable } from '../ShareAsTable';
import type { Effect, Change } from './read';

interface Props {
  effect: Effect;
  /** Names of pools and projects by id. */
  names: ReadonlyMap<string, string>;
}

export function EffectOfExemption({ effect, names }: Props) {
  const { t } = useTranslation('cost');
  const { language } = useLanguage();
  if (effect.exempt.length === 0) return null;
  const nameOf = (id: string) => names.get(id) ?? id;
  const join = (words: readonly string[]) => words.join(language === 'zh' ? '、' : ', ');
  const rows = effect.pools.flatMap((pool) =>
    pool.activities.map((each) => [`${nameOf(pool.id)} · ${each.activity}`, money(each.before), money(each.after), money(each.change)]),
  );
  const total = (label: string, each: Change) => [label, money(each.before), money(each.after), money(each.change)];
  const kept = effect.pools.flatMap((pool) => pool.notCharged.map((activity) => `${nameOf(pool.id)} · ${activity}`));
  return (
    <ShareAsTable
      title={t('effect.title')}
      help={t('effect.help')}
      chart={<Bars changes={effect.activities} />}
      columns={[t('effect.poolActivity'), t('effect.before'), t('effect.after'), t('effect.change')]}
      rows={rows}
      totals={[...effect.activities.map((each) => total(each.activity, each)), total(t('total'), effect.total)]}
    >
      <ul className="pl-small">
        {effect.exempt.map(([activity, projects]) => (
          <li key={activity}>{t('effect.exempt', { activity, projects: join(projects.map(nameOf)) })}</li>
        ))}
        {kept.length > 0 && <li>{t('effect.notCharged', { parts: join(kept) })}</li>}
      </ul>
    </ShareAsTable>
  );
}

const WIDE = { width: 592, label: 170, above: 0, letters: 24 };
const NARROW = { width: 340, label: 4, above: 18, letters: 42 };
const FIGURE = 80;
const BAR = 14;

/** Two bars for each activity: hollow without the exemptions, full with them. */
function Bars({ changes }: { changes: readonly Change[] }) {
  const { t } = useTranslation('cost');
  const narrow = useNarrow();
  const { width, label, above, letters } = narrow ? NARROW : WIDE;
  const row = above + 2 * BAR + 16;
  const most = Math.max(1, ...changes.flatMap((each) => [Number(each.before), Number(each.after)]));
  const x = scaleLinear().domain([0, most]).range([label, width - FIGURE]);
  return (
    <>
      <p className="pl-small pl-muted">
        <span className="pl-key pl-key-before" /> {t('effect.before')} <span className="pl-key pl-key-after" /> {t('effect.after')}
      </p>
      <svg viewBox={`0 0 ${width} ${changes.length * row + 4}`} className="pl-chart">
        {changes.map((each, position) => {
          const top = position * row + 4 + above;
          const bars: [string, string][] = [
            [each.before, 'pl-bar-before'],
            [each.after, 'pl-bar-total'],
          ];
          return (
            <g key={each.activity}>
              <text x={narrow ? 0 : label - 8} y={narrow ? top - 5 : top + BAR + 4} textAnchor={narrow ? 'start' : 'end'}>
                {shortLabel(each.activity, letters)}
              </text>
              {bars.map(([amount, look], at) => (
                <g key={look}>
                  <rect className={look} x={label} y={top + at * (BAR + 2)} width={Math.max(1, x(Number(amount)) - label)} height={BAR} />
                  <text x={x(Number(amount)) + 5} y={top + at * (BAR + 2) + BAR - 3} className="pl-num">
                    {moneyShort(amount)}
                  </text>
                </g>
              ))}
            </g>
          );
        })}
      </svg>
    </>
  );
}
