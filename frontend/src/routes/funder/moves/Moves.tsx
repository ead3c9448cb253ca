// Why: "why did this rank move?" is asked of any two rankings of a round: first by reason, then
// application by application with each step.
import { NativeSelect } from '@mantine/core';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { QueryWait, EmptyState } from '@/components/PageStates';
import { dateTime } from '@/format';
import { useLanguage } from '@/i18n';
import { PageWait, RoundHead } from '../parts';
import { changed } from '../search';
import type { MovesSearch } from '../shortlist/search';
import { MovesResult } from './MovesResult';
import { RankingMoves, RankingsPage, type RankingOfRound } from './query';

const FROM = '/f/$funder/rounds/$round/shortlist/moves';

export default function Moves() {
  const { t } = useTranslation(['ranking', 'funder']);
  const { pick } = useLanguage();
  const { round: roundId } = useParams({ from: FROM });
  const [state, ask] = useQuery({ query: RankingsPage, variables: { roundId }, requestPolicy: 'cache-and-network' });
  const round = state.data?.round;
  if (!round) return <PageWait title={t('moves.title')} state={state} retry={() => ask({ requestPolicy: 'network-only' })} />;
  const rankings = state.data?.rankings ?? [];
  const names = new Map(round.programme.rubric.map(({ id, name }) => [id, `${id} ${pick(name)}`]));
  return (
    <>
      <RoundHead round={round} title={t('moves.title')} sees />
      <p>{t('moves.intro')}</p>
      {rankings.length < 2 ? <EmptyState>{t('moves.two')}</EmptyState> : <Compared rankings={rankings} names={names} />}
    </>
  );
}

interface Props {
  rankings: readonly RankingOfRound[];
  names: ReadonlyMap<string, string>;
}

function Compared({ rankings, names }: Props) {
  const { t } = useTranslation('ranking');
  const search = useSearch({ from: FROM });
  const navigate = useNavigate({ from: FROM });
  const change = (part: { [K in keyof MovesSearch]?: MovesSearch[K] | undefined }) =>
    void navigate({ search: (old) => changed<MovesSearch>(old, part), replace: true, resetScroll: false });
  const known = (id: string | undefined) => rankings.find((each) => each.id === id)?.id;
  const after = known(search.after) ?? rankings[0]?.id ?? '';
  const before = known(search.before) ?? rankings.find((each) => each.id !== after)?.id ?? '';
  const same = before === after;
  const [state, ask] = useQuery({ query: RankingMoves, variables: { before, after }, pause: same });
  return (
    <>
      <div className="fu-filters pl-noprint">
        <Choice label={t('moves.before')} value={before} rankings={rankings} onChange={(id) => change({ before: id, after })} />
        <Choice label={t('moves.after')} value={after} rankings={rankings} onChange={(id) => change({ before, after: id })} />
      </div>
      {same && <EmptyState>{t('moves.choose')}</EmptyState>}
      {!same && !state.data && <QueryWait state={state} found={false} retry={() => ask({ requestPolicy: 'network-only' })} />}
      {!same && state.data && (
        <MovesResult moves={state.data.rankingMoves} names={names} reason={search.reason} onReason={(reason) => change({ reason })} />
      )}
    </>
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  rankings: readonly RankingOfRound[];
  onChange: (id: string) => void;
}

function Choice({ label, value, rankings, onChange }: ChoiceProps) {
  const { t } = useTranslation('ranking');
  const { language } = useLanguage();
  const stateOf = (each: RankingOfRound) => (each.adopted ? 'adopted' : each.provisional ? 'provisional' : 'proposed');
  return (
    <NativeSelect
      label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={rankings.map((each) => ({
        value: each.id,
        label: t('moves.option', { time: dateTime(each.computedAt, language), state: t(`moves.state.${stateOf(each)}`) }),
      }))}
    />
  );
}
