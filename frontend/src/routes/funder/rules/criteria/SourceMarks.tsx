// Why: every rule says where it comes from: the marks of the programme's own list of sources.
import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { asContent } from '../../../applicant/section/useSavedForm';
import { entriesOf, text } from '../body';
import { useDraft, useParts } from '../draft/context';

export function SourceMarks({ path }: { path: string }) {
  const { t } = useTranslation('rules');
  const { form } = useDraft();
  const parts = useParts(path, { label: t('criterion.source'), deep: true });
  const chosen = Array.isArray(parts.value) ? parts.value.map(String) : [];
  const sources = entriesOf(form.content['sources']);
  const known = sources.map(([key]) => key);
  const stray = chosen.filter((key) => !known.includes(key));
  return (
    <Checkbox.Group
      id={parts.id} tabIndex={-1} label={parts.label} error={parts.error} value={chosen}
      onChange={(keys) => parts.onChange([...known, ...stray].filter((key) => keys.includes(key)))}
    >
      <div className="pl-choices">
        {sources.map(([key, source]) => (
          <Checkbox key={key} value={key} label={key} description={text(asContent(source)['ref'])} disabled={parts.disabled} />
        ))}
        {stray.map((key) => (
          <Checkbox key={key} value={key} label={key} disabled={parts.disabled} />
        ))}
      </div>
    </Checkbox.Group>
  );
}
