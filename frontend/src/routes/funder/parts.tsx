// Why: small pieces that the lists of the funder share: a ratio with its range, shares, the way back.
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { QueryWait } from '@/components/PageStates';
import { PageTitle } from '@/components/PageTitle';
import { fixed, percent } from '@/format';
import { useLanguage, type Bilingual } from '@/i18n';

interface Range {
  ratio: string | null | undefined;
  low: string | null | undefined;
  high: string | null | undefined;
}

/** Never a ratio without its range: `2.90` over `2.31–3.52`. */
export function SroiCell({ ratio, low, high }: Range) {
  const { t } = useTranslation(['funder', 'common']);
  if (!ratio) return <span className="pl-muted">{t('common:state.unknown')}</span>;
  return (
    <span className="pl-num">
      {fixed(ratio, 2)}
      <span className="fu-range">
        {low && high ? (
          <>
            <span className="pl-hidden">{t('common:sroi.range', { low: fixed(low, 2), high: fixed(high, 2) })}</span>
            <span aria-hidden="true">
              {fixed(low, 2)}–{fixed(high, 2)}
            </span>
          </>
        ) : (
          t('noRange')
        )}
      </span>
    </span>
  );
}

export interface ShareRow {
  code: string;
  share: string;
  label: Bilingual;
}

/** District or service-area names, with shares where there is more than one. */
export function Shares({ shares }: { shares: readonly ShareRow[] }) {
  const { pick, language } = useLanguage();
  const text = shares.map(({ label, share }) => (shares.length > 1 ? `${pick(label)} ${percent(share)}` : pick(label)));
  return <span>{text.join(language === 'zh' ? '、' : ', ')}</span>;
}

/** The district with the largest share, and how many more there are; all of them for who listens. */
export function LeadShare({ shares }: { shares: readonly ShareRow[] }) {
  const { t } = useTranslation('funder');
  const { pick } = useLanguage();
  const [lead, ...others] = shares.toSorted((one, other) => Number(other.share) - Number(one.share));
  if (!lead) return <>—</>;
  if (others.length === 0) return <>{pick(lead.label)}</>;
  return (
    <>
      <span aria-hidden="true">
        {pick(lead.label)} <span className="pl-nowrap pl-muted">{t('moreShares', { count: others.length })}</span>
      </span>
      <span className="pl-hidden">
        <Shares shares={shares} />
      </span>
    </>
  );
}

interface WaitProps {
  title: string;
  state: { fetching: boolean; error?: { message: string } | undefined };
  retry: () => void;
}

/** A page has its heading before its data. What is not found says so in a heading of its own. */
export function PageWait({ title, state, retry }: WaitProps) {
  return (
    <>
      {(state.fetching || state.error) && <PageTitle>{title}</PageTitle>}
      <QueryWait state={state} found={false} retry={retry} />
    </>
  );
}

/** Pages of a round for those who see all of it. */
const SEEN = ['shortlist', 'panel', 'fairness'] as const;

interface RoundNavProps {
  round: { id: string; name: Bilingual; code: string };
  title: string;
  sees: boolean;
  aside?: ReactNode;
}

/** The heading of a page of a round, with the way to its other pages. */
export function RoundHead({ round, title, sees, aside }: RoundNavProps) {
  const { t } = useTranslation(['funder', 'common']);
  const { pick } = useLanguage();
  const { funder = '' } = useParams({ strict: false });
  const params = { funder, round: round.id };
  return (
    <>
      <p className="pl-small pl-muted">
        <Link to="/f/$funder" params={{ funder }}>
          ‹ {t('rounds')}
        </Link>{' '}
        · {pick(round.name)} · {round.code}
      </p>
      <div className="fu-head">
        <PageTitle>{title}</PageTitle>
        {aside}
        <span className="pl-spacer" />
        <nav aria-label={t('roundPages')} className="pl-noprint">
          <ul className="pl-nav">
            <li>
              <Link to="/f/$funder/rounds/$round/inbox" params={params} activeOptions={{ includeSearch: false }}>
                {t('inbox.title')}
              </Link>
            </li>
            {sees &&
              SEEN.map((page) => (
                <li key={page}>
                  <Link to={`/f/$funder/rounds/$round/${page}`} params={params} activeOptions={{ includeSearch: false, exact: true }}>
                    {t(page === 'shortlist' ? 'shortlist.title' : `pages.${page}`)}
                  </Link>
                </li>
              ))}
          </ul>
        </nav>
      </div>
    </>
  );
}
