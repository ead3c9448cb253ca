// Why: a fixed value is typed the way its other side is: an amount beside an amount, a date beside a
// date, the listed codes as boxes to tick.
import { Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { grouped, readNumber } from '@/format';
import { useLanguage, wordFor, type Bilingual } from '@/i18n';
import type { FieldParts } from '../../../applicant/section/Field';
import { DateField, DecimalField, IntegerField, MoneyField, ShareField } from '../../../applicant/section/NumberFields';
import { inputProps } from '../../../applicant/section/TextFields';
import { SelectField } from '../../../applicant/section/ChoiceFields';
import { text } from '../body';
import { useParts } from '../draft/context';

interface Props {
  path: string;
  label: string;
  /** hkd, share, date, code …; undefined while the other side is not known. */
  kind: string | undefined;
  list: boolean;
  options: readonly { code: string; label: Bilingual }[];
  /** The label is only heard: a heading beside it is seen. */
  bare?: boolean;
  /** What stands there when the field is emptied: nothing at all would take the field away. */
  empty?: '' | null;
}

export function LiteralField({ path, label, kind, list, options, bare = false, empty = '' }: Props) {
  const own = useParts(path, { label, options: [...options], deep: list });
  const parts: FieldParts = { ...own, onChange: (value) => own.onChange(value ?? empty) };
  if (list) return options.length > 0 ? <CodeBoxes parts={parts} bare={bare} /> : <CodeLines parts={parts} />;
  switch (kind) {
    case 'hkd':
      return <MoneyField parts={parts} bare={bare} />;
    case 'share':
    case 'rate':
      return <ShareField parts={parts} bare={bare} />;
    case 'date':
      return <DateField parts={parts} bare={bare} />;
    case 'count':
      return <IntegerField parts={parts} bare={bare} />;
    case 'decimal':
      return <DecimalField parts={parts} bare={bare} />;
    case 'boolean':
      return <YesNo parts={parts} bare={bare} />;
    default:
      return options.length > 0 ? <SelectField parts={parts} bare={bare} /> : <AnyText parts={parts} bare={bare} />;
  }
}

interface KindProps {
  parts: FieldParts;
  bare: boolean;
}

function YesNo({ parts, bare }: KindProps) {
  const { t } = useTranslation(['common', 'rulewords']);
  return (
    <NativeSelect
      {...inputProps(parts, bare)}
      value={parts.value === true ? 'yes' : parts.value === false ? 'no' : ''}
      onChange={(event) => {
        const chosen = event.currentTarget.value;
        parts.onChange(chosen === '' ? '' : chosen === 'yes');
      }}
      data={[
        { value: '', label: t('rulewords:build.choose') },
        { value: 'yes', label: t('common:state.yes') },
        { value: 'no', label: t('common:state.no') },
      ]}
      styles={{ wrapper: { maxWidth: '10rem' } }}
    />
  );
}

/** Text, or a number where the other side gives no hint: digits with marks are read as a number. */
function AnyText({ parts, bare }: KindProps) {
  const value = text(parts.value);
  return (
    <TextInput
      {...inputProps(parts, bare)}
      value={value}
      onChange={(event) => parts.onChange(event.currentTarget.value)}
      onBlur={() => {
        const number = /^[\d,.，．０-９\s-]+$/.test(value) && /[,，．０-９]/.test(value) ? readNumber(value) : null;
        if (number !== null && grouped(number) !== value) parts.onChange(number);
      }}
      styles={{ wrapper: { maxWidth: '20rem' } }}
    />
  );
}

/** The codes that the fact knows; a code it does not know stays and can be unticked. */
function CodeBoxes({ parts, bare }: KindProps) {
  const { pick } = useLanguage();
  const chosen = Array.isArray(parts.value) ? parts.value.map(String) : [];
  const known = parts.field.options.map(({ code }) => code);
  const stray = chosen.filter((code) => !known.includes(code));
  const keep = (codes: string[]) => parts.onChange([...known, ...stray].filter((code) => codes.includes(code)));
  return (
    <Checkbox.Group id={parts.id} tabIndex={-1} {...(bare ? { 'aria-label': parts.label } : { label: parts.label })} error={parts.error} value={chosen} onChange={keep}>
      <div className="pl-choices">
        {parts.field.options.map(({ code, label }) => (
          <Checkbox key={code} value={code} label={pick(label)} disabled={parts.disabled} />
        ))}
        {stray.map((code) => (
          <Checkbox key={code} value={code} label={code} disabled={parts.disabled} />
        ))}
      </div>
    </Checkbox.Group>
  );
}

function CodeLines({ parts }: { parts: FieldParts }) {
  const lines = Array.isArray(parts.value) ? parts.value.map(String).join('\n') : text(parts.value);
  return (
    <Textarea
      id={parts.id}
      label={parts.label}
      description={wordFor('rulewords:build.codes') ?? ''}
      error={parts.error}
      disabled={parts.disabled}
      autosize
      minRows={2}
      maxRows={12}
      value={lines}
      onChange={(event) => parts.onChange(event.currentTarget.value === '' ? [] : event.currentTarget.value.split('\n'))}
      onBlur={() => {
        if (Array.isArray(parts.value)) parts.onChange(parts.value.map((line) => String(line).trim()).filter((line) => line !== ''));
      }}
      styles={{ wrapper: { maxWidth: '32rem' } }}
    />
  );
}
