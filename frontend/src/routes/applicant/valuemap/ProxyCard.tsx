// Why: what a person must know before resting a figure on a proxy: value and range, unit, where and
// when it comes from, how good the evidence is, and what must not be overlooked.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { grouped } from '@/format';
import type { ProxyShownFragment } from '@/gql/graphql';
import { useLanguage } from '@/i18n';

function priceText(currency: string, value: string): string {
  return currency === 'HKD' ? `HK$${grouped(value)}` : `${currency} ${grouped(value)}`;
}

export function ProxyCard({ proxy, children }: { proxy: ProxyShownFragment; children?: ReactNode }) {
  const { t } = useTranslation('valuemap');
  const { pick } = useLanguage();
  const price = (value: string) => priceText(proxy.currency, value);
  return (
    <article className="pl-card" aria-label={pick(proxy.name)}>
      <div className="pl-cardhead">
        <h3>{pick(proxy.name)}</h3>
        {children}
      </div>
      <p>
        <strong className="pl-num">{price(proxy.value)}</strong> {t('proxies.per', { unit: pick(proxy.unit) })}{' '}
        <span className="pl-muted">{t('proxies.range', { low: price(proxy.low), high: price(proxy.high) })}</span>
      </p>
      <p className="pl-small">{pick(proxy.description)}</p>
      <p>
        {proxy.illustrative && <span className="pl-badge pl-badge-warn">{t('proxies.illustrative')}</span>}{' '}
        {proxy.needsLocalBasis && <span className="pl-badge pl-badge-warn">{t('proxies.needsLocalBasis')}</span>}{' '}
        {proxy.own && <span className="pl-badge pl-badge-info">{t('proxies.isOwn')}</span>}
      </p>
      <dl className="pl-facts pl-small">
        <dt>{t('proxies.source')}</dt>
        <dd>
          {proxy.sourceUrl ? (
            <a href={proxy.sourceUrl} target="_blank" rel="noreferrer">
              {proxy.source}
            </a>
          ) : (
            proxy.source
          )}
        </dd>
        <dt>{t('proxies.priceYear')}</dt>
        <dd>{proxy.priceYear}</dd>
        <dt>{t('proxies.region')}</dt>
        <dd>{proxy.region}</dd>
        <dt>{t('proxies.licence')}</dt>
        <dd>{proxy.licence}</dd>
        <dt>{t('proxies.grade')}</dt>
        <dd>{proxy.evidenceGrade}</dd>
        {proxy.outcomes.length > 0 && (
          <>
            <dt>{t('proxies.outcomes')}</dt>
            <dd>{proxy.outcomes.map(({ label }) => pick(label)).join(' · ')}</dd>
          </>
        )}
      </dl>
    </article>
  );
}
