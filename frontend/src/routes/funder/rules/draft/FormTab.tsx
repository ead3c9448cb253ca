// Why: which sections and answers a programme requires, how they are worded, and what happens after
// submitting, are data of the programme too.
import { Button, Checkbox, NativeSelect, SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Badge } from '@/components/StatusBadge';
import { labelled, useLanguage, wordFor } from '@/i18n';
import { fieldElementId } from '../../../applicant/section/context';
import { IntegerField } from '../../../applicant/section/NumberFields';
import { rowsAt, type Content } from '../../../applicant/section/path';
import { bilingual, listOf, text } from '../body';
import { moved } from '../builder/tree';
import { Pair } from '../criteria/CriterionForm';
import { problemsUnder, useDraft, useParts } from './context';

export function FormTab() {
  const { t } = useTranslation('rules');
  const { form } = useDraft();
  const sections = rowsAt(form.content, 'sections');
  const stages = rowsAt(form.content, 'stages');
  return (
    <>
      <h2>{t('form.sections')}</h2>
      <p className="pl-narrow">{t('form.sectionsHelp')}</p>
      <div id={fieldElementId('sections')} tabIndex={-1}>
        {sections.map((section, at) => (
          <Section key={text(section['code'])} section={section} at={at} count={sections.length} />
        ))}
      </div>
      <h2>{t('form.stages')}</h2>
      <p className="pl-narrow">{t('form.stagesHelp')}</p>
      <div id={fieldElementId('stages')} tabIndex={-1}>
        {stages.map((stage, at) => (
          <Stage key={text(stage['code'])} stage={stage} at={at} count={stages.length} />
        ))}
      </div>
    </>
  );
}

function Move({ list, at, count, name }: { list: string; at: number; count: number; name: string }) {
  const { t } = useTranslation('rulewords');
  const { form } = useDraft();
  if (form.readOnly) return null;
  const act = (label: string, by: -1 | 1, disabled: boolean) => (
    <Button
      size="compact-sm" variant="subtle" disabled={disabled} aria-label={labelled(label, name)}
      onClick={() => form.set(list, moved(rowsAt(form.content, list), at, by), true)}
    >
      {label}
    </Button>
  );
  return (
    <span className="fr-moves">
      {act(t('build.up'), -1, at === 0)}
      {act(t('build.down'), 1, at === count - 1)}
    </span>
  );
}

/** A switch that is on unless it was turned off. */
function RequiredSwitch({ path, label, byDefault }: { path: string; label: string; byDefault: boolean }) {
  const parts = useParts(path, { label });
  return (
    <Checkbox
      id={parts.id} label={parts.label} error={parts.error} disabled={parts.disabled}
      checked={typeof parts.value === 'boolean' ? parts.value : byDefault}
      onChange={(event) => parts.onChange(event.currentTarget.checked)}
    />
  );
}

function Section({ section, at, count }: { section: Content; at: number; count: number }) {
  const { t } = useTranslation('rules');
  const { pick } = useLanguage();
  const { form } = useDraft();
  const path = `sections[${at}]`;
  const title = pick(bilingual(section['title'])) || text(section['code']);
  const fields = listOf(section['fields']);
  const problems = problemsUnder(form.problems, path).length;
  return (
    <section className="pl-card" aria-label={title} id={fieldElementId(path)} tabIndex={-1}>
      <div className="pl-cardhead">
        <h3>
          {at + 1}. {title} {problems > 0 && <Badge tone="bad">{t('problemCount', { count: problems })}</Badge>}
        </h3>
        <Move list="sections" at={at} count={count} name={title} />
      </div>
      <RequiredSwitch path={`${path}.required`} label={t('form.required')} byDefault />
      <Pair path={`${path}.title`} keys={['en', 'zh']} label={t('form.title')} />
      <Pair path={`${path}.intro`} keys={['en', 'zh']} label={t('form.intro')} long />
      <details className="pl-details">
        <summary>
          {t('form.fields', { count: fields.length })} <span className="pl-hidden">({title})</span>
        </summary>
        {fields.map((field, position) => (
          <Question key={text(field['path'])} field={field} path={`${path}.fields[${position}]`} />
        ))}
      </details>
    </section>
  );
}

function Question({ field, path }: { field: Content; path: string }) {
  const { t } = useTranslation('rules');
  const { pick } = useLanguage();
  const label = pick(bilingual(field['label'])) || text(field['path']);
  const most = useParts(`${path}.max_chars`, { label: t('form.maxChars') });
  const worded = field['kind'] === 'text' || field['kind'] === 'long_text';
  return (
    <details className="pl-step" id={fieldElementId(path)}>
      <summary>
        {label} <code className="pl-muted pl-small">{text(field['path'])}</code>
      </summary>
      <div className="fr-form">
        <RequiredSwitch path={`${path}.required`} label={t('form.requiredField')} byDefault={false} />
        <Pair path={`${path}.label`} keys={['en', 'zh']} label={t('form.label')} />
        <Pair path={`${path}.help`} keys={['en', 'zh']} label={t('form.help')} long />
        {worded && (
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <IntegerField parts={{ ...most, onChange: (value) => most.onChange(value ?? null) }} bare={false} />
          </SimpleGrid>
        )}
      </div>
    </details>
  );
}

const OWNERS = ['officer', 'reviewer', 'chair', 'approver'] as const;

function Stage({ stage, at, count }: { stage: Content; at: number; count: number }) {
  const { t } = useTranslation('rules');
  const { pick } = useLanguage();
  const path = `stages[${at}]`;
  const code = text(stage['code']);
  const name = pick(bilingual(stage['name'])) || code;
  const owner = useParts(`${path}.owner_role`, { label: t('form.owner') });
  const value = text(owner.value);
  return (
    <section className="pl-card" aria-label={name} id={fieldElementId(path)} tabIndex={-1}>
      <div className="pl-cardhead">
        <h3>
          {at + 1}. {name} <code className="pl-muted pl-small">{code}</code>
        </h3>
        <Move list="stages" at={at} count={count} name={name} />
      </div>
      <Pair path={`${path}.name`} keys={['en', 'zh']} label={t('form.stageName')} />
      <NativeSelect
        id={owner.id} label={owner.label} error={owner.error} disabled={owner.disabled} value={value}
        onChange={(event) => owner.onChange(event.currentTarget.value || undefined)}
        data={[
          { value: '', label: t('choose') },
          ...OWNERS.map((each) => ({ value: each, label: wordFor(`common:role.FUNDER_${each.toUpperCase()}`) ?? each })),
          ...(value !== '' && !OWNERS.some((each) => each === value) ? [{ value, label: value }] : []),
        ]}
        styles={{ wrapper: { maxWidth: '16rem' } }}
      />
      <Pair path={`${path}.note`} keys={['en', 'zh']} label={t('form.stageNote')} long />
    </section>
  );
}
