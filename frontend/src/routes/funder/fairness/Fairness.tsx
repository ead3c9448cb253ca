// Why: whether small organisations, districts, service areas and first-time applicants fare differently
// is looked at after the ranking, never inside it. Groups too few to tell are marked.
import { NativeSelect } from '@mantine/core';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { QueryWait } from '@/components/PageStates';
import { PageWait, RoundHead } from '../parts';
import { changed } from '../search';
import { BASES, type FairnessSearch } from '../shortlist/search';
import { FairnessPage } from './query';
import { ReportShown } from './ReportShown';

const FROM = '/f/$funder/rounds/$round/fairness';

export default function Fairness() {
  const { t } = useTranslation('ranking');
  const { round: roundId } = useParams({ from: FROM });
  const { basis = 'LINE' } = useSearch({ from: FROM });
  const navigate = useNavigate({ from: FROM });
  const [state, ask] = useQuery({ query: FairnessPage, variables: { roundId, basis }, requestPolicy: 'cache-and-network' });
  const retry = () => ask({ requestPolicy: 'network-only' });
  const round = state.data?.round;
  if (!round) return <PageWait title={t('fairness.title')} state={state} retry={retry} />;
  return (
    <>
      <RoundHead round={round} title={t('fairness.title')} sees />
      <p>{t('fairness.what')}</p>
      <div className="fu-filters pl-noprint">
        <NativeSelect
          label={t('fairness.basis')}
          value={basis}
          onChange={(event) =>
            void navigate({
              search: (old) => changed<FairnessSearch>(old, { basis: BASES.find((each) => each === event.currentTarget.value) }),
              replace: true,
              resetScroll: false,
            })
          }
          data={BASES.map((each) => ({ value: each, label: t(`fairness.of.${each}`) }))}
        />
      </div>
      {state.data ? <ReportShown report={state.data.fairness} /> : <QueryWait state={state} found={false} retry={retry} />}
    </>
  );
}
