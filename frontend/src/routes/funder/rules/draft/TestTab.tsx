// Why: before anything is published, what the draft would decide on applications already received is
// seen beside what stands. Nothing is stored.
import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient, useQuery } from 'urql';
import { readProblems } from '@/api/problems';
import { ErrorSummary } from '@/components/ErrorSummary';
import { EmptyState, Failed } from '@/components/PageStates';
import { readFragment } from '@/gql';
import type { RuleTrialAskedQuery } from '@/gql/graphql';
import { useLanguage } from '@/i18n';
import { CountsShown, RulebookPage, RulebookShown, RuleTrialAsked, TrialRowShown } from '../query';
import type { DraftSearch } from '../search';
import { TrialView } from '../TrialView';
import { useDraft, usePlaceNames } from './context';

interface Props {
  search: DraftSearch;
  onSearch: (change: { round?: string | undefined; q?: string | undefined }) => void;
}

type Trial = RuleTrialAskedQuery['ruleTrial'];
type Answer = { trial: Trial; of: unknown; round: string } | 'failed' | null;

export function TestTab({ search, onSearch }: Props) {
  const { t } = useTranslation('rules');
  const { pick } = useLanguage();
  const { draftId, programmeId, form, goTo } = useDraft();
  const client = useClient();
  const [book] = useQuery({ query: RulebookPage, variables: { programmeId } });
  const rounds = readFragment(RulebookShown, book.data?.rulebook)?.rounds ?? [];
  const round = search.round ?? rounds.find(({ received }) => received > 0)?.id ?? '';
  const [busy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<Answer>(null);

  /** The server tests what it has, so what is being typed is saved first. */
  async function test() {
    setBusy(true);
    const ready = form.readOnly || form.status === 'saved' || (await form.saveNow()) !== null;
    const result = ready
      ? await client.query(RuleTrialAsked, { input: { draftId, roundId: round } }, { requestPolicy: 'network-only' })
      : undefined;
    setBusy(false);
    setAnswer(result?.data ? { trial: result.data.ruleTrial, of: form.content, round } : 'failed');
  }
  if (book.data && rounds.length === 0) return <EmptyState>{t('test.noRounds')}</EmptyState>;
  return (
    <>
      <p className="pl-narrow">{t('test.intro')}</p>
      <div className="fr-add pl-noprint">
        <NativeSelect
          label={t('test.round')} value={round} onChange={(event) => onSearch({ round: event.currentTarget.value })}
          data={rounds.map((each) => ({ value: each.id, label: t('test.roundOption', { name: pick(each.name), received: each.received, version: each.version }) }))}
        />
        <Button loading={busy} disabled={round === ''} onClick={() => void test()}>
          {t('test.run')}
        </Button>
      </div>
      {answer === 'failed' && <Failed onRetry={() => void test()} />}
      {answer !== null && answer !== 'failed' && (
        <Result trial={answer.trial} stale={answer.of !== form.content || answer.round !== round} q={search.q} onSearch={onSearch} goTo={goTo} />
      )}
    </>
  );
}

interface ResultProps {
  trial: Trial;
  stale: boolean;
  q: string | undefined;
  onSearch: Props['onSearch'];
  goTo: (path: string) => void;
}

function Result({ trial, stale, q, onSearch, goTo }: ResultProps) {
  const { t } = useTranslation('rules');
  const { form } = useDraft();
  const nameOf = usePlaceNames(form.content);
  const problems = readProblems(trial.problems);
  return (
    <>
      {stale && <p className="pl-note">{t('test.stale')}</p>}
      <ErrorSummary problems={problems} nameOf={nameOf} onFollow={(problem) => goTo(problem.path)} />
      {problems.length > 0 && <p>{t('test.refused')}</p>}
      {problems.length === 0 && <TrialView
        total={trial.total} changed={trial.changed} q={q} onFilter={(typed) => onSearch({ q: typed })}
        before={readFragment(CountsShown, trial.before)} after={readFragment(CountsShown, trial.after)}
        rows={readFragment(TrialRowShown, trial.rows)}
      />}
    </>
  );
}
