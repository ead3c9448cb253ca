// Why: four questions about purchases: how is the budget split, what is still to be paid and when, why is
// refused, and which kinds are refused more. Every picture has its table.
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { EmptyState, QueryWait } from '@/components/PageStates';
import { PageTitle } from '@/components/PageTitle';
import { Bars } from '@/components/Bars';
import { ShareAsTable } from '@/components/ShareAsTable';
import { money, moneyShort } from '@/format';
import { readFragment } from '@/gql';
import type { GroupShownFragment, PurchaseAnalysisPageQuery } from '@/gql/graphql';
import { useLanguage } from '@/i18n';
import { GroupShown, PurchaseAnalysisPage } from './query';
import './purchases.css';

export default function AnalysisPage() {
  const { t } = useTranslation('purchases');
  const { pick } = useLanguage();
  const { org, id } = useParams({ from: '/o/$org/applications/$id/purchases/analysis' });
  const [state, ask] = useQuery({ query: PurchaseAnalysisPage, variables: { id }, requestPolicy: 'cache-and-network' });
  const found = state.data?.purchaseAnalysis;
  if (!found) return <QueryWait state={state} found={false} retry={() => ask({ requestPolicy: 'network-only' })} />;
  const departments = found.departments.map((group) => readFragment(GroupShown, group));
  const categories = found.categories.map((group) => readFragment(GroupShown, group));
  return (
    <>
      <p className="pl-small">
        <Link to="/o/$org/applications/$id/purchases" params={{ org, id }}>
          ‹ {t('book.title')}
        </Link>{' '}
        · {state.data?.application?.reference} · {state.data?.application ? pick(state.data.application.title) : ''}
      </p>
      <PageTitle>{t('analysis.title')}</PageTitle>
      {departments.length === 0 ? (
        <EmptyState>{t('analysis.none')}</EmptyState>
      ) : (
        <div className="pl-grid-2">
          <Groups title={t('analysis.departments')} groups={departments} />
          <Groups title={t('analysis.categories')} groups={categories} />
          <RefusedMore groups={categories} />
          <Refusals rows={found.refusals} />
          <Forecast rows={found.forecast} />
        </div>
      )}
    </>
  );
}

function Groups({ title, groups }: { title: string; groups: readonly GroupShownFragment[] }) {
  const { t } = useTranslation('purchases');
  const { pick } = useLanguage();
  return (
    <ShareAsTable
      title={title}
      help={t('analysis.groupsHelp')}
      chart={<Bars bars={groups.map((group) => ({ label: pick(group.label), value: Number(group.committed), text: moneyShort(group.committed) }))} />}
      columns={[t('analysis.group'), t('analysis.requested'), t('check.estimated'), t('book.committed'), t('analysis.paid')]}
      rows={groups.map((group) => [
        pick(group.label),
        String(group.requested),
        money(group.estimated),
        money(group.committed),
        money(group.paid),
      ])}
    />
  );
}

function RefusedMore({ groups }: { groups: readonly GroupShownFragment[] }) {
  const { t } = useTranslation('purchases');
  const { pick } = useLanguage();
  return (
    <ShareAsTable
      title={t('analysis.refusedMore')}
      help={t('analysis.refusedMoreHelp')}
      chart={
        <Bars
          bars={groups.map((group) => ({
            label: pick(group.label),
            value: group.refused + group.returned,
            text: t('analysis.of', { part: group.refused + group.returned, whole: group.requested }),
          }))}
        />
      }
      columns={[t('analysis.group'), t('analysis.requested'), t('analysis.refused'), t('analysis.returned')]}
      rows={groups.map((group) => [pick(group.label), String(group.requested), String(group.refused), String(group.returned)])}
    />
  );
}

type Analysis = NonNullable<PurchaseAnalysisPageQuery['purchaseAnalysis']>;

function Refusals({ rows }: { rows: Analysis['refusals'] }) {
  const { t } = useTranslation('purchases');
  const { pick } = useLanguage();
  if (rows.length === 0) return null;
  return (
    <ShareAsTable
      title={t('analysis.refusals')}
      help={t('analysis.refusalsHelp')}
      chart={<Bars bars={rows.map((row) => ({ label: pick(row.label), value: row.refused + row.returned, text: String(row.refused + row.returned) }))} />}
      columns={[t('analysis.reason'), t('analysis.reasonCategory'), t('analysis.refused'), t('analysis.returned')]}
      rows={rows.map((row) => [pick(row.label), pick(row.category), String(row.refused), String(row.returned)])}
    />
  );
}

function Forecast({ rows }: { rows: Analysis['forecast'] }) {
  const { t } = useTranslation('purchases');
  const { language } = useLanguage();
  if (rows.length === 0) return null;
  const name = (month: string | null) => {
    if (month === null) return t('analysis.noMonth');
    const [year, number] = month.split('-');
    return language === 'zh' ? `${year}年${Number(number)}月` : month;
  };
  return (
    <ShareAsTable
      title={t('analysis.forecast')}
      help={t('analysis.forecastHelp')}
      chart={<Bars bars={rows.map((row) => ({ label: name(row.month), value: Number(row.amount), text: moneyShort(row.amount) }))} />}
      columns={[t('analysis.month'), t('analysis.count'), t('analysis.amount')]}
      rows={rows.map((row) => [name(row.month), String(row.count), money(row.amount)])}
    />
  );
}
