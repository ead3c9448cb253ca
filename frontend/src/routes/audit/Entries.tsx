// Why: the entries themselves, newest first, page after page, with the words of each deed.
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { DataTable, type Column } from '@/components/DataTable';
import { DateTimeHkt } from '@/components/Figures';
import { EmptyState, QueryWait } from '@/components/PageStates';
import { grouped } from '@/format';
import type { AuditEntriesQuery } from '@/gql/graphql';
import { labelled, useLanguage, wordFor } from '@/i18n';
import { personName } from '@/personName';
import { detailWords } from './detail';
import { AuditEntries } from './query';
import { filterOf, type AuditSearch } from './search';

/** Enough of an id to tell two apart; the whole one is behind the link. */
const SHOWN_LETTERS = 12;

type Entry = AuditEntriesQuery['auditEntries']['nodes'][number];

export function Entries({ search }: { search: AuditSearch }) {
  const { t } = useTranslation('audit');
  const [after, setAfter] = useState<string | null>(null);
  const [older, setOlder] = useState<readonly Entry[]>([]);
  const [state, ask] = useQuery({
    query: AuditEntries,
    variables: { filter: filterOf(search), after },
    requestPolicy: 'network-only',
  });
  const page = state.data?.auditEntries;
  const columns = useColumns();
  // While the next page is on its way, the address of this one still answers with the last.
  const shown = state.fetching || !page ? older : [...older, ...page.nodes];
  function more() {
    setOlder(shown);
    setAfter(page?.pageInfo.endCursor ?? null);
  }
  if (shown.length === 0) {
    if (page && !state.fetching && page.nodes.length === 0) return <EmptyState>{t('table.none')}</EmptyState>;
    return <QueryWait state={state} found={false} retry={() => ask({ requestPolicy: 'network-only' })} />;
  }
  return (
    <>
      <DataTable caption={t('table.caption')} columns={columns} rows={shown} rowId={(row) => row.id} stack />
      <p className="pl-noprint">
        <span className="pl-muted pl-small">{t('table.shown', { number: grouped(String(shown.length)) })}</span>{' '}
        {page?.pageInfo.hasNextPage && (
          <Button variant="default" onClick={more} loading={state.fetching}>
            {t('table.more')}
          </Button>
        )}
      </p>
    </>
  );
}

function useColumns(): readonly Column<Entry>[] {
  const { t } = useTranslation('audit');
  return [
    { id: 'at', header: t('table.at'), cell: (row) => <DateTimeHkt at={row.at} /> },
    { id: 'actor', header: t('table.actor'), cell: (row) => (row.actorId === null ? t('machine') : personName(row.actor)) },
    { id: 'action', header: t('table.action'), cell: (row) => wordFor(`audit:action.${row.action}`) ?? row.action },
    { id: 'subject', header: t('table.subject'), cell: (row) => <Subject entry={row} /> },
    { id: 'detail', header: t('table.detail'), cell: (row) => <Detail detail={row.detail} /> },
    {
      id: 'place',
      header: t('table.place'),
      numeric: true,
      cell: (row) => (row.sequence === null ? t('table.waiting') : grouped(String(row.sequence))),
    },
  ];
}

function Subject({ entry }: { entry: Entry }) {
  return (
    <>
      {wordFor(`audit:subject.${entry.subjectKind}`) ?? entry.subjectKind}
      <br />
      <Link to="/audit" search={{ subject: entry.subjectId }} className="pl-small" title={entry.subjectId}>
        …{entry.subjectId.slice(-SHOWN_LETTERS)}
      </Link>
    </>
  );
}

function Detail({ detail }: { detail: unknown }) {
  const { language } = useLanguage();
  const pairs = typeof detail === 'object' && detail !== null ? Object.entries(detail) : [];
  if (pairs.length === 0) return '—';
  return (
    <ul className="pl-list pl-small">
      {pairs.map(([name, value]) => {
        const { label, text, raw } = detailWords(name, value, language);
        return (
          <li key={name}>
            {labelled(label, raw ? '' : text)} {raw && <code className="pl-answer">{text}</code>}
          </li>
        );
      })}
    </ul>
  );
}
