// Why: what a draft changes in the version it is based on, side by side, always against what is saved.
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Loading } from '@/components/PageStates';
import { QueryWait } from '@/components/PageStates';
import { DifferenceView } from '../DifferenceView';
import { RuleDifferenceAsked } from '../query';
import { useDraft, useDraftTelling } from './context';

export function ChangesTab({ basedOn }: { basedOn: string }) {
  const { t } = useTranslation('rules');
  const { form, draftId, programmeId } = useDraft();
  const telling = useDraftTelling();
  const [ready, setReady] = useState(form.readOnly || form.status === 'saved');
  const { saveNow } = form;
  // Comparing waits for the last word to be saved, once, when the tab is opened.
  useEffect(() => {
    if (!ready) void saveNow().then(() => setReady(true));
  }, [ready, saveNow]);
  const [state, ask] = useQuery({
    query: RuleDifferenceAsked,
    variables: { input: { from: { programmeId, version: basedOn }, to: { draftId } } },
    requestPolicy: 'network-only',
    pause: !ready,
  });
  if (!ready) return <Loading />;
  const changes = state.data?.ruleDifference.changes;
  if (!changes || state.fetching) {
    return <QueryWait state={state} found={false} retry={() => ask({ requestPolicy: 'network-only' })} />;
  }
  return <DifferenceView changes={changes} telling={telling} before={t('version', { version: basedOn })} after={t('draft.this')} />;
}
