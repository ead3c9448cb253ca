// Why: a reviewer's queue: what is still to be scored comes first, declared conflicts stay closed.
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { DateTimeHkt } from '@/components/Figures';
import { EmptyState, QueryWait } from '@/components/PageStates';
import { Badge, RoundBadge, type Tone } from '@/components/StatusBadge';
import type { FunderHomeQuery } from '@/gql/graphql';
import { useLanguage } from '@/i18n';
import { useInbox, type InboxRow } from './useInbox';

const ORDER = ['open', 'none', 'submitted', 'conflict'] as const;
type Standing = (typeof ORDER)[number];
const TONES: Record<Standing, Tone> = { none: 'plain', open: 'info', submitted: 'good', conflict: 'warn' };

export function standing(row: Pick<InboxRow, 'myReview'>): Standing {
  const state = row.myReview?.state ?? 'none';
  return ORDER.find((each) => each === state) ?? 'none';
}

export function ReviewState({ row }: { row: InboxRow }) {
  const { t } = useTranslation('funder');
  const { funder } = useParams({ from: '/f/$funder' });
  const state = standing(row);
  return (
    <span className="fu-state">
      <Badge tone={TONES[state]}>{t(`queue.state.${state}`)}</Badge>
      {state !== 'conflict' && (
        <Link to="/f/$funder/applications/$id/review" params={{ funder, id: row.id }}>
          {t(`queue.act.${state}`)}
          <span className="pl-hidden">: {row.reference}</span>
        </Link>
      )}
    </span>
  );
}

export function Queue({ round }: { round: FunderHomeQuery['rounds']['nodes'][number] }) {
  const { t } = useTranslation('funder');
  const { pick } = useLanguage();
  const { funder } = useParams({ from: '/f/$funder' });
  const inbox = useInbox(round.id);
  const rows = inbox.rows?.toSorted(
    (one, other) =>
      ORDER.indexOf(standing(one)) - ORDER.indexOf(standing(other)) || one.reference.localeCompare(other.reference),
  );
  const left = rows?.filter((row) => ['none', 'open'].includes(standing(row))).length ?? 0;
  return (
    <section className="pl-card" aria-labelledby={`queue-${round.id}`}>
      <div className="pl-cardhead">
        <h2 id={`queue-${round.id}`}>{pick(round.name)}</h2>
        <RoundBadge stage={round.stage} />
      </div>
      {!rows && <QueryWait state={inbox} found={false} retry={inbox.refetch} />}
      {rows?.length === 0 && <EmptyState>{t('inbox.none')}</EmptyState>}
      {rows && rows.length > 0 && (
        <>
          <p>
            {t('queue.left', { left, all: rows.length })}{' '}
            <Link to="/f/$funder/rounds/$round/inbox" params={{ funder, round: round.id }}>
              {t('home.toInbox')}
            </Link>
          </p>
          <ul className="pl-list">
            {rows.map((row) => (
              <li key={row.id} className="pl-row">
                <span>
                  <strong>{row.reference}</strong> {pick(row.applicant.name)}
                  <span className="pl-muted pl-small"> · {pick(row.title)}</span>
                  {row.myReview && (
                    <span className="pl-muted pl-small">
                      {' '}
                      · <DateTimeHkt at={row.myReview.updatedAt} />
                    </span>
                  )}
                </span>
                <ReviewState row={row} />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
