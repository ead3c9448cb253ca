// Why: one criterion in full: what it is called, how much it weighs, the questions, the rule, where it
// comes from, from when it holds, and what people read for each outcome.
import { NativeSelect, Radio, SimpleGrid, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '@/i18n';
import { DateField } from '../../../applicant/section/NumberFields';
import { FactPicker } from '../builder/FactPicker';
import { SEVERITIES, text } from '../body';
import { useDraft, useDraftTelling, useParts } from '../draft/context';
import { ruleWords } from '../words/sentence';
import { OutcomeTexts } from './OutcomeTexts';
import { RuleField } from './RuleField';
import { SourceMarks } from './SourceMarks';

export function CriterionForm({ path }: { path: string }) {
  const { t } = useTranslation('rules');
  const { form } = useDraft();
  const telling = useDraftTelling();
  return (
    <div className="fr-form">
      <Identity path={path} />
      <h3>{t('criterion.rule')}</h3>
      <p className="pl-note" role="status">
        {ruleWords(form.get(`${path}.rule`), telling)}
      </p>
      <RuleField path={`${path}.rule`} />
      <h3>{t('criterion.texts')}</h3>
      <OutcomeTexts path={path} />
      <FixField path={`${path}.fix_field`} />
      <details className="pl-details">
        <summary>{t('criterion.more')}</summary>
        <div className="fr-form">
          <Pair path={path} keys={['evidence', 'evidence_zh']} label={t('criterion.evidence')} keep={false} />
          <Line path={`${path}.note`} label={t('criterion.note')} />
          <Dates path={path} />
          <SourceMarks path={`${path}.source`} />
        </div>
      </details>
    </div>
  );
}

function Identity({ path }: { path: string }) {
  const { t } = useTranslation('rules');
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        <Line path={`${path}.id`} label={t('criterion.id')} />
        <GroupField path={`${path}.group`} />
      </SimpleGrid>
      <SeverityField path={`${path}.severity`} />
      <Pair path={path} keys={['question_en', 'question_zh']} label={t('criterion.question')} />
    </>
  );
}

function GroupField({ path }: { path: string }) {
  const { t } = useTranslation('rules');
  const { pick } = useLanguage();
  const { vocabulary } = useDraft();
  const parts = useParts(path, { label: t('criterion.group') });
  const value = text(parts.value);
  const known = vocabulary.groups.map(({ code, label }) => ({ value: code, label: pick(label) }));
  return (
    <NativeSelect
      id={parts.id} label={parts.label} error={parts.error} disabled={parts.disabled} value={value}
      onChange={(event) => parts.onChange(event.currentTarget.value || undefined)}
      data={[
        { value: '', label: t('choose') },
        ...known,
        ...(value !== '' && !known.some((each) => each.value === value) ? [{ value, label: value }] : []),
      ]}
    />
  );
}

function SeverityField({ path }: { path: string }) {
  const { t } = useTranslation('rules');
  const parts = useParts(path, { label: t('criterion.severity') });
  return (
    <Radio.Group
      id={parts.id} tabIndex={-1} label={parts.label} error={parts.error}
      value={text(parts.value)} onChange={(value) => parts.onChange(value)}
    >
      <div className="fr-severities">
        {SEVERITIES.map((severity) => (
          <Radio
            key={severity} value={severity} disabled={parts.disabled}
            label={t(`severity.${severity}`)} description={t(`severityHelp.${severity}`)}
          />
        ))}
      </div>
    </Radio.Group>
  );
}

/** English and Chinese side by side, under one another on a phone. */
interface PairProps {
  path: string;
  keys: readonly [en: string, zh: string];
  label: string;
  long?: boolean;
  /** Emptied, the text stays as an empty one instead of being left out. */
  keep?: boolean;
}

export function Pair({ path, keys, label, long = false, keep = true }: PairProps) {
  const { t } = useTranslation('rules');
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
      <Line path={`${path}.${keys[0]}`} label={t('inEnglish', { what: label })} long={long} keep={keep} />
      <Line path={`${path}.${keys[1]}`} label={t('inChinese', { what: label })} long={long} keep={keep} />
    </SimpleGrid>
  );
}

interface LineProps {
  path: string;
  label: string;
  long?: boolean;
  keep?: boolean;
}

export function Line({ path, label, long = false, keep = false }: LineProps) {
  const parts = useParts(path, { label });
  const shared = {
    id: parts.id, label, error: parts.error, disabled: parts.disabled, value: text(parts.value),
  };
  const change = (typed: string) => parts.onChange(typed === '' && !keep ? undefined : typed);
  if (!long) return <TextInput {...shared} onChange={(event) => change(event.currentTarget.value)} />;
  return <Textarea {...shared} autosize minRows={2} maxRows={10} onChange={(event) => change(event.currentTarget.value)} />;
}

function Dates({ path }: { path: string }) {
  const { t } = useTranslation('rules');
  const from = useParts(`${path}.effective_from`, { label: t('criterion.from'), help: t('criterion.fromHelp') });
  const to = useParts(`${path}.effective_to`, { label: t('criterion.to') });
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
      <div>
        <DateField parts={from} bare={false} />
      </div>
      <div>
        <DateField parts={to} bare={false} />
      </div>
    </SimpleGrid>
  );
}

function FixField({ path }: { path: string }) {
  const { t } = useTranslation('rules');
  const parts = useParts(path, { label: t('criterion.fixField') });
  return (
    <FactPicker
      id={parts.id} label={parts.label} value={text(parts.value)} lists={[]} error={parts.error} clearable
      onChange={(field) => parts.onChange(field === '' ? undefined : field)}
    />
  );
}
