// Why: weights are read against each other, so all stand in one place, with the sum as it is typed.
import { SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '@/i18n';
import { fieldElementId } from '../../../applicant/section/context';
import { IntegerField } from '../../../applicant/section/NumberFields';
import type { Content } from '../../../applicant/section/path';
import { bilingual, text } from '../body';
import { useDraft, useParts } from '../draft/context';
import { ByPairs } from './ByPairs';
import { dimensionsOf, pointsOf } from './rubric';

export function Weights() {
  const { t } = useTranslation('rubric');
  const { form } = useDraft();
  const { sum, left } = pointsOf(form.content);
  const words = left === 0 ? t('points.whole') : left > 0 ? t('points.left', { sum, left }) : t('points.over', { sum, over: -left });
  return (
    <section className="pl-card" aria-labelledby="weights" id={fieldElementId('rubric.dimensions')} tabIndex={-1}>
      <h2 id="weights">{t('weights')}</h2>
      <p className="pl-narrow">{t('weightsHelp')}</p>
      <SimpleGrid cols={{ base: 1, sm: 2, md: 4 }} spacing="sm">
        {dimensionsOf(form.content).map((dimension, at) => (
          <Weight key={at} dimension={dimension} at={at} />
        ))}
      </SimpleGrid>
      <p role="status" className={left === 0 ? 'pl-word' : 'pl-word pl-mark-bad'}>
        {words}
      </p>
      <ByPairs />
    </section>
  );
}

function Weight({ dimension, at }: { dimension: Content; at: number }) {
  const { t } = useTranslation('rubric');
  const { pick } = useLanguage();
  const name = `${text(dimension['id'])} ${pick(bilingual(dimension))}`.trim();
  const parts = useParts(`rubric.dimensions[${at}].weight`, { label: t('weightOf', { name }) });
  return <IntegerField parts={parts} bare={false} />;
}
