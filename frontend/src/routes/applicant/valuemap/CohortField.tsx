// Why: an outcome may start in several years; the pairs of year and quantity are typed in one line.
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorAt, fieldElementId, useSectionContext } from '../section/context';
import type { Content } from '../section/path';
import { cohortText, readCohorts, withCohorts } from './cohorts';

export function CohortField({ row, outcome }: { row: number; outcome: Content }) {
  const { t } = useTranslation('valuemap');
  const { form, shown } = useSectionContext();
  const path = `outcomes[${row}].cohorts`;
  const [typed, setTyped] = useState<string | null>(null);
  const stored = outcome['cohorts'];
  const wrong = typeof stored === 'string' && readCohorts(stored) === null;
  return (
    <TextInput
      id={fieldElementId(path)}
      label={t('cohorts.label')}
      description={t('cohorts.help')}
      placeholder="1:50, 2:200"
      disabled={form.readOnly}
      error={wrong ? t('cohorts.unreadable', { text: stored }) : (errorAt(shown, path) ?? false)}
      value={typed ?? cohortText(stored)}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={() => {
        if (typed !== null && typed !== cohortText(stored)) form.set(`outcomes[${row}]`, withCohorts(outcome, typed), true);
        setTyped(null);
      }}
    />
  );
}
