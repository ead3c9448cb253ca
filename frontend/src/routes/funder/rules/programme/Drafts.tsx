// Why: drafts under way, who last wrote in them and what is still wrong; discarding one is confirmed.
import { Button } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { problemsOf } from '@/api/problems';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { DateTimeHkt } from '@/components/Figures';
import type { ProblemLike } from '@/components/ProblemText';
import { Badge } from '@/components/StatusBadge';
import { readFragment } from '@/gql';
import type { RuleDraftShownFragment, RulebookShownFragment } from '@/gql/graphql';
import { labelled } from '@/i18n';
import { personName } from '@/personName';
import { useSession } from '@/session/session';
import { mayManageRound } from '../../roles';
import { RuleDraftDiscard, RuleDraftShown } from '../query';

interface Props {
  book: RulebookShownFragment;
  refetch: () => void;
  onProblems: (problems: readonly ProblemLike[]) => void;
}

export function Drafts({ book, refetch, onProblems }: Props) {
  const { t } = useTranslation('rules');
  const drafts = readFragment(RuleDraftShown, book.drafts);
  return (
    <section className="pl-card" aria-labelledby="drafts-title">
      <h2 id="drafts-title">{t('drafts')}</h2>
      {drafts.length === 0 && <p className="pl-muted">{t('noDrafts')}</p>}
      <ul className="pl-list">
        {drafts.map((draft) => (
          <Row key={draft.id} draft={draft} refetch={refetch} onProblems={onProblems} />
        ))}
      </ul>
    </section>
  );
}

function Row({ draft, refetch, onProblems }: { draft: RuleDraftShownFragment } & Omit<Props, 'book'>) {
  const { t } = useTranslation('rules');
  const { me } = useSession();
  const { funder } = useParams({ from: '/f/$funder' });
  const [asking, setAsking] = useState(false);
  const [state, discard] = useMutation(RuleDraftDiscard);
  async function confirmed() {
    const answer = await discard({ input: { id: draft.id } });
    setAsking(false);
    onProblems(problemsOf(answer.data?.ruleDraftDiscard));
    refetch();
  }
  const name = t('draft.title', { version: draft.basedOn });
  return (
    <li className="pl-row">
      <div>
        <Link to="/f/$funder/rules/drafts/$draft" params={{ funder, draft: draft.id }}>
          {name}
        </Link>{' '}
        {draft.problems.length > 0 && <Badge tone="bad">{t('problemCount', { count: draft.problems.length })}</Badge>}
        <div className="pl-small pl-muted">
          {t('draft.changedBy', { name: personName(draft.updatedBy) })} <DateTimeHkt at={draft.updatedAt} />
        </div>
      </div>
      {mayManageRound(me?.roles ?? []) && (
        <Button size="compact-sm" variant="subtle" aria-label={labelled(t('draft.discard'), name)} onClick={() => setAsking(true)}>
          {t('draft.discard')}
        </Button>
      )}
      <ConfirmDialog
        opened={asking} danger title={t('draft.discard')} confirm={t('draft.discard')} busy={state.fetching}
        onConfirm={() => void confirmed()} onClose={() => setAsking(false)}
      >
        <p>{t('draft.discardBody')}</p>
      </ConfirmDialog>
    </li>
  );
}
