// Why: one version of a proxy in full; where it comes from, what it may be used for, and its warnings.
import { useTranslation } from 'react-i18next';
import { Badge } from '@/components/StatusBadge';
import { amount } from '@/format';
import type { ProxyShownFragment } from '@/gql/graphql';
import { useLanguage, wordFor } from '@/i18n';

type Proxy = ProxyShownFragment;

/** `HK$180.00 / hour`; another currency is named and never converted. */
export function ProxyValue({ proxy }: { proxy: Proxy }) {
  const { pick } = useLanguage();
  return (
    <span>
      <strong className="pl-num">
        {currencyMark(proxy.currency)}
        {amount(proxy.value)}
      </strong>{' '}
      / {pick(proxy.unit)}
    </span>
  );
}

export function ProxyRange({ proxy }: { proxy: Proxy }) {
  return (
    <span className="pl-num">
      {amount(proxy.low)}–{amount(proxy.high)}
    </span>
  );
}

function currencyMark(currency: string): string {
  return currency === 'HKD' ? 'HK$' : `${currency} `;
}

/** What a reader must know before using the value. */
export function ProxyMarks({ proxy }: { proxy: Proxy }) {
  const { t } = useTranslation('council');
  return (
    <>
      {proxy.illustrative && (
        <>
          <Badge tone="warn">{t('proxies.illustrative')}</Badge>{' '}
        </>
      )}
      {proxy.needsLocalBasis && (
        <>
          <Badge tone="warn">{t('proxies.needsLocalBasis')}</Badge>{' '}
        </>
      )}
      {proxy.own && <Badge tone="info">{t('proxies.own')}</Badge>}
    </>
  );
}

export function regionName(region: string): string {
  return wordFor(`council:proxies.regions.${region}`) ?? region;
}

export function ProxyFacts({ proxy }: { proxy: Proxy }) {
  const { t } = useTranslation('council');
  const { pick, language } = useLanguage();
  return (
    <>
      <p>{pick(proxy.description)}</p>
      {proxy.illustrative && <p className="pl-small pl-mark-warn">{t('proxies.illustrativeHelp')}</p>}
      {proxy.needsLocalBasis && <p className="pl-small pl-mark-warn">{t('proxies.needsLocalBasisHelp')}</p>}
      <dl className="pl-facts pl-small">
        <dt>{t('proxies.field.source')}</dt>
        <dd>
          {proxy.sourceUrl ? (
            <a href={proxy.sourceUrl} rel="noopener noreferrer">
              {proxy.source}
            </a>
          ) : (
            proxy.source
          )}
        </dd>
        <dt>{t('proxies.field.licence')}</dt>
        <dd>{proxy.licence}</dd>
        <dt>{t('proxies.field.outcomes')}</dt>
        <dd>{proxy.outcomes.map(({ label }) => pick(label)).join(language === 'zh' ? '、' : ', ')}</dd>
        <dt>{t('proxies.code')}</dt>
        <dd>
          <code>{proxy.id}</code> · {t('proxies.version', { version: proxy.version })}
        </dd>
      </dl>
    </>
  );
}
