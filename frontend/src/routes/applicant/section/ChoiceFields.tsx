// Why: choices: one of a list, several of a list, yes or no, and a statement to agree to.
import { Checkbox, NativeSelect, Radio } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '@/i18n';
import type { FieldParts } from './Field';
import { inputProps } from './TextFields';

export function SelectField({ parts, bare }: { parts: FieldParts; bare: boolean }) {
  const { t } = useTranslation('applicant');
  const { pick } = useLanguage();
  const value = typeof parts.value === 'string' ? parts.value : '';
  const options = parts.field.options.map(({ code, label }) => ({ value: code, label: pick(label) }));
  const unlisted = value !== '' && !options.some((option) => option.value === value);
  return (
    <NativeSelect
      {...inputProps(parts, bare)}
      value={value}
      onChange={(event) => parts.onChange(event.currentTarget.value || undefined)}
      data={[
        { value: '', label: t('section.choose') },
        ...options,
        ...(unlisted ? [{ value, label: value }] : []),
      ]}
      {...(bare ? {} : { styles: { wrapper: { maxWidth: '32rem' } } })}
    />
  );
}

export function MultiSelectField({ parts }: { parts: FieldParts }) {
  const { pick } = useLanguage();
  const chosen = Array.isArray(parts.value) ? parts.value.map(String) : [];
  // The order of the form, not the order of clicking, so that equal answers are equal.
  const keep = (codes: string[]) =>
    parts.onChange(parts.field.options.map(({ code }) => code).filter((code) => codes.includes(code)));
  return (
    <Checkbox.Group
      id={parts.id}
      tabIndex={-1}
      label={parts.label}
      description={parts.help || undefined}
      error={parts.error}
      value={chosen}
      onChange={keep}
    >
      <div className="pl-choices">
        {parts.field.options.map(({ code, label }) => (
          <Checkbox key={code} value={code} label={pick(label)} disabled={parts.disabled} />
        ))}
      </div>
    </Checkbox.Group>
  );
}

export function BooleanField({ parts }: { parts: FieldParts }) {
  const { t } = useTranslation();
  const value = parts.value === true ? 'yes' : parts.value === false ? 'no' : '';
  return (
    <Radio.Group
      id={parts.id}
      tabIndex={-1}
      label={parts.label}
      description={parts.help || undefined}
      error={parts.error}
      value={value}
      onChange={(chosen) => parts.onChange(chosen === 'yes')}
    >
      <div className="pl-inline">
        <Radio value="yes" label={t('state.yes')} disabled={parts.disabled} />
        <Radio value="no" label={t('state.no')} disabled={parts.disabled} />
      </div>
    </Radio.Group>
  );
}

/** A statement to agree to; with an option it keeps which version was agreed to. */
export function ConsentField({ parts }: { parts: FieldParts }) {
  const version = parts.field.options[0]?.code;
  const agreed = version ?? true;
  return (
    <Checkbox
      id={parts.id}
      label={parts.label}
      description={parts.help || undefined}
      error={parts.error}
      disabled={parts.disabled}
      checked={parts.value === agreed}
      onChange={(event) => parts.onChange(event.currentTarget.checked ? agreed : undefined)}
    />
  );
}
