// Why: a proxy is never overwritten; each version says what it changed against the one before.
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { DateTimeHkt } from '@/components/Figures';
import { Loading } from '@/components/PageStates';
import { amount } from '@/format';
import { readFragment } from '@/gql';
import type { ProxyShownFragment } from '@/gql/graphql';
import { labelled, useLanguage } from '@/i18n';
import { changedFields, type Compared } from './library';
import { ProxyValue, regionName } from './ProxyFacts';
import { ProxyShown } from '@/components/proxy';
import { ProxyVersions } from './query';

export function Versions({ id }: { id: string }) {
  const { t } = useTranslation('council');
  const [{ data, fetching }] = useQuery({ query: ProxyVersions, variables: { id } });
  if (fetching && !data) return <Loading />;
  const versions = readFragment(ProxyShown, data?.proxy?.versions ?? []);
  return (
    <ol className="pl-timeline" reversed>
      {versions.map((version, position) => (
        <li key={version.version}>
          <strong>{t('proxies.version', { version: version.version })}</strong> · <DateTimeHkt at={version.publishedAt} /> ·{' '}
          <ProxyValue proxy={version} />
          <Changes version={version} before={versions[position + 1]} />
        </li>
      ))}
    </ol>
  );
}

function Changes({ version, before }: { version: ProxyShownFragment; before: ProxyShownFragment | undefined }) {
  const { t } = useTranslation('council');
  const text = useFieldText();
  if (before === undefined) return <div className="pl-small pl-muted">{t('proxies.first')}</div>;
  const fields = changedFields(version, before);
  if (fields.length === 0) return <div className="pl-small pl-muted">{t('proxies.sameAsBefore')}</div>;
  return (
    <ul className="pl-small">
      {fields.map((field) => (
        <li key={field}>
          {labelled(t(`proxies.field.${field}`))} <del>{text(before, field)}</del> → <ins>{text(version, field)}</ins>
        </li>
      ))}
    </ul>
  );
}

/** A field of a proxy as text in the language on screen. */
function useFieldText(): (proxy: ProxyShownFragment, field: Compared) => string {
  const { pick, language } = useLanguage();
  return (proxy, field) => {
    if (field === 'outcomes') return proxy.outcomes.map(({ label }) => pick(label)).join(language === 'zh' ? '、' : ', ');
    if (field === 'region') return regionName(proxy.region);
    const value = proxy[field];
    if (typeof value === 'object' && value !== null) return pick(value);
    return ['value', 'low', 'high'].includes(field) ? amount(String(value)) : String(value ?? '—');
  };
}
