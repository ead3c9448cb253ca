// Why: everything that a round has received, to filter, sort and open; the view lives in the address.
import { NativeSelect } from '@mantine/core';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable, type Column } from '@/components/DataTable';
import { EmptyState } from '@/components/PageStates';
import { DecisionBadge, EligibilityBadge, RoundBadge } from '@/components/StatusBadge';
import { amount } from '@/format';
import { useLanguage } from '@/i18n';
import { useSession } from '@/session/session';
import { districtsOf, Filters } from '../Filters';
import { PageWait, RoundHead, Shares, SroiCell } from '../parts';
import { mayReview, seesAll } from '../roles';
import { RoundProgress } from '../RoundProgress';
import { changed, DECISIONS, ELIGIBILITY_STATES, matches, sortingOf, type InboxSearch } from '../search';
import { ReviewState } from './Queue';
import { useInbox, type InboxRow } from './useInbox';

const FROM = '/f/$funder/rounds/$round/inbox';

function keeps(search: InboxSearch, row: InboxRow): boolean {
  const { title, applicant } = row;
  const state = row.verdict?.state ?? 'UNSCREENED';
  const decision = row.decisions[0]?.outcome ?? 'NONE';
  return (
    matches(search.q, [row.reference, title.en, title.zh, applicant.name.en, applicant.name.zh]) &&
    (search.district === undefined || row.districts.some((each) => each.code === search.district)) &&
    (search.size === undefined || applicant.sizeBand === search.size) &&
    (search.state === undefined || state === search.state) &&
    (search.decision === undefined || decision === search.decision)
  );
}

export default function Inbox() {
  const { t } = useTranslation(['funder', 'common']);
  const { me } = useSession();
  const { round: roundId } = useParams({ from: FROM });
  const search = useSearch({ from: FROM });
  const navigate = useNavigate({ from: FROM });
  const inbox = useInbox(roundId);
  const change = useCallback(
    (part: { [K in keyof InboxSearch]?: InboxSearch[K] | undefined }) =>
      void navigate({ search: (old) => changed<InboxSearch>(old, part), replace: true, resetScroll: false }),
    [navigate],
  );
  const columns = useColumns();
  const { rows, round } = inbox;
  if (!rows || !round) return <PageWait title={t('inbox.title')} state={inbox} retry={inbox.refetch} />;
  const shown = rows.filter((row) => keeps(search, row));
  return (
    <>
      <RoundHead
        round={round}
        title={t('inbox.title')}
        sees={seesAll(me?.roles ?? [])}
        aside={<RoundBadge stage={round.stage} />}
      />
      <RoundProgress roundId={roundId} counts={round.counts} refetch={inbox.refetch} />
      <Filters search={search} districts={districtsOf(rows)} onChange={change} shown={shown.length} all={rows.length}>
        <NativeSelect
          label={t('inbox.eligibility')}
          value={search.state ?? ''}
          onChange={(event) => {
            const { value } = event.currentTarget;
            change({ state: ([...ELIGIBILITY_STATES, 'UNSCREENED'] as const).find((each) => each === value) });
          }}
          data={[
            { value: '', label: t('filter.any') },
            ...ELIGIBILITY_STATES.map((state) => ({ value: state, label: t(`common:eligibility.${state}`) })),
            { value: 'UNSCREENED', label: t('inbox.unscreened') },
          ]}
        />
        <NativeSelect
          label={t('inbox.decision')}
          value={search.decision ?? ''}
          onChange={(event) => {
            const { value } = event.currentTarget;
            change({ decision: ([...DECISIONS, 'NONE'] as const).find((each) => each === value) });
          }}
          data={[
            { value: '', label: t('filter.any') },
            ...DECISIONS.map((outcome) => ({ value: outcome, label: t(`common:decision.${outcome}`) })),
            { value: 'NONE', label: t('inbox.undecided') },
          ]}
        />
      </Filters>
      {rows.length === 0 && <EmptyState>{t('inbox.none')}</EmptyState>}
      {rows.length > 0 && shown.length === 0 && <EmptyState>{t('filter.nothing')}</EmptyState>}
      {shown.length > 0 && (
        <DataTable
          caption={t('inbox.title')}
          columns={columns}
          rows={shown}
          rowId={(row) => row.id}
          sort={sortingOf(search)}
          onSort={([first]) => change({ sort: first?.id, desc: first?.desc })}
        />
      )}
    </>
  );
}

function useColumns(): Column<InboxRow>[] {
  const { t } = useTranslation(['funder', 'common']);
  const { pick } = useLanguage();
  const { me } = useSession();
  const { funder } = useParams({ from: FROM });
  const roles = me?.roles ?? [];
  const done = (row: InboxRow) => row.reviews.filter((review) => review.state === 'submitted').length;
  const columns: Column<InboxRow>[] = [
    {
      id: 'reference',
      header: t('inbox.reference'),
      cell: (row) => (
        <Link to="/f/$funder/applications/$id" params={{ funder, id: row.id }} className="pl-nowrap">
          {row.reference}
        </Link>
      ),
      sortBy: (row) => row.reference,
    },
    {
      id: 'organisation',
      header: t('inbox.organisation'),
      cell: (row) => (
        <>
          <strong>{pick(row.applicant.name)}</strong>
          <div className="pl-small">{pick(row.title)}</div>
        </>
      ),
      sortBy: (row) => pick(row.applicant.name),
    },
    {
      id: 'district',
      header: t('inbox.districts'),
      cell: (row) => <Shares shares={row.districts} />,
      sortBy: (row) => row.districts.map((each) => pick(each.label)).join(' '),
    },
    { id: 'ask', header: t('inbox.ask'), numeric: true, cell: (row) => amount(row.ask), sortBy: (row) => row.ask },
    {
      id: 'eligibility',
      header: t('inbox.eligibility'),
      cell: (row) =>
        row.verdict ? (
          <EligibilityBadge state={row.verdict.state} />
        ) : (
          <span className="pl-muted">{t('inbox.unscreened')}</span>
        ),
      sortBy: (row) => row.verdict?.state ?? null,
    },
    {
      id: 'sroi',
      header: t('common:sroi.title'),
      numeric: true,
      cell: (row) => <SroiCell ratio={row.sroi?.ratio} low={row.sroi?.low} high={row.sroi?.high} />,
      sortBy: (row) => row.sroi?.ratio ?? null,
    },
  ];
  if (seesAll(roles)) {
    columns.push(
      { id: 'reviews', header: t('inbox.reviews'), numeric: true, cell: done, sortBy: done },
      {
        id: 'decision',
        header: t('inbox.decision'),
        cell: (row) =>
          row.decisions[0] ? (
            <DecisionBadge outcome={row.decisions[0].outcome} />
          ) : (
            <span className="pl-muted">{t('inbox.undecided')}</span>
          ),
        sortBy: (row) => row.decisions[0]?.outcome ?? null,
      },
    );
  }
  if (mayReview(roles)) {
    columns.push({
      id: 'mine',
      header: t('queue.mine'),
      cell: (row) => <ReviewState row={row} />,
      sortBy: (row) => row.myReview?.state ?? '',
    });
  }
  return columns;
}
