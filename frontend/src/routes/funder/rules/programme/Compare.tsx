// Why: two versions or drafts of a programme side by side.
import { useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { QueryWait } from '@/components/PageStates';
import { PageTitle } from '@/components/PageTitle';
import { readFragment } from '@/gql';
import type { RulebookShownFragment } from '@/gql/graphql';
import { PageWait } from '../../parts';
import { DifferenceView } from '../DifferenceView';
import { useTelling } from '../draft/context';
import { ComparedBody, RuleDifferenceAsked, RulebookPage, RulebookShown } from '../query';
import { sideOf } from '../search';
import { VocabularyShown } from '../vocabulary';
import { BackToRules } from './BackToRules';
import { CompareForm, useSides } from './CompareForm';

const FROM = '/f/$funder/rules/$programme/compare';

export default function Compare() {
  const { t } = useTranslation('rules');
  const { programme } = useParams({ from: FROM });
  const { from, to } = useSearch({ from: FROM });
  const [state, ask] = useQuery({ query: RulebookPage, variables: { programmeId: programme } });
  const book = readFragment(RulebookShown, state.data?.rulebook);
  if (!book) return <PageWait title={t('compare.title')} state={state} retry={() => ask({ requestPolicy: 'network-only' })} />;
  return (
    <>
      <BackToRules programme={programme} />
      <PageTitle>{t('compare.title')}</PageTitle>
      <CompareForm key={`${from}-${to}`} book={book} from={from} to={to} />
      {from !== undefined && to !== undefined && <Compared book={book} from={from} to={to} />}
    </>
  );
}

function useBody(side: string, programmeId: string): unknown {
  const { draftId, version } = sideOf(side, programmeId);
  const [state] = useQuery({
    query: ComparedBody,
    variables: { programmeId, draftId: draftId ?? programmeId, ofDraft: draftId !== undefined },
    requestPolicy: 'network-only',
  });
  if (draftId !== undefined) return state.data?.ruleDraft?.body;
  return state.data?.rulebook?.versions.find((each) => each.version === version)?.body;
}

function Compared({ book, from, to }: { book: RulebookShownFragment; from: string; to: string }) {
  const sides = useSides(book);
  const input = { from: sideOf(from, book.programmeId), to: sideOf(to, book.programmeId) };
  const [state, ask] = useQuery({ query: RuleDifferenceAsked, variables: { input }, requestPolicy: 'network-only' });
  const vocabulary = readFragment(VocabularyShown, state.data?.ruleVocabulary);
  const telling = useTelling(useBody(to, book.programmeId), vocabulary?.facts ?? []);
  if (!state.data) return <QueryWait state={state} found={false} retry={() => ask({ requestPolicy: 'network-only' })} />;
  const nameOf = (side: string) => sides.find(({ value }) => value === side)?.label ?? side;
  return <DifferenceView changes={state.data.ruleDifference.changes} telling={telling} before={nameOf(from)} after={nameOf(to)} />;
}
