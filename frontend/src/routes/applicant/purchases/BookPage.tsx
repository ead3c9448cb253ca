// Why: the purchases of one awarded project at a glance: how far each is, what it costs, what is left of
// each budget line. The filters live in the address.
import { Group, NativeSelect, TextInput } from '@mantine/core';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { DataTable, type Column } from '@/components/DataTable';
import { EmptyState, QueryWait } from '@/components/PageStates';
import { PageTitle } from '@/components/PageTitle';
import { money } from '@/format';
import { readFragment } from '@/gql';
import type { PurchaseBookPageQuery, PurchaseShownFragment } from '@/gql/graphql';
import { useLanguage } from '@/i18n';
import { changed } from '../../funder/search';
import { textAt, type Content } from '../section/path';
import { PurchaseStageBadge, SatisfiedBadge } from './parts';
import { CheckShown, PurchaseBookPage, PurchaseShown, StepShown } from './query';
import { STAGES, type PurchaseSearch } from './search';
import { policyCodes } from './words';
import './purchases.css';

const FROM = '/o/$org/applications/$id/purchases';

export default function BookPage() {
  const { id } = useParams({ from: FROM });
  const [state, ask] = useQuery({ query: PurchaseBookPage, variables: { id }, requestPolicy: 'cache-and-network' });
  if (!state.data?.purchaseBook) {
    return <QueryWait state={state} found={false} retry={() => ask({ requestPolicy: 'network-only' })} />;
  }
  return <Book data={state.data} book={state.data.purchaseBook} />;
}

type Data = PurchaseBookPageQuery;
type Book = NonNullable<Data['purchaseBook']>;

function titleOf(purchase: PurchaseShownFragment): string {
  return textAt(purchase.request as Content | undefined, 'title') || purchase.reference;
}

function keeps(search: PurchaseSearch, purchase: PurchaseShownFragment): boolean {
  const words = (search.q ?? '').toLowerCase().split(/\s+/);
  const text = `${purchase.reference}\n${titleOf(purchase)}\n${purchase.line.description}`.toLowerCase();
  return (
    words.every((word) => text.includes(word)) &&
    (search.stage === undefined || purchase.stage === search.stage) &&
    (search.department === undefined || purchase.department.code === search.department) &&
    (search.category === undefined || purchase.category.code === search.category)
  );
}

function Book({ data, book }: { data: Data; book: Book }) {
  const { t } = useTranslation('purchases');
  const { pick } = useLanguage();
  const { org, id } = useParams({ from: FROM });
  const search = useSearch({ from: FROM });
  const navigate = useNavigate({ from: FROM });
  const columns = useColumns();
  const purchases = book.purchases.map((each) => readFragment(PurchaseShown, each));
  const shown = purchases.filter((purchase) => keeps(search, purchase));
  const awarded = /[1-9]/.test(book.awarded);
  const change = (part: { [K in keyof PurchaseSearch]?: PurchaseSearch[K] | undefined }) =>
    void navigate({
      search: (old) => changed<PurchaseSearch>(old, part),
      replace: true,
      resetScroll: false,
    });
  const select = (key: 'department' | 'category', list: string) => (
    <NativeSelect
      label={t(`book.${key}`)}
      value={search[key] ?? ''}
      onChange={(event) => change({ [key]: event.currentTarget.value || undefined })}
      data={[
        { value: '', label: t('book.any') },
        ...policyCodes(data.purchasePolicy.body, list).map(({ code, label }) => ({ value: code, label: pick(label) })),
      ]}
    />
  );
  return (
    <>
      <p className="pl-small">
        <Link to="/o/$org/applications/$id/submitted" params={{ org, id }}>
          ‹ {t('book.back')}
        </Link>{' '}
        · {data.application?.reference} · {data.application ? pick(data.application.title) : ''}
      </p>
      <PageTitle>{t('book.title')}</PageTitle>
      <p className="pl-narrow">{t('book.intro')}</p>
      {!awarded && <p className="pl-note">{t('book.notAwarded')}</p>}
      {awarded && (
        <>
          <Group mb="md" gap="lg">
            {book.mayRequest && (
              <Link to="/o/$org/applications/$id/purchases/new" params={{ org, id }} className="pu-button">
                {t('book.request')}
              </Link>
            )}
            <Link to="/o/$org/applications/$id/purchases/analysis" params={{ org, id }}>
              {t('book.analysis')}
            </Link>
            <Link to="/o/$org/purchase-policy" params={{ org }}>
              {book.policyVersion === 0 ? t('book.policyMissing') : t('book.policy', { version: book.policyVersion })}
            </Link>
          </Group>
          <div className="pl-figures">
            <Figure label={t('book.awarded')} amount={book.awarded} />
            <Figure label={t('book.total')} amount={book.total} />
            <Figure label={t('book.committed')} amount={book.committed} />
          </div>
          <Lines lines={book.lines} />
          <h2>{t('book.list')}</h2>
          <div className="pl-fields" style={{ marginBottom: '0.75rem' }}>
            <TextInput label={t('book.search')} value={search.q ?? ''} onChange={(event) => change({ q: event.currentTarget.value || undefined })} />
            <NativeSelect
              label={t('book.stage')}
              value={search.stage ?? ''}
              onChange={(event) => change({ stage: STAGES.find((each) => each === event.currentTarget.value) })}
              data={[{ value: '', label: t('book.any') }, ...STAGES.map((stage) => ({ value: stage, label: t(`stage.${stage}`) }))]}
            />
            {select('department', 'departments')}
            {select('category', 'categories')}
          </div>
          <p className="pl-small pl-muted" role="status">
            {t('book.shown', { shown: shown.length, all: purchases.length })}
          </p>
          {shown.length === 0 ? (
            <EmptyState>{t('book.none')}</EmptyState>
          ) : (
            <DataTable caption={t('book.list')} columns={columns} rows={shown} rowId={(row) => row.id} />
          )}
        </>
      )}
    </>
  );
}

function Figure({ label, amount }: { label: string; amount: string }) {
  return (
    <div>
      <span className="pl-muted pl-small">{label}</span>
      <strong>{money(amount)}</strong>
    </div>
  );
}

function Lines({ lines }: { lines: Book['lines'] }) {
  const { t } = useTranslation('purchases');
  return (
    <details className="pl-card">
      <summary>{t('book.lines')}</summary>
      <div className="pl-scroll" tabIndex={0} role="group" aria-label={t('book.lines')}>
        <table className="pl-table">
          <caption className="pl-hidden">{t('book.lines')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('book.line')}</th>
              <th scope="col" className="pl-end">
                {t('book.lineTotal')}
              </th>
              <th scope="col" className="pl-end">
                {t('book.lineLeft')}
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.id}>
                <th scope="row">
                  {line.id} · {line.description}
                </th>
                <td className="pl-end">{money(line.total)}</td>
                <td className="pl-end">{line.left === null ? t('check.unknownValue') : money(line.left)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function useColumns(): Column<PurchaseShownFragment>[] {
  const { t } = useTranslation('purchases');
  const { pick } = useLanguage();
  const { org, id } = useParams({ from: FROM });
  const checkOf = (row: PurchaseShownFragment) => readFragment(CheckShown, row.check);
  return [
    {
      id: 'title',
      header: t('book.purchase'),
      cell: (row) => (
        <>
          <Link to="/o/$org/applications/$id/purchases/$purchase" params={{ org, id, purchase: row.id }}>
            {titleOf(row)}
          </Link>
          <div className="pl-muted pl-small">
            {row.reference} · {row.line.description}
          </div>
        </>
      ),
      sortBy: titleOf,
    },
    { id: 'department', header: t('book.department'), cell: (row) => pick(row.department.label), sortBy: (row) => pick(row.department.label) },
    { id: 'category', header: t('book.category'), cell: (row) => pick(row.category.label), sortBy: (row) => pick(row.category.label) },
    {
      id: 'progress',
      header: t('book.progress'),
      cell: (row) => <Progress purchase={row} />,
      sortBy: (row) => doneCount(row),
    },
    {
      id: 'estimated',
      header: t('check.estimated'),
      numeric: true,
      cell: (row) => figure(checkOf(row)?.estimated),
      sortBy: (row) => checkOf(row)?.estimated ?? null,
    },
    {
      id: 'accepted',
      header: t('check.accepted'),
      numeric: true,
      cell: (row) => figure(checkOf(row)?.accepted),
      sortBy: (row) => checkOf(row)?.accepted ?? null,
    },
    {
      id: 'check',
      header: t('book.check'),
      cell: (row) => {
        const check = checkOf(row);
        return check ? <SatisfiedBadge satisfied={check.satisfied} /> : '';
      },
    },
  ];
}

function figure(amount: string | null | undefined): string {
  return amount === null || amount === undefined ? '–' : money(amount);
}

function doneCount(purchase: PurchaseShownFragment): number {
  return purchase.steps.filter((step) => readFragment(StepShown, step).doneBy !== null).length;
}

function Progress({ purchase }: { purchase: PurchaseShownFragment }) {
  const { t } = useTranslation('purchases');
  return (
    <>
      <PurchaseStageBadge stage={purchase.stage} />
      {purchase.stage === 'OPEN' && (
        <div className="pl-small">
          {t('book.steps', { done: doneCount(purchase), all: Math.max(purchase.steps.length, 1) })}
          {purchase.next !== null && ` · ${t('book.next', { step: t(`deed.${purchase.next}`) })}`}
        </div>
      )}
    </>
  );
}
