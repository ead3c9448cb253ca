// Why: the ranked shortlist with the budget line through it: what is funded, what is left, what would
// still fit, and how sure the order is. A person adopts it.
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { DateTimeHkt } from '@/components/Figures';
import { EmptyState } from '@/components/PageStates';
import { Badge, RoundBadge } from '@/components/StatusBadge';
import { money, percent } from '@/format';
import { readFragment } from '@/gql';
import type { ShortlistShownFragment } from '@/gql/graphql';
import { useLanguage } from '@/i18n';
import { districtsOf, Filters } from '../Filters';
import { PageWait, RoundHead } from '../parts';
import { RoundProgress } from '../RoundProgress';
import { changed, matches, type ListSearch } from '../search';
import { Acts } from './Acts';
import { ShortlistPage, ShortlistShown } from './query';
import { SelectionPanel } from './SelectionPanel';
import { ShortlistTable, type Row } from './ShortlistTable';

const FROM = '/f/$funder/rounds/$round/shortlist';

function keeps(search: ListSearch, row: Row): boolean {
  const { organisation, title } = row;
  return (
    matches(search.q, [row.reference, organisation.en, organisation.zh, title.en, title.zh]) &&
    (search.district === undefined || row.districts.some((each) => each.code === search.district)) &&
    (search.size === undefined || row.sizeBand === search.size)
  );
}

export default function Shortlist() {
  const { t } = useTranslation('funder');
  const { round: roundId } = useParams({ from: FROM });
  const [state, ask] = useQuery({ query: ShortlistPage, variables: { roundId }, requestPolicy: 'cache-and-network' });
  const refetch = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  const round = state.data?.round;
  const shortlist = readFragment(ShortlistShown, state.data?.shortlist);
  if (!round) return <PageWait title={t('shortlist.title')} state={state} retry={refetch} />;
  return (
    <>
      <RoundHead
        round={round}
        title={t('shortlist.title')}
        sees
        aside={
          <>
            <RoundBadge stage={round.stage} />
            {shortlist && <Standing shortlist={shortlist} />}
          </>
        }
      />
      <RoundProgress roundId={roundId} counts={round.counts} refetch={refetch} />
      <Acts round={round} shortlist={shortlist ?? null} refetch={refetch} />
      {shortlist ? <Ranked shortlist={shortlist} /> : <EmptyState>{t('shortlist.none')}</EmptyState>}
    </>
  );
}

function Standing({ shortlist }: { shortlist: ShortlistShownFragment }) {
  const { t } = useTranslation('funder');
  if (shortlist.adopted) return <Badge tone="good">{t('shortlist.adopted')}</Badge>;
  return <Badge tone="warn">{t(shortlist.provisional ? 'shortlist.provisional' : 'shortlist.proposed')}</Badge>;
}

function Ranked({ shortlist }: { shortlist: ShortlistShownFragment }) {
  const { t } = useTranslation('funder');
  const search = useSearch({ from: FROM });
  const navigate = useNavigate({ from: FROM });
  const change = useCallback(
    (part: { [K in keyof ListSearch]?: ListSearch[K] | undefined }) =>
      void navigate({ search: (old) => changed<ListSearch>(old, part), replace: true, resetScroll: false }),
    [navigate],
  );
  const shown = useMemo(() => shortlist.rows.filter((row) => keeps(search, row)), [shortlist.rows, search]);
  return (
    <>
      <Weights shortlist={shortlist} />
      <Filters
        search={search}
        districts={districtsOf(shortlist.rows)}
        onChange={change}
        shown={shown.length}
        all={shortlist.rows.length}
      />
      <BudgetBar shortlist={shortlist} />
      {shown.length === 0 && <EmptyState>{t('filter.nothing')}</EmptyState>}
      {shown.length > 0 && <ShortlistTable shortlist={shortlist} rows={shown} />}
      {shortlist.selection && <SelectionPanel shortlist={shortlist} selection={shortlist.selection} />}
      <p className="pl-muted pl-small">
        {t('shortlist.foot', { run: shortlist.rankingId, engine: shortlist.engineVersion })}{' '}
        <code className="pl-hash">{shortlist.inputHash}</code>
        <br />
        {t('shortlist.computedAt')} <DateTimeHkt at={shortlist.computedAt} />
        {shortlist.adoptedBy !== null && shortlist.adoptedAt !== null && (
          <>
            {' '}
            · {t('shortlist.adoptedBy', { name: shortlist.adoptedBy })} <DateTimeHkt at={shortlist.adoptedAt} />
          </>
        )}
        <br />
        {t('shortlist.person')}
      </p>
    </>
  );
}

function Weights({ shortlist }: { shortlist: ShortlistShownFragment }) {
  const { t } = useTranslation('funder');
  const { pick } = useLanguage();
  return (
    <details className="pl-card fu-weights">
      <summary>
        <strong>{t('shortlist.weights')}</strong>{' '}
        <span className="pl-small">
          {shortlist.weights.map((each) => `${each.criterion} ${percent(each.weight)}`).join(' · ')}
        </span>
      </summary>
      <p className="pl-muted pl-small">{t('shortlist.anchors')}</p>
      <div className="pl-scroll" tabIndex={0} role="group" aria-label={t('shortlist.weights')}>
        <table className="pl-table fu-dense pl-compact">
          <thead>
            <tr>
              <th scope="col">{t('reviews.dimension')}</th>
              <th scope="col" className="pl-end">
                {t('shortlist.weight')}
              </th>
              <th scope="col" className="pl-end">
                {t('shortlist.zero')}
              </th>
              <th scope="col" className="pl-end">
                {t('shortlist.hundred')}
              </th>
            </tr>
          </thead>
          <tbody>
            {shortlist.weights.map((each) => (
              <tr key={each.criterion}>
                <th scope="row">
                  {each.criterion} {pick(each.name)}
                </th>
                <td className="pl-end">{percent(each.weight)}</td>
                <td className="pl-end">{each.zero}</td>
                <td className="pl-end">{each.hundred}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function BudgetBar({ shortlist }: { shortlist: ShortlistShownFragment }) {
  const { t } = useTranslation('funder');
  const funded = shortlist.rows.filter((row) => row.aboveLine).length;
  const words = t('shortlist.committed', {
    committed: money(shortlist.committed),
    budget: money(shortlist.budget),
    count: funded,
  });
  return (
    <div className="fu-budget">
      <strong id="budget-words">{words}</strong>
      <progress value={Number(shortlist.committed)} max={Number(shortlist.budget)} aria-labelledby="budget-words" />
    </div>
  );
}
