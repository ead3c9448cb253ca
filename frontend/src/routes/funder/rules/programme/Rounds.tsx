// Why: which version each round runs under, and the act of putting it under another: on purpose, with a
// reason, by a person who is told what will happen.
import { Button, Group, Modal, NativeSelect, Textarea } from '@mantine/core';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { problemsOf } from '@/api/problems';
import { ErrorSummary } from '@/components/ErrorSummary';
import { DateTimeHkt } from '@/components/Figures';
import { problemWords, type ProblemLike } from '@/components/ProblemText';
import { RoundBadge } from '@/components/StatusBadge';
import { date } from '@/format';
import { readFragment } from '@/gql';
import type { RescreeningShownFragment, RulebookShownFragment } from '@/gql/graphql';
import { labelled, useLanguage } from '@/i18n';
import { personName } from '@/personName';
import { useSession } from '@/session/session';
import { mayManageRound } from '../../roles';
import { RescreeningShown, RoundRulesApply } from '../query';

type Round = RulebookShownFragment['rounds'][number];

export function Rounds({ book }: { book: RulebookShownFragment }) {
  const { t } = useTranslation('rules');
  const { me } = useSession();
  const [chosen, setChosen] = useState<Round | null>(null);
  const may = mayManageRound(me?.roles ?? []);
  const open = (round: Round) => may && round.stage !== 'DECIDED';
  return (
    <section className="pl-card" aria-labelledby="rounds-title">
      <h2 id="rounds-title">{t('rounds')}</h2>
      {book.rounds.length === 0 && <p className="pl-muted">{t('noRounds')}</p>}
      <ul className="pl-list">
        {book.rounds.map((round) => (
          <RoundRow key={round.id} round={round} later={laterThan(book, round).length > 0} {...(open(round) ? { onApply: () => setChosen(round) } : {})} />
        ))}
      </ul>
      {chosen && <ApplyDialog key={chosen.id} book={book} round={chosen} onClose={() => setChosen(null)} />}
    </section>
  );
}

/** Versions published after the one a round runs under; a round never goes back. */
function laterThan(book: RulebookShownFragment, round: Round): RulebookShownFragment['versions'] {
  const at = book.versions.findIndex(({ version }) => version === round.version);
  return at < 0 ? book.versions : book.versions.slice(0, at);
}

interface RowProps {
  round: Round;
  later: boolean;
  onApply?: () => void;
}

function RoundRow({ round, later, onApply }: RowProps) {
  const { t } = useTranslation('rules');
  const { pick } = useLanguage();
  const rescreenings = readFragment(RescreeningShown, round.rescreenings);
  return (
    <li className="fr-version" aria-label={pick(round.name)}>
      <div>
        <h3 className="fu-state">
          {pick(round.name)} <RoundBadge stage={round.stage} />
        </h3>
        <p>
          {round.code} · {t('version', { version: round.version })} · {t('received', { count: round.received })}
        </p>
        {rescreenings.length > 0 && <Rescreenings list={rescreenings} />}
      </div>
      {onApply && !later && <p className="pl-small pl-muted">{t('apply.noLater')}</p>}
      {onApply && later && (
        <div className="fu-actions pl-noprint">
          <Button className="fr-act" size="compact-sm" variant="default" aria-label={labelled(t('apply.open'), pick(round.name))} onClick={onApply}>
            {t('apply.open')}
          </Button>
        </div>
      )}
    </li>
  );
}

function Rescreenings({ list }: { list: readonly RescreeningShownFragment[] }) {
  const { t } = useTranslation('rules');
  const { funder } = useParams({ from: '/f/$funder' });
  return (
    <ul className="fr-history">
      {list.map((each) => (
        <li key={each.id}>
          <Link to="/f/$funder/rules/rescreenings/$id" params={{ funder, id: each.id }}>
            {t('rescreening.name', { from: each.fromVersion, to: each.toVersion })}
          </Link>{' '}
          · <DateTimeHkt at={each.at} /> · {personName(each.by)} · {each.done < each.total ? t('rescreening.progress', { done: each.done, total: each.total }) : t('rescreening.changed', { changed: each.changed, total: each.total })}
        </li>
      ))}
    </ul>
  );
}

function ApplyDialog({ book, round, onClose }: { book: RulebookShownFragment; round: Round; onClose: () => void }) {
  const { t } = useTranslation(['rules', 'common']);
  const { pick, language } = useLanguage();
  const { funder } = useParams({ from: '/f/$funder' });
  const navigate = useNavigate();
  const later = laterThan(book, round);
  const [version, setVersion] = useState(later[0]?.version ?? '');
  const [reason, setReason] = useState('');
  const [problems, setProblems] = useState<readonly ProblemLike[]>([]);
  const [state, apply] = useMutation(RoundRulesApply);

  async function confirmed() {
    if (reason.trim() === '') {
      setProblems([{ code: 'reason_missing', path: 'reason', message: '', params: [] }]);
      return;
    }
    const answer = await apply({ input: { roundId: round.id, version, reason: reason.trim() } });
    const payload = answer.data?.roundRulesApply;
    setProblems(problemsOf(payload));
    if (payload?.rescreening) await navigate({ to: '/f/$funder/rules/rescreenings/$id', params: { funder, id: payload.rescreening.id } });
  }
  const wordsOf = (path: string) => problems.filter((problem) => problem.path === path).map(problemWords).join(' ') || undefined;
  return (
    <Modal opened onClose={onClose} size="lg" title={<strong>{t('apply.title', { round: pick(round.name) })}</strong>} closeButtonProps={{ 'aria-label': t('common:actions.close') }}>
      <ErrorSummary problems={problems} fieldId={({ path }) => (path === 'reason' || path === 'version' ? `apply-${path}` : undefined)} />
      <p>{t('apply.body', { count: round.received, version: round.version })}</p>
      <ul>
        <li>{t('apply.keeps')}</li>
        <li>{t('apply.drafts')}</li>
        <li>{t('apply.person')}</li>
      </ul>
      <NativeSelect
        id="apply-version" label={t('apply.version')} value={version} onChange={(event) => setVersion(event.currentTarget.value)}
        data={later.map((each) => ({ value: each.version, label: `${t('version', { version: each.version })} · ${t('effectiveFrom', { date: date(each.effectiveFrom, language) })}` }))}
        error={wordsOf('version')}
        mb="sm"
      />
      <Textarea
        id="apply-reason" label={t('apply.reason')} description={t('apply.reasonHelp')} autosize minRows={2} withAsterisk value={reason}
        error={wordsOf('reason')} onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {t('common:actions.cancel')}
        </Button>
        <Button loading={state.fetching} onClick={() => void confirmed()}>
          {t('apply.act')}
        </Button>
      </Group>
    </Modal>
  );
}
