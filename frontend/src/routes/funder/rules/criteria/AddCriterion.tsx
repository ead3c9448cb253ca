// Why: a criterion starts from the kind it is of, or blank.
import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TEMPLATES, type TemplateName } from './templates';

export function AddCriterion({ onAdd }: { onAdd: (name: TemplateName) => void }) {
  const { t } = useTranslation(['rules', 'rulewords']);
  const [name, setName] = useState<TemplateName>('blank');
  return (
    <div className="fr-add pl-noprint">
      <NativeSelect
        label={t('criteria.template')} value={name}
        onChange={(event) => setName(TEMPLATES.find((each) => each === event.currentTarget.value) ?? 'blank')}
        data={TEMPLATES.map((each) => ({ value: each, label: t(`rulewords:template.${each}`) }))}
      />
      <Button onClick={() => onAdd(name)}>{t('criteria.add')}</Button>
    </div>
  );
}
