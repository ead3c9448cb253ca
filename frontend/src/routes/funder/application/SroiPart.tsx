// Why: the value map's evaluation from every side: as claimed, as the funder assessed it, why the two
// differ, what came of it after an award, and what if. Each side has its own address.
import { Link, useSearch } from '@tanstack/react-router';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Difference } from '@/components/Difference';
import { EmptyState } from '@/components/PageStates';
import { SroiExplorer } from '@/components/SroiExplorer';
import { readFragment } from '@/gql';
import { useSession } from '@/session/session';
import { rowsAt, textAt } from '../../applicant/section/path';
import { mayManageRound } from '../roles';
import { COPIES, readApplicationSearch, type Copy } from '../search';
import { AssessedPart } from './AssessedPart';
import { exploredOutcomes } from './assessment';
import { AssuranceForm } from './AssuranceForm';
import { sectionOf } from './content';
import { OutturnPart } from './OutturnPart';
import { AssessmentShown, type Received } from './query';
import { SroiRun } from './SroiRun';

interface Props {
  received: Received;
  refetch: () => void;
}

export function SroiPart({ received, refetch }: Props) {
  const { t } = useTranslation('funder');
  const { me } = useSession();
  const search: Record<string, unknown> = useSearch({ strict: false });
  const { copy = 'claimed' } = readApplicationSearch(search);
  const { assessment, sroiAssessed, sroiDifference } = readFragment(AssessmentShown, received);
  const claim = sectionOf(received.document, 'value_map');
  const map = assessment?.content ?? claim;
  const names = useMemo(() => namesOf(claim, map), [claim, map]);
  const reasons = useMemo(
    () => new Map((assessment?.changes ?? []).map(({ path, reason }) => [path, reason])),
    [assessment],
  );
  const rate = received.round.programme.discountRate;
  const editor = mayManageRound(me?.roles ?? []);
  const copies = COPIES.filter((each) => each !== 'outturn' || received.outturn !== null);
  if (!received.sroi && copy === 'claimed') {
    return (
      <>
        <CopyLinks copies={copies} current={copy} />
        <EmptyState>{t('sroi.notYet')}</EmptyState>
      </>
    );
  }
  return (
    <>
      <CopyLinks copies={copies} current={copy} />
      <p className="pl-note">{t(assessment ? 'assessed.readsAssessed' : 'assessed.readsClaim')}</p>
      {copy === 'claimed' && received.sroi && (
        <>
          <SroiRun sroi={received.sroi} rate={rate} map={claim} />
          {editor && received.sroi.runId !== null && <AssuranceForm key={received.sroi.runId} runId={received.sroi.runId} onDone={refetch} />}
        </>
      )}
      {copy === 'assessed' && <AssessedPart received={received} claim={claim} editor={editor} refetch={refetch} />}
      {copy === 'difference' &&
        (sroiDifference ? (
          <Difference difference={sroiDifference} names={names} reasons={reasons} />
        ) : (
          <EmptyState>{t('assessed.noDifference')}</EmptyState>
        ))}
      {copy === 'outturn' && received.outturn && <OutturnPart outturn={received.outturn} rate={rate} names={names} />}
      {copy === 'explore' && (
        <SroiExplorer
          target={{ submissionId: received.id, copy: sroiAssessed ? 'ASSESSED' : 'CLAIMED' }}
          outcomes={exploredOutcomes(map)}
          rate={rate}
          ratio={sroiAssessed?.ratioExact ?? received.sroi?.ratioExact}
        />
      )}
    </>
  );
}

/** Outcome names by id, of both copies. */
function namesOf(...maps: unknown[]): ReadonlyMap<string, string> {
  return new Map(maps.flatMap((map) => rowsAt(map, 'outcomes')).map((outcome) => [textAt(outcome, 'id'), textAt(outcome, 'name')]));
}

function CopyLinks({ copies, current }: { copies: readonly Copy[]; current: Copy }): ReactNode {
  const { t } = useTranslation('funder');
  return (
    <nav aria-label={t('assessed.copies')} className="fu-copies pl-noprint">
      <ul className="pl-nav">
        {copies.map((copy) => (
          <li key={copy}>
            <Link
              to="."
              search={((old: Record<string, unknown>) => ({ ...old, copy: copy === 'claimed' ? undefined : copy })) as never}
              resetScroll={false}
              aria-current={copy === current ? 'page' : undefined}
              activeOptions={{ exact: true, includeSearch: true }}
            >
              {t(`assessed.copy.${copy}`)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
