// Why: a re-screening while it runs and what came of it: the counts before and after, each application
// that changed with the criterion and the reason. It can be left and come back to.
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { DateTimeHkt } from '@/components/Figures';
import { PageTitle } from '@/components/PageTitle';
import { readFragment } from '@/gql';
import type { RescreeningPageQuery, RescreeningShownFragment } from '@/gql/graphql';
import { labelled } from '@/i18n';
import { personName } from '@/personName';
import { PageWait } from '../../parts';
import { changed } from '../../search';
import { CountsShown, RescreeningPage, RescreeningShown, TrialRowShown } from '../query';
import type { RescreeningSearch } from '../search';
import { TrialView } from '../TrialView';
import { BackToRules } from './BackToRules';

const FROM = '/f/$funder/rules/rescreenings/$id';
const ASK_AGAIN_MILLISECONDS = 1500;

export default function Rescreening() {
  const { t } = useTranslation('rules');
  const { id } = useParams({ from: FROM });
  const [state, ask] = useQuery({ query: RescreeningPage, variables: { id }, requestPolicy: 'cache-and-network' });
  const refetch = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  const data = state.data?.rescreening;
  const shown = readFragment(RescreeningShown, data);
  const running = shown !== null && shown !== undefined && shown.done < shown.total;
  useEffect(() => {
    if (!running) return undefined;
    const timer = setInterval(refetch, ASK_AGAIN_MILLISECONDS);
    return () => clearInterval(timer);
  }, [running, refetch]);
  if (!data || !shown) return <PageWait title={t('rescreening.title')} state={state} retry={refetch} />;
  return (
    <>
      <BackToRules />
      <PageTitle>{t('rescreening.title')}</PageTitle>
      <About shown={shown} />
      <Progress shown={shown} running={running} />
      {!running && <Outcome data={data} shown={shown} />}
    </>
  );
}

function About({ shown }: { shown: RescreeningShownFragment }) {
  const { t } = useTranslation('rules');
  const { funder } = useParams({ from: FROM });
  return (
    <>
      <p>
        <strong>{t('rescreening.name', { from: shown.fromVersion, to: shown.toVersion })}</strong> · {personName(shown.by)} · <DateTimeHkt at={shown.at} />
      </p>
      <p>
        <span className="pl-muted">{labelled(t('apply.reason'))} </span>
        {shown.reason}
      </p>
      <p>
        <Link to="/f/$funder/rounds/$round/inbox" params={{ funder, round: shown.roundId }}>
          {t('rescreening.toInbox')}
        </Link>
      </p>
    </>
  );
}

function Progress({ shown, running }: { shown: RescreeningShownFragment; running: boolean }) {
  const { t } = useTranslation(['rules', 'common']);
  const words = t('rescreening.progress', { done: shown.done, total: shown.total });
  return (
    <div role="status">
      {running && (
        <section className="pl-card fu-live" aria-label={t('common:progress.title')}>
          <p>
            <strong>{words}</strong>
          </p>
          <progress value={shown.done} max={Math.max(1, shown.total)} aria-label={words} />
          <p className="pl-muted pl-small">{t('common:progress.canLeave')}</p>
        </section>
      )}
    </div>
  );
}

interface OutcomeProps {
  data: NonNullable<RescreeningPageQuery['rescreening']>;
  shown: RescreeningShownFragment;
}

function Outcome({ data, shown }: OutcomeProps) {
  const { q } = useSearch({ from: FROM });
  const navigate = useNavigate({ from: FROM });
  return (
    <TrialView
      total={shown.total} changed={shown.changed} q={q}
      before={readFragment(CountsShown, data.before)} after={readFragment(CountsShown, data.after)}
      rows={readFragment(TrialRowShown, data.rows)}
      onFilter={(typed) =>
        void navigate({ search: (old) => changed<RescreeningSearch>(old, { q: typed }), replace: true, resetScroll: false })
      }
    />
  );
}
