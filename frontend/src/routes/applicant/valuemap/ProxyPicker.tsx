// Why: the library of financial proxies where a value is needed: search, compare, choose; or propose
// one's own when none fits. Choosing is one step that Undo takes back.
import { Button, Group, Modal, NativeSelect, Tabs, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { EmptyState, Failed, Loading } from '@/components/PageStates';
import { readFragment } from '@/gql';
import type { ProxyShownFragment } from '@/gql/graphql';
import { useLanguage } from '@/i18n';
import { useSectionContext } from '../section/context';
import { rowsAt } from '../section/path';
import { withProxy } from './library';
import { useMapData } from './mapData';
import { OwnProxies } from './OwnProxies';
import { ProxyCard } from './ProxyCard';
import { ProxyShown } from '@/components/proxy';
import { ProxySearch } from './proxies';
import { ProxyUse } from './ProxyUse';

const SEARCH_AFTER_MILLISECONDS = 200;
const PAGE = 20;

interface Props {
  /** The outcome that needs a value; null closes the picker. */
  row: number | null;
  onClose: () => void;
}

export function ProxyPicker({ row, onClose }: Props) {
  const { t } = useTranslation('valuemap');
  const { t: common } = useTranslation();
  return (
    <Modal
      opened={row !== null}
      onClose={onClose}
      size="xl"
      title={<strong>{t('proxies.title')}</strong>}
      closeButtonProps={{ 'aria-label': common('actions.close') }}
    >
      {row !== null && <Picker row={row} onClose={onClose} />}
    </Modal>
  );
}

function Picker({ row, onClose }: { row: number; onClose: () => void }) {
  const { t } = useTranslation('valuemap');
  const { pick } = useLanguage();
  const { form } = useSectionContext();
  const outcome = rowsAt(form.content, 'outcomes')[row];
  const [chosen, setChosen] = useState<ProxyShownFragment | null>(null);
  if (!outcome) return null;

  function use(proxy: ProxyShownFragment, localBasis: string, localValue: string | undefined) {
    if (!outcome) return;
    const choosing = { proxy, pick, localBasis, ...(localValue === undefined ? {} : { localValue }) };
    form.set(`outcomes[${row}]`, withProxy(outcome, choosing), true);
    onClose();
  }
  if (chosen) return <ProxyUse proxy={chosen} onUse={use} onBack={() => setChosen(null)} />;
  return (
    <>
      <p className="pl-muted pl-small">
        {t('proxies.for', { name: String(outcome['name'] ?? '') || t('outcome', { number: row + 1 }) })}
      </p>
      <Tabs defaultValue="library" keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="library">{t('proxies.library')}</Tabs.Tab>
          <Tabs.Tab value="own">{t('proxies.own')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="library" pt="sm">
          <Search
            outcome={typeof outcome['catalogue'] === 'string' ? outcome['catalogue'] : ''}
            onChoose={(proxy) => (proxy.needsLocalBasis || proxy.currency !== 'HKD' ? setChosen(proxy) : use(proxy, '', undefined))}
          />
        </Tabs.Panel>
        <Tabs.Panel value="own" pt="sm">
          <OwnProxies />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

function Search({ outcome, onChoose }: { outcome: string; onChoose: (proxy: ProxyShownFragment) => void }) {
  const { t } = useTranslation('valuemap');
  const { pick } = useLanguage();
  const { catalogue } = useMapData();
  const [words, setWords] = useState('');
  const [code, setCode] = useState(outcome);
  const [search] = useDebouncedValue(words.trim(), SEARCH_AFTER_MILLISECONDS);
  const [pages, setPages] = useState<(string | null)[]>([null]);
  const restart = () => setPages([null]);
  return (
    <>
      <Group align="end" gap="sm" mb="sm">
        <TextInput
          type="search"
          label={t('proxies.words')}
          description={t('proxies.wordsHelp')}
          data-autofocus
          style={{ flex: '1 1 14rem' }}
          value={words}
          onChange={(event) => {
            setWords(event.currentTarget.value);
            restart();
          }}
        />
        <NativeSelect
          label={t('proxies.outcome')}
          style={{ flex: '1 1 12rem' }}
          value={code}
          onChange={(event) => {
            setCode(event.currentTarget.value);
            restart();
          }}
          data={[
            { value: '', label: t('proxies.anyOutcome') },
            ...catalogue.map((each) => ({ value: each.code, label: pick(each.label) })),
          ]}
        />
      </Group>
      {pages.map((after, position) => (
        <Page
          key={after ?? ''}
          search={search}
          outcome={code}
          after={after}
          onMore={position === pages.length - 1 ? (end) => setPages([...pages, end]) : null}
          onChoose={onChoose}
        />
      ))}
    </>
  );
}

interface PageProps {
  search: string;
  outcome: string;
  after: string | null;
  onMore: ((end: string) => void) | null;
  onChoose: (proxy: ProxyShownFragment) => void;
}

function Page({ search, outcome, after, onMore, onChoose }: PageProps) {
  const { t } = useTranslation('valuemap');
  const [state, ask] = useQuery({
    query: ProxySearch,
    variables: { search: search || null, outcome: outcome || null, first: PAGE, after },
  });
  if (!state.data) return state.error ? <Failed onRetry={() => ask({ requestPolicy: 'network-only' })} /> : <Loading />;
  const { nodes, pageInfo } = state.data.proxies;
  const proxies = readFragment(ProxyShown, nodes);
  return (
    <div aria-live="polite" aria-busy={state.fetching}>
      {proxies.length === 0 && after === null && <EmptyState>{t('proxies.nothing')}</EmptyState>}
      {proxies.map((proxy) => (
        <ProxyCard key={`${proxy.id}/${proxy.version}`} proxy={proxy}>
          <Button size="compact-md" onClick={() => onChoose(proxy)}>
            {t('proxies.choose')}
            <ChosenName proxy={proxy} />
          </Button>
        </ProxyCard>
      ))}
      {onMore && pageInfo.hasNextPage && pageInfo.endCursor !== null && (
        <Button variant="default" onClick={() => onMore(pageInfo.endCursor ?? '')}>
          {t('proxies.more')}
        </Button>
      )}
    </div>
  );
}

function ChosenName({ proxy }: { proxy: ProxyShownFragment }) {
  const { pick } = useLanguage();
  return <span className="pl-hidden">: {pick(proxy.name)}</span>;
}
