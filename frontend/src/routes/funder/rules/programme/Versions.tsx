// Why: the published versions, newest first, each with its day, its note, the rounds under it, its
// files, and a draft that starts from it.
import { Button } from '@mantine/core';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { problemsOf } from '@/api/problems';
import { DateTimeHkt } from '@/components/Figures';
import type { ProblemLike } from '@/components/ProblemText';
import { date } from '@/format';
import type { RulebookShownFragment } from '@/gql/graphql';
import { labelled, useLanguage } from '@/i18n';
import { personName } from '@/personName';
import { useSession } from '@/session/session';
import { mayManageRound } from '../../roles';
import { FileActs } from '../FileActs';
import { RuleDraftStart } from '../query';

interface Props {
  book: RulebookShownFragment;
  onProblems: (problems: readonly ProblemLike[]) => void;
}

type Version = RulebookShownFragment['versions'][number];

export function Versions({ book, onProblems }: Props) {
  const { t } = useTranslation('rules');
  return (
    <section className="pl-card" aria-labelledby="versions-title">
      <h2 id="versions-title">{t('versions')}</h2>
      <ul className="pl-list">
        {book.versions.map((version) => (
          <li key={version.version} className="fr-version">
            <About version={version} book={book} />
            <VersionActs version={version} book={book} onProblems={onProblems} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function About({ version, book }: { version: Version; book: RulebookShownFragment }) {
  const { t } = useTranslation(['rules', 'common']);
  const { language } = useLanguage();
  const rounds = book.rounds.filter((round) => round.version === version.version);
  return (
    <div>
      <h3>{t('version', { version: version.version })}</h3>
      <p>
        {t('effectiveFrom', { date: date(version.effectiveFrom, language) })} · {t('criteriaIn', { count: version.criteriaCount })}
      </p>
      {version.note && <p>{version.note}</p>}
      <p className="pl-small pl-muted">
        {version.publishedAt ? (
          <>
            {t('publishedBy', { name: personName(version.publishedBy) })} <DateTimeHkt at={version.publishedAt} />
          </>
        ) : (
          t('loaded')
        )}{' '}
        · {rounds.length === 0 ? t('noRoundUnder') : labelled(t('roundsUnder'), rounds.map(({ code }) => code).join(', '))}
      </p>
    </div>
  );
}

function VersionActs({ version, book, onProblems }: Props & { version: Version }) {
  const { t } = useTranslation('rules');
  const { me } = useSession();
  const { funder } = useParams({ from: '/f/$funder' });
  const navigate = useNavigate();
  const [state, start] = useMutation(RuleDraftStart);
  const name = t('version', { version: version.version });
  async function startDraft() {
    const answer = await start({ input: { programmeId: book.programmeId, basedOn: version.version } });
    const payload = answer.data?.ruleDraftStart;
    onProblems(problemsOf(payload));
    if (payload?.draft) await navigate({ to: '/f/$funder/rules/drafts/$draft', params: { funder, draft: payload.draft.id } });
  }
  return (
    <div className="fu-actions pl-noprint">
      {mayManageRound(me?.roles ?? []) && (
        <Button size="compact-sm" loading={state.fetching} onClick={() => void startDraft()}>
          {t('draft.start', { version: version.version })}
        </Button>
      )}
      <FileActs source={{ programmeId: book.programmeId, version: version.version }} name={`${book.code}-${version.version}`} of={name} />
    </div>
  );
}
