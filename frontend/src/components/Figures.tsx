// Why: money, shares, ratios, dates and times look the same everywhere; only format.ts writes them.
import { useTranslation } from 'react-i18next';
import { useServerNow } from '@/api/clock';
import * as format from '@/format';
import { useLanguage } from '@/i18n';

export function Money({ amount }: { amount: string | null | undefined }) {
  const { t } = useTranslation();
  if (amount === null || amount === undefined) return <span className="pl-muted">{t('state.unknown')}</span>;
  return <span className="pl-num">{format.money(amount)}</span>;
}

export function Percent({ share }: { share: string | null | undefined }) {
  const { t } = useTranslation();
  if (share === null || share === undefined) return <span className="pl-muted">{t('state.unknown')}</span>;
  return <span className="pl-num">{format.percent(share)}</span>;
}

export function Ratio({ value }: { value: string | null | undefined }) {
  const { t } = useTranslation();
  if (value === null || value === undefined) return <span className="pl-muted">{t('state.unknown')}</span>;
  return <span className="pl-num">{format.ratio(value)}</span>;
}

/** An instant in Hong Kong time, which is named. */
export function DateTimeHkt({ at }: { at: string }) {
  const { language } = useLanguage();
  return (
    <time dateTime={at} className="pl-nowrap">
      {format.dateTime(at, language)}
    </time>
  );
}

/** `closes 11 December 2026, 18:00 HKT (20 d 3 h left)`, counted by the server's clock. */
export function Countdown({ opensAt, closesAt }: { opensAt?: string; closesAt: string }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const now = useServerNow();
  const when = format.dateTime(closesAt, language);
  if (opensAt && now < Date.parse(opensAt)) {
    return <span>{t('deadline.opens', { when: format.dateTime(opensAt, language) })}</span>;
  }
  const left = format.timeLeft(Date.parse(closesAt) - now, language);
  if (left === null) return <span>{t('deadline.closed', { when })}</span>;
  return (
    <span title={t('deadline.serverClock')}>
      {t('deadline.closes', { when })}
      <strong className="pl-nowrap">{t('deadline.left', { left })}</strong>
    </span>
  );
}
