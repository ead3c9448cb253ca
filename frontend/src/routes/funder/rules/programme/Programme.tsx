// Why: one programme's rules: its versions with their dates and notes, drafts under way, the rounds and
// the version each runs under, and a way to compare any two.
import { useParams } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { ErrorSummary } from '@/components/ErrorSummary';
import { PageTitle } from '@/components/PageTitle';
import type { ProblemLike } from '@/components/ProblemText';
import { readFragment } from '@/gql';
import { useLanguage } from '@/i18n';
import { PageWait } from '../../parts';
import { RulebookPage, RulebookShown } from '../query';
import { CompareForm } from './CompareForm';
import { Drafts } from './Drafts';
import { Rounds } from './Rounds';
import { BackToRules } from './BackToRules';
import { Versions } from './Versions';

export default function Programme() {
  const { t } = useTranslation(['rules', 'common']);
  const { pick } = useLanguage();
  const { programme: programmeId } = useParams({ from: '/f/$funder/rules/$programme' });
  const [state, ask] = useQuery({ query: RulebookPage, variables: { programmeId }, requestPolicy: 'cache-and-network' });
  const refetch = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  const [problems, setProblems] = useState<readonly ProblemLike[]>([]);
  const book = readFragment(RulebookShown, state.data?.rulebook);
  if (!book) return <PageWait title={t('title')} state={state} retry={refetch} />;
  return (
    <>
      <BackToRules />
      <PageTitle>{t('programmeTitle', { name: pick(book.name) })}</PageTitle>
      <p className="pl-small pl-muted">
        {book.code} · {book.label}
      </p>
      <ErrorSummary problems={problems} />
      <Versions book={book} onProblems={setProblems} />
      <Drafts book={book} refetch={refetch} onProblems={setProblems} />
      <CompareForm book={book} />
      <Rounds book={book} />
    </>
  );
}
