// Why: values that many projects need, found once and kept with their source. Everybody signed in reads
// the same library; search and filters live in the address.
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useDebouncedValue } from '@mantine/hooks';
import { Fragment, useCallback, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { EmptyState, QueryWait } from '@/components/PageStates';
import { PageTitle } from '@/components/PageTitle';
import { readFragment } from '@/gql';
import type { ProxyShownFragment } from '@/gql/graphql';
import { useLanguage } from '@/i18n';
import { filtered, GRADES, readLibrarySearch, regionsOf, type LibrarySearch } from './library';
import { ProxyFacts, ProxyMarks, ProxyRange, ProxyValue, regionName } from './ProxyFacts';
import { ProxyShown } from '@/components/proxy';
import { ProxyCatalogue, ProxyList } from './query';
import { Versions } from './Versions';

const COLUMNS = 6;
const TYPING_MILLISECONDS = 300;

export function Library() {
  const { t } = useTranslation('council');
  const search = readLibrarySearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  const change = useCallback(
    (part: { [K in keyof LibrarySearch]?: string | undefined }) => {
      void navigate({
        to: '.',
        search: ((old: Record<string, unknown>) => ({ ...old, ...part })) as never,
        replace: true,
        resetScroll: false,
      });
    },
    [navigate],
  );
  return (
    <>
      <PageTitle>{t('proxies.title')}</PageTitle>
      <p className="pl-muted">{t('proxies.intro')}</p>
      <Found search={search} change={change} />
    </>
  );
}

interface FoundProps {
  search: LibrarySearch;
  change: (part: { [K in keyof LibrarySearch]?: string | undefined }) => void;
}

function Found({ search, change }: FoundProps) {
  const { t } = useTranslation('council');
  const [after, setAfter] = useState<string | null>(null);
  const [earlier, setEarlier] = useState<readonly ProxyShownFragment[]>([]);
  const variables = { search: search.q ?? null, outcome: search.outcome ?? null, after };
  const [state, ask] = useQuery({ query: ProxyList, variables, requestPolicy: 'cache-and-network' });
  const refetch = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  const restart = () => {
    setAfter(null);
    setEarlier([]);
  };
  const page = state.data?.proxies;
  const all = [...earlier, ...readFragment(ProxyShown, page?.nodes ?? [])];
  const shown = filtered(all, search);
  return (
    <>
      <Filters
        search={search}
        regions={regionsOf(all)}
        change={(part) => {
          restart();
          change(part);
        }}
      />
      <p role="status" className="pl-small">
        {page && t('proxies.count', { count: shown.length })}
        {page?.pageInfo.hasNextPage && ` ${t('proxies.moreToLoad')}`}
      </p>
      {!page && <QueryWait state={state} found={false} retry={refetch} />}
      {page && shown.length === 0 && <EmptyState>{t('proxies.nothing')}</EmptyState>}
      {shown.length > 0 && <ProxyTable proxies={shown} />}
      {page?.pageInfo.hasNextPage && (
        <Button
          variant="default"
          mt="sm"
          onClick={() => {
            setEarlier(all);
            setAfter(page.pageInfo.endCursor);
          }}
        >
          {t('proxies.more')}
        </Button>
      )}
    </>
  );
}

interface FilterProps extends FoundProps {
  regions: readonly string[];
}

function Filters({ search, regions, change }: FilterProps) {
  const { t } = useTranslation('council');
  const { pick } = useLanguage();
  const [{ data }] = useQuery({ query: ProxyCatalogue });
  const [typed, setTyped] = useState(search.q ?? '');
  const [settled] = useDebouncedValue(typed, TYPING_MILLISECONDS);
  const asked = search.q ?? '';
  useEffect(() => {
    if (settled === typed && settled !== asked) change({ q: settled === '' ? undefined : settled });
  }, [settled, typed, asked, change]);
  const any = { value: '', label: t('proxies.any') };
  const outcomes = (data?.reference.outcomes ?? []).map(({ code, label, group }) => ({
    value: code,
    label: `${pick(group)} · ${pick(label)}`,
  }));
  return (
    <search className="co-filters pl-noprint" aria-label={t('proxies.filter')}>
      <TextInput label={t('proxies.search')} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
      <NativeSelect
        label={t('proxies.field.outcomes')}
        value={search.outcome ?? ''}
        data={[any, ...outcomes]}
        onChange={(event) => change({ outcome: event.currentTarget.value || undefined })}
      />
      <NativeSelect
        label={t('proxies.field.region')}
        value={search.region ?? ''}
        data={[any, ...regions.map((region) => ({ value: region, label: regionName(region) }))]}
        onChange={(event) => change({ region: event.currentTarget.value || undefined })}
      />
      <NativeSelect
        label={t('proxies.field.evidenceGrade')}
        value={search.grade ?? ''}
        data={[any, ...GRADES.map((grade) => ({ value: grade, label: grade }))]}
        onChange={(event) => change({ grade: event.currentTarget.value || undefined })}
      />
    </search>
  );
}

export function ProxyTable({ proxies }: { proxies: readonly ProxyShownFragment[] }) {
  const { t } = useTranslation('council');
  return (
    <div className="pl-scroll" tabIndex={0} role="group" aria-label={t('proxies.title')}>
      <table className="pl-table co-table">
        <caption className="pl-hidden">{t('proxies.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('proxies.field.name')}</th>
            <th scope="col">{t('proxies.field.value')}</th>
            <th scope="col" className="pl-end">
              {t('proxies.range')}
            </th>
            <th scope="col" className="pl-end">
              {t('proxies.field.priceYear')}
            </th>
            <th scope="col">{t('proxies.field.region')}</th>
            <th scope="col">{t('proxies.field.evidenceGrade')}</th>
          </tr>
        </thead>
        <tbody>
          {proxies.map((proxy) => (
            <Row key={`${proxy.id}-${proxy.version}`} proxy={proxy} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ proxy }: { proxy: ProxyShownFragment }) {
  const { t } = useTranslation('council');
  const { pick } = useLanguage();
  const [opened, setOpened] = useState(false);
  const details = useId();
  return (
    <Fragment>
      <tr>
        <th scope="row" className="co-proxy">
          {pick(proxy.name)}
          <div>
            <ProxyMarks proxy={proxy} />
          </div>
          <button
            type="button"
            className="pl-linkbutton pl-small pl-noprint"
            aria-expanded={opened}
            aria-controls={opened ? details : undefined}
            onClick={() => setOpened(!opened)}
          >
            {t(opened ? 'proxies.close' : 'proxies.open')}
            <span className="pl-hidden">: {pick(proxy.name)}</span>
          </button>
        </th>
        <td>
          <ProxyValue proxy={proxy} />
        </td>
        <td className="pl-end">
          <ProxyRange proxy={proxy} />
        </td>
        <td className="pl-end">{proxy.priceYear}</td>
        <td>{regionName(proxy.region)}</td>
        <td>{proxy.evidenceGrade}</td>
      </tr>
      {opened && (
        <tr id={details}>
          <td colSpan={COLUMNS}>
            <div className="co-opened">
              <ProxyFacts proxy={proxy} />
              <h2 className="pl-sum">{t('proxies.versions')}</h2>
              <Versions id={proxy.id} />
            </div>
          </td>
        </tr>
      )}
    </Fragment>
  );
}
