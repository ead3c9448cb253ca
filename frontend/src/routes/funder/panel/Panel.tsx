// Why: a panel meets with an agenda: which applications call for discussion and why, and how its
// reviewers score. It prints as it stands.
import { Button, NativeSelect } from '@mantine/core';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { EmptyState } from '@/components/PageStates';
import { DecisionBadge, RoundBadge } from '@/components/StatusBadge';
import { fixed } from '@/format';
import { useLanguage } from '@/i18n';
import { PageWait, RoundHead } from '../parts';
import { changed } from '../search';
import type { PanelSearch } from '../shortlist/search';
import { PanelPage, type AgendaItem } from './query';
import { Severity } from './Severity';
import { topicName, topicsOf, topicWords } from './topics';

const FROM = '/f/$funder/rounds/$round/panel';
type NameOf = (criterion: string) => string;

export default function Panel() {
  const { t } = useTranslation(['ranking', 'common']);
  const { pick } = useLanguage();
  const { round: roundId } = useParams({ from: FROM });
  const [state, ask] = useQuery({ query: PanelPage, variables: { roundId }, requestPolicy: 'cache-and-network' });
  if (!state.data?.round) return <PageWait title={t('panel.title')} state={state} retry={() => ask({ requestPolicy: 'network-only' })} />;
  const { round, panel } = state.data;
  const { rubric, criteria } = round.programme;
  const names = new Map([
    ...rubric.map(({ id, name }) => [id, `${id} ${pick(name)}`] as const),
    ...criteria.map(({ id, question }) => [id, `${id} ${pick(question)}`] as const),
  ]);
  const nameOf: NameOf = (criterion) => names.get(criterion) ?? criterion;
  return (
    <>
      <RoundHead round={round} title={t('panel.title')} sees aside={<RoundBadge stage={round.stage} />} />
      <p className="pl-noprint">
        <Button variant="default" onClick={() => window.print()}>
          {t('common:actions.print')}
        </Button>
      </p>
      <h2>{t('panel.agenda')}</h2>
      {panel.agenda.length === 0 ? <EmptyState>{t('panel.none')}</EmptyState> : <Agenda items={panel.agenda} nameOf={nameOf} />}
      <Severity panel={panel} nameOf={nameOf} />
    </>
  );
}

function Agenda({ items, nameOf }: { items: readonly AgendaItem[]; nameOf: NameOf }) {
  const { t } = useTranslation(['ranking', 'funder']);
  const search = useSearch({ from: FROM });
  const navigate = useNavigate({ from: FROM });
  const topics = topicsOf(items);
  const shown = items.filter((item) => search.topic === undefined || item.topics.some((topic) => topic.code === search.topic));
  return (
    <>
      <search className="fu-filters pl-noprint" aria-label={t('funder:filter.title')}>
        <NativeSelect
          label={t('panel.filter')}
          value={search.topic ?? ''}
          onChange={(event) =>
            void navigate({ search: (old) => changed<PanelSearch>(old, { topic: event.currentTarget.value }), replace: true, resetScroll: false })
          }
          data={[{ value: '', label: t('funder:filter.any') }, ...topics.map((code) => ({ value: code, label: topicName(code) }))]}
        />
        <p role="status" className="pl-small pl-muted fu-count">
          {t('panel.count', { shown: shown.length, all: items.length })}
        </p>
      </search>
      <ol className="pl-list">
        {shown.map((item) => (
          <li key={item.submissionId} className="pl-card fu-agenda">
            <ItemHead item={item} />
            <ul>
              {item.topics.map((topic, position) => (
                <li key={position}>{topicWords(topic, nameOf)}</li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </>
  );
}

function ItemHead({ item }: { item: AgendaItem }) {
  const { t } = useTranslation(['ranking', 'funder']);
  const { pick } = useLanguage();
  const { funder } = useParams({ from: FROM });
  return (
    <p className="fu-state">
      <span>
        {t('panel.rank')} <strong>{item.rank ?? '—'}</strong>
        {item.score !== null && <span className="pl-num"> · {fixed(item.score, 2)}</span>}
      </span>
      <Link to="/f/$funder/applications/$id" params={{ funder, id: item.submissionId }} search={{ part: 'reviews' }}>
        {item.reference}
      </Link>
      <strong>{pick(item.organisation)}</strong>
      <span>{pick(item.title)}</span>
      {item.decision && <DecisionBadge outcome={item.decision} />}
    </p>
  );
}
