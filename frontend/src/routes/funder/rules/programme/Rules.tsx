// Why: the rules of each own programme at a glance: which version holds, what is being drafted, which
// rounds run under what.
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { EmptyState } from '@/components/PageStates';
import { PageTitle } from '@/components/PageTitle';
import { date } from '@/format';
import { readFragment } from '@/gql';
import type { RulebookShownFragment } from '@/gql/graphql';
import { useLanguage } from '@/i18n';
import { PageWait } from '../../parts';
import { Rulebooks, RulebookShown } from '../query';

export default function Rules() {
  const { t } = useTranslation('rules');
  const [state, ask] = useQuery({ query: Rulebooks, requestPolicy: 'cache-and-network' });
  if (!state.data) return <PageWait title={t('title')} state={state} retry={() => ask({ requestPolicy: 'network-only' })} />;
  const books = readFragment(RulebookShown, state.data.rulebooks);
  return (
    <>
      <PageTitle>{t('title')}</PageTitle>
      <p className="pl-narrow">{t('intro')}</p>
      {books.length === 0 && <EmptyState>{t('none')}</EmptyState>}
      {books.map((book) => (
        <Book key={book.programmeId} book={book} />
      ))}
    </>
  );
}

function Book({ book }: { book: RulebookShownFragment }) {
  const { t } = useTranslation(['rules', 'common']);
  const { pick, language } = useLanguage();
  const { funder } = useParams({ from: '/f/$funder' });
  const [newest] = book.versions;
  return (
    <section className="pl-card" aria-labelledby={`book-${book.programmeId}`}>
      <h2 id={`book-${book.programmeId}`}>
        <Link to="/f/$funder/rules/$programme" params={{ funder, programme: book.programmeId }}>
          {pick(book.name)}
        </Link>
      </h2>
      <p className="pl-small pl-muted">
        {book.code}
        {book.illustrative && (
          <>
            {' '}
            · <span title={book.label}>{t('common:programme.illustrative')}</span>
          </>
        )}
      </p>
      <dl className="fu-tally fu-wide">
        <div>
          <dt>{t('newest')}</dt>
          <dd>{newest ? t('newestIs', { version: newest.version, date: date(newest.effectiveFrom, language) }) : t('common:state.none')}</dd>
        </div>
        <div>
          <dt>{t('criteriaCount')}</dt>
          <dd>{newest?.criteriaCount ?? 0}</dd>
        </div>
        <div>
          <dt>{t('drafts')}</dt>
          <dd>{book.drafts.length}</dd>
        </div>
        <div>
          <dt>{t('rounds')}</dt>
          <dd>{book.rounds.map((round) => t('roundUnder', { code: round.code, version: round.version })).join(' · ') || t('common:state.none')}</dd>
        </div>
      </dl>
    </section>
  );
}
