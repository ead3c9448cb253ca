// Why: rank by rank with the money that flows down, the budget line as a row of its own, and below
// the ranked the ones that could not be ranked, with the reason. On a phone each row is a card.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import type { ShortlistShownFragment } from '@/gql/graphql';
import { BudgetLine } from './BudgetLine';
import { lineAt } from './line';
import { ShortlistFigures } from './query';
import { RankedRow } from './RankedRow';
import type { Shown } from './trial';

/** Columns without the second opinion. */
const COLUMNS = 11;

interface Props {
  shortlist: ShortlistShownFragment;
  roundId: string;
  /** All rows in the order of rank, the unranked last; the line counts on all of them. */
  all: readonly Shown[];
  /** Those that the filters leave. */
  rows: readonly Shown[];
  budget: string;
  /** Where the line was computed to stand. */
  computed: number;
  /** Where it was moved to. */
  moved: number | undefined;
  second: boolean;
  onMove: (places: number) => void;
}

export function ShortlistTable({ shortlist, roundId, all, rows, budget, computed, moved, second, onMove }: Props) {
  const { t } = useTranslation(['funder', 'ranking']);
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  // Asked for once the first row is opened, and then for this ranking only.
  const [figures] = useQuery({
    query: ShortlistFigures,
    variables: { roundId },
    pause: opened.size === 0,
    requestPolicy: 'network-only',
  });
  const figuresOf = new Map((figures.data?.shortlist?.rows ?? []).map((each) => [each.submissionId, each]));
  const ranked = all.filter((row) => row.rank !== null);
  const at = lineAt(budget, ranked, Math.min(moved ?? computed, ranked.length));
  const placeOf = new Map(ranked.map((row, position) => [row.submissionId, position + 1]));
  const place = (row: Shown) => placeOf.get(row.submissionId) ?? null;
  const unranked = rows.filter((row) => row.rank === null);
  const columns = COLUMNS + (second ? 1 : 0);
  const toggle = (id: string) => setOpened((old) => (old.has(id) ? new Set([...old].filter((each) => each !== id)) : new Set([...old, id])));
  const show = (row: Shown) => (
    <RankedRow
      key={row.submissionId}
      row={row}
      place={place(row)}
      below={(place(row) ?? 0) > at.places}
      shortlist={shortlist}
      figures={figures.fetching ? undefined : (figuresOf.get(row.submissionId) ?? null)}
      columns={columns}
      second={second}
      opened={opened.has(row.submissionId)}
      onToggle={() => toggle(row.submissionId)}
    />
  );
  const isAbove = (row: Shown) => (place(row) ?? Infinity) <= at.places;
  return (
    <div className="pl-scroll fu-shortlistbox" tabIndex={0} role="group" aria-label={t('shortlist.caption')}>
      <table className="pl-table fu-shortlist">
        <caption className="pl-hidden">{t('shortlist.caption')}</caption>
        <Head second={second} />
        <tbody>
          {rows.filter(isAbove).map(show)}
          <BudgetLine at={at} most={ranked.length} computed={computed} columns={columns} onMove={onMove} />
          {rows.filter((row) => row.rank !== null && !isAbove(row)).map(show)}
          {unranked.length > 0 && (
            <tr className="fu-unrankedhead">
              <th scope="colgroup" colSpan={columns}>
                {t('shortlist.unranked', { count: unranked.length })}
              </th>
            </tr>
          )}
          {unranked.map(show)}
        </tbody>
      </table>
    </div>
  );
}

function Head({ second }: { second: boolean }) {
  const { t } = useTranslation(['funder', 'ranking']);
  return (
    <thead>
      <tr>
        <Heading end>{t('shortlist.rank')}</Heading>
        <Heading>{t('inbox.reference')}</Heading>
        <Heading>{t('shortlist.organisation')}</Heading>
        <Heading>{t('filter.district')}</Heading>
        <Heading end>{t('inbox.ask')}</Heading>
        <Heading end>{t('shortlist.cumulative')}</Heading>
        <Heading end>{t('shortlist.sroi')}</Heading>
        <Heading end>{t('shortlist.score')}</Heading>
        {second && <Heading end>{t('ranking:second.column')}</Heading>}
        <Heading>{t('ranking:stability.column')}</Heading>
        <Heading>{t('inbox.eligibility')}</Heading>
        <Heading>{t('inbox.decision')}</Heading>
      </tr>
    </thead>
  );
}

function Heading({ children, end = false }: { children: string; end?: boolean }) {
  return (
    <th scope="col" className={end ? 'pl-end' : undefined}>
      {children}
    </th>
  );
}
