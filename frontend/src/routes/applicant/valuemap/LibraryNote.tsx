// Why: says where a proxy was taken from and whether it still says what the library says; a person
// may change the value, but never without it being seen.
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { grouped } from '@/format';
import { readFragment } from '@/gql';
import { useLanguage } from '@/i18n';
import type { Content } from '../section/path';
import { isLocalMoney, libraryOf, sameNumber } from './library';
import { ProxyShown } from '@/components/proxy';
import { LibraryVersions } from './proxies';

export function LibraryNote({ outcome }: { outcome: Content }) {
  const library = libraryOf(outcome);
  return library ? <Known outcome={outcome} id={library.id} version={library.version} /> : null;
}

function Known({ outcome, id, version }: { outcome: Content; id: string; version: number }) {
  const { t } = useTranslation('valuemap');
  const { pick } = useLanguage();
  const [{ data }] = useQuery({ query: LibraryVersions, variables: { id } });
  const versions = readFragment(ProxyShown, data?.proxy?.versions) ?? [];
  const taken = versions.find((each) => each.version === version);
  const newest = versions[0];
  if (!taken) return <p className="pl-small pl-muted">{t('proxies.from', { name: id, version })}</p>;
  const differs = isLocalMoney(taken) && !sameNumber(outcome['proxy'], taken.value);
  return (
    <div className="pl-small">
      <p>
        {t('proxies.from', { name: pick(taken.name), version })}
        {differs && (
          <strong className="pl-mark-warn"> {t('proxies.differs', { value: `HK$${grouped(taken.value)}` })}</strong>
        )}
      </p>
      {newest && newest.version > version && <p>{t('proxies.newer', { version: newest.version })}</p>}
      {taken.needsLocalBasis && (
        <p>{outcome['local_basis'] ? t('proxies.basis', { basis: String(outcome['local_basis']) }) : <strong className="pl-mark-warn">{t('proxies.basisMissing')}</strong>}</p>
      )}
    </div>
  );
}
