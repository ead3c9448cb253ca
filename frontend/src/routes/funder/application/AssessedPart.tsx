// Why: the funder's own reading of a claim. Every change has its reason, both ratios stand side by side
// with their ranges, and the ranking reads the assessed copy. Officers and the chair edit, others read.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AssuranceBadge, AssuranceShown } from '@/components/Assurances';
import { ErrorSummary } from '@/components/ErrorSummary';
import { DateTimeHkt } from '@/components/Figures';
import { RatioCard } from '@/components/RatioCard';
import { readFragment, type FragmentType } from '@/gql';
import { labelled } from '@/i18n';
import { personName } from '@/personName';
import { AssessedTable } from './AssessedTable';
import { assessedMap, pathWords, shownAt, type Change } from './assessment';
import { AssuranceForm } from './AssuranceForm';
import { ChangeDialog } from './ChangeDialog';
import { getAt } from '../../applicant/section/path';
import { AssessmentShown, SroiRunShown, type Received } from './query';
import { SroiRun } from './SroiRun';
import { useAssessment } from './useAssessment';
import { assessedState, useWaiting, type AssessedState } from './useWaiting';

interface Props {
  received: Received;
  claim: unknown;
  editor: boolean;
  refetch: () => void;
}

export function AssessedPart({ received, claim, editor, refetch }: Props) {
  const { t } = useTranslation('funder');
  const { assessment, sroiAssessed } = readFragment(AssessmentShown, received);
  const form = useAssessment(received, assessment, refetch);
  const [edited, setEdited] = useState<string | null>(null);
  const rate = received.round.programme.discountRate;
  const state = assessedState(received, assessment, sroiAssessed !== null);
  const runId = sroiAssessed ? readFragment(SroiRunShown, sroiAssessed).runId : null;
  useWaiting(received.id, state === 'waits');
  return (
    <>
      <div className="pl-grid-2">
        <Side title={t('assessed.copy.claimed')} sroi={received.sroi} />
        <Side title={t('assessed.copy.assessed')} sroi={sroiAssessed} state={state} fresh={!form.dirty} />
      </div>
      {assessment && (
        <p className="pl-muted pl-small">
          {t('assessed.savedBy', { name: personName(assessment.by), version: assessment.version })} <DateTimeHkt at={assessment.at} />
        </p>
      )}
      {!editor && <p className="pl-note">{t('assessed.readOnly')}</p>}
      <ErrorSummary problems={form.problems} nameOf={(each) => placeInList(each.path, form.changes, claim)} />
      {form.theirs && <Conflict theirs={form.theirs} mine={form.changes} claim={claim} onMine={form.keepMine} onTheirs={form.takeTheirs} />}
      <section className="pl-card" aria-labelledby="assessed-map">
        <h2 id="assessed-map">{t('assessed.mapTitle')}</h2>
        {editor && <p className="pl-muted pl-small">{t('assessed.mapHelp')}</p>}
        <AssessedTable claim={claim} changes={form.changes} {...(editor ? { onEdit: setEdited } : {})} />
      </section>
      <section className="pl-card" aria-labelledby="assessed-changes">
        <h2 id="assessed-changes">{t('assessed.changes', { count: form.changes.length })}</h2>
        <Changes changes={form.changes} claim={claim} {...(editor ? { onEdit: setEdited, onRemove: form.remove } : {})} />
        {editor && (
          <div className="pl-actions" aria-live="polite">
            <Button disabled={!form.dirty} loading={form.saving} onClick={() => void form.save()}>
              {t('assessed.save')}
            </Button>
            {form.dirty && (
              <>
                <Button variant="default" onClick={form.discard}>
                  {t('assessed.discard')}
                </Button>
                <span className="pl-mark-warn pl-word">{t('assessed.unsaved')}</span>
              </>
            )}
            {!form.dirty && form.saved && <span className="pl-mark-good pl-word">{t('assessed.saved')}</span>}
          </div>
        )}
      </section>
      {edited !== null && (
        <ChangeDialog
          submissionId={received.id}
          path={edited}
          claim={claim}
          change={form.changes.find((each) => each.path === edited)}
          onKeep={(change) => form.put(change)}
          onTakeBack={() => form.remove(edited)}
          onClose={() => setEdited(null)}
        />
      )}
      {sroiAssessed && (
        <details className="pl-card">
          <summary>
            <strong>{t('assessed.whole')}</strong>
          </summary>
          <SroiRun sroi={sroiAssessed} rate={rate} map={assessment?.content ?? assessedMap(claim, [])} />
          {editor && runId !== null && <AssuranceForm key={runId} runId={runId} onDone={refetch} />}
        </details>
      )}
    </>
  );
}

interface SideProps {
  title: string;
  sroi: FragmentType<typeof SroiRunShown> | null;
  state?: AssessedState;
  fresh?: boolean;
}

function Side({ title, sroi, state = 'none', fresh = true }: SideProps) {
  const { t } = useTranslation('funder');
  const shown = readFragment(SroiRunShown, sroi);
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      {!shown ? (
        <p className="pl-card pl-muted" role="status">
          {t(`assessed.${state}`)}
        </p>
      ) : (
        <>
          <RatioCard sroi={shown} fresh={fresh} />
          <p>
            <AssuranceBadge assurances={readFragment(AssuranceShown, shown.assurances)} />
          </p>
        </>
      )}
    </section>
  );
}

/** `changes[1].reason` → what the second change is about. */
function placeInList(path: string, changes: readonly Change[], claim: unknown): string | undefined {
  const position = /^changes\[(\d+)\]/.exec(path)?.[1];
  const change = position === undefined ? undefined : changes[Number(position)];
  return change === undefined ? undefined : pathWords(change.path, claim);
}

interface ChangesProps {
  changes: readonly Change[];
  claim: unknown;
  onEdit?: (path: string) => void;
  onRemove?: (path: string) => void;
}

function Changes({ changes, claim, onEdit, onRemove }: ChangesProps) {
  const { t } = useTranslation(['funder', 'common']);
  if (changes.length === 0) return <p>{t('assessed.noChanges')}</p>;
  return (
    <ul className="pl-list">
      {changes.map((change) => {
        const name = pathWords(change.path, claim);
        return (
          <li key={change.path} className="pl-reason">
            <strong>{labelled(name)}</strong> <del>{shownAt(change.path, getAt(claim, change.path))}</del> →{' '}
            <ins>{shownAt(change.path, change.to)}</ins>
            <div className="pl-answer">{change.reason}</div>
            {onEdit && onRemove && (
              <span className="pl-actions pl-noprint">
                <button type="button" className="pl-linkbutton" onClick={() => onEdit(change.path)}>
                  {t('common:actions.change')}
                  <span className="pl-hidden">: {name}</span>
                </button>
                <button type="button" className="pl-linkbutton" onClick={() => onRemove(change.path)}>
                  {t('assessed.takeBack')}
                  <span className="pl-hidden">: {name}</span>
                </button>
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}

interface ConflictProps {
  theirs: readonly Change[];
  mine: readonly Change[];
  claim: unknown;
  onMine: () => void;
  onTheirs: () => void;
}

/** Somebody else saved in between: both lists, and a choice. Nothing is overwritten unseen. */
function Conflict({ theirs, mine, claim, onMine, onTheirs }: ConflictProps) {
  const { t } = useTranslation('funder');
  return (
    <section className="pl-card pl-warncard" aria-labelledby="assessed-conflict">
      <h2 id="assessed-conflict">{t('assessed.conflict.title')}</h2>
      <div className="pl-grid-2">
        <div>
          <h3>{t('assessed.conflict.theirs')}</h3>
          <Changes changes={theirs} claim={claim} />
          <Button variant="default" mt="sm" onClick={onTheirs}>
            {t('assessed.conflict.takeTheirs')}
          </Button>
        </div>
        <div>
          <h3>{t('assessed.conflict.mine')}</h3>
          <Changes changes={mine} claim={claim} />
          <Button variant="default" mt="sm" onClick={onMine}>
            {t('assessed.conflict.keepMine')}
          </Button>
        </div>
      </div>
    </section>
  );
}

