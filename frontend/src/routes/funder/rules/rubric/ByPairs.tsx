// Why: a panel that has to agree on weights answers two dimensions at a time; what comes of it is shown
// beside the weights of the draft and taken over only by an act, which undo takes back.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PairwiseWeights } from '@/components/PairwiseWeights';
import type { Points } from '@/components/points';
import { useLanguage } from '@/i18n';
import { useSession } from '@/session/session';
import { bilingual, text } from '../body';
import { useDraft } from '../draft/context';
import { dimensionsOf, weightsOf, withWeights } from './rubric';

export function ByPairs() {
  const { t } = useTranslation('rubric');
  const { pick } = useLanguage();
  const { me } = useSession();
  const { draftId, form } = useDraft();
  const [opened, setOpened] = useState(false);
  const [taken, setTaken] = useState<Points | null>(null);
  const items = dimensionsOf(form.content).map((dimension) => {
    const id = text(dimension['id']);
    return { id, label: `${id} ${pick(bilingual(dimension))}`.trim() };
  });
  if (form.readOnly || items.length < 2) return null;
  const now = weightsOf(form.content);
  const stands = taken !== null && items.every(({ id }) => taken[id] === now[id]);
  const take = (points: Points) => {
    form.replace(withWeights(form.content, points));
    setTaken(points);
  };
  return (
    <details className="pl-details pl-noprint" onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary>{t('pairs.title')}</summary>
      <p className="pl-narrow">{t('pairs.intro')}</p>
      {Object.keys(now).length < items.length && <p className="pl-note">{t('pairs.needIds')}</p>}
      {opened && Object.keys(now).length === items.length && (
        <PairwiseWeights items={items} now={now} keep={`${me?.userId ?? ''}.${draftId}`} onApply={take} />
      )}
      <p role="status" className="pl-small">
        {stands ? t('pairs.taken') : ''}
      </p>
    </details>
  );
}
