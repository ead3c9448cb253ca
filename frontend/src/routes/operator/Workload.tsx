// Why: whether the background work keeps up: counts and ages, never what the work is about.
import { useCallback, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { useServerNow } from '@/api/clock';
import { QueryWait } from '@/components/PageStates';
import { PageTitle } from '@/components/PageTitle';
import { WorkBadge } from '@/components/StatusBadge';
import { clock, grouped, timeLeft } from '@/format';
import { graphql } from '@/gql';
import type { WorkloadPageQuery, WorkState } from '@/gql/graphql';
import { useLanguage } from '@/i18n';

const WorkloadPage = graphql(`
  query WorkloadPage {
    workload {
      queued
      running
      done
      failed
      dead
      oldestQueuedSeconds
      oldestRunningSeconds
    }
  }
`);

const ASK_EVERY_MILLISECONDS = 5000;
type Counts = WorkloadPageQuery['workload'];

export default function Workload() {
  const { t } = useTranslation('operator');
  const now = useServerNow(ASK_EVERY_MILLISECONDS);
  const [state, ask] = useQuery({ query: WorkloadPage, requestPolicy: 'cache-and-network' });
  const refetch = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  useEffect(() => {
    const timer = setInterval(refetch, ASK_EVERY_MILLISECONDS);
    return () => clearInterval(timer);
  }, [refetch]);
  const workload = state.data?.workload;
  return (
    <div className="pl-narrow">
      <PageTitle>{t('title')}</PageTitle>
      <p className="pl-muted">{t('intro')}</p>
      {workload ? <Table workload={workload} /> : <QueryWait state={state} found={false} retry={refetch} />}
      {workload && (
        <p className="pl-muted pl-small">
          {state.error ? t('stale') : t('asAt', { time: clock(now), seconds: ASK_EVERY_MILLISECONDS / 1000 })}
        </p>
      )}
    </div>
  );
}

function Table({ workload }: { workload: Counts }) {
  const { t } = useTranslation('operator');
  const { language } = useLanguage();
  const age = (seconds: number, count: number) => (count === 0 ? '—' : (timeLeft(seconds * 1000, language) ?? t('justNow')));
  const rows: [WorkState, number | null, string][] = [
    ['QUEUED', workload.queued, age(workload.oldestQueuedSeconds, workload.queued)],
    ['RUNNING', workload.running, age(workload.oldestRunningSeconds, workload.running)],
    ['FAILED', workload.failed, '—'],
    ['DEAD', workload.dead, '—'],
    ['DONE', workload.done, '—'],
  ];
  return (
    <>
      {workload.dead > 0 && (
        <div className="pl-card pl-warncard" role="status">
          <strong>{t('dead', { number: grouped(String(workload.dead)) })}</strong> {t('deadHelp')}
        </div>
      )}
      <div className="pl-scroll" tabIndex={0} role="group" aria-label={t('title')}>
        <table className="pl-table">
        <caption className="pl-hidden">{t('title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('state')}</th>
            <th scope="col" className="pl-end">
              {t('count')}
            </th>
            <th scope="col" className="pl-end">
              {t('oldest')}
            </th>
            <th scope="col">{t('meaning')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([state, count, oldest]) => (
            <tr key={state}>
              <th scope="row">
                <WorkBadge state={state} />
              </th>
              <td className="pl-end">{count === null ? t('notCounted') : grouped(String(count))}</td>
              <td className="pl-end">{oldest}</td>
              <td className="pl-small">{t(`means.${state}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      </div>
    </>
  );
}
