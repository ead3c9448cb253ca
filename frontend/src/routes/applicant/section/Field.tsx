// Why: one field for every kind of question in the form data; an editor names the path, the rest
// (words, options, help, problems, whether it is asked at all) follows.
import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { labelled, useLanguage } from '@/i18n';
import type { FieldDataFragment } from '@/gql/graphql';
import { BooleanField, ConsentField, MultiSelectField, SelectField } from './ChoiceFields';
import { errorAt, fieldElementId, isAsked, questionOf, useSectionContext } from './context';
import { DateField, DecimalField, IntegerField, MoneyField, ShareField, YearField } from './NumberFields';
import { CoiListField, ShareTableField } from './TableFields';
import { FileNameField, LongTextField, TextField } from './TextFields';

export interface FieldParts {
  id: string;
  path: string;
  field: FieldDataFragment;
  label: string;
  help: string;
  error: string | undefined;
  value: unknown;
  disabled: boolean;
  onChange: (value: unknown) => void;
}

interface Props {
  path: string;
  /** Only a name for screen readers: the column heading is the visible label. */
  bare?: boolean;
  /** A name that says which row it is, for fields in tables. */
  rowName?: string;
  /** Set where the same question stands on the page twice, so that each has an id of its own. */
  again?: boolean;
  /** Offers to state that there is none, which is not the same as leaving the field empty. */
  noneLabel?: string;
}

export function Field({ path, bare = false, rowName, noneLabel, again = false }: Props) {
  const { t } = useTranslation('applicant');
  const { pick } = useLanguage();
  const { form, fields, shown } = useSectionContext();
  const field = questionOf(fields, path);
  if (!field || !isAsked(field, path, form.content)) return null;
  const words = pick(field.label);
  const optional = !field.required && !/optional|選填/i.test(words) ? t('section.optional') : '';
  const parts: FieldParts = {
    id: again ? `again-${fieldElementId(path)}` : fieldElementId(path),
    path,
    field,
    label: rowName === undefined ? words + optional : labelled(words, rowName),
    help: bare ? '' : pick(field.help),
    error: errorAt(shown, path),
    value: form.get(path),
    disabled: form.readOnly,
    onChange: (value) => form.set(path, value),
  };
  if (path.endsWith('.zh') && !form.readOnly) {
    return (
      <>
        <FieldOfKind parts={parts} bare={bare} />
        <SameInBoth path={path} />
      </>
    );
  }
  if (noneLabel === undefined) return <FieldOfKind parts={parts} bare={bare} />;
  const none = parts.value === null;
  return (
    <div>
      <FieldOfKind parts={{ ...parts, disabled: parts.disabled || none }} bare={bare} />
      <Checkbox
        mt={6}
        size="xs"
        disabled={parts.disabled}
        label={noneLabel}
        checked={none}
        onChange={(event) => parts.onChange(event.currentTarget.checked ? null : undefined)}
      />
    </div>
  );
}

/** Some titles are the same in both languages; nothing is translated by machine. */
function SameInBoth({ path }: { path: string }) {
  const { t } = useTranslation('applicant');
  const { form } = useSectionContext();
  const english = form.get(path.replace(/\.zh$/, '.en'));
  if (typeof english !== 'string' || english === form.get(path)) return null;
  return (
    <button type="button" className="pl-linkbutton pl-small" onClick={() => form.set(path, english)}>
      {t('section.sameInBoth')}
    </button>
  );
}

function FieldOfKind({ parts, bare }: { parts: FieldParts; bare: boolean }) {
  switch (parts.field.kind) {
    case 'long_text':
      return <LongTextField parts={parts} />;
    case 'file_name':
      return <FileNameField parts={parts} />;
    case 'money':
      return <MoneyField parts={parts} bare={bare} />;
    case 'share':
      return <ShareField parts={parts} bare={bare} />;
    case 'integer':
      return <IntegerField parts={parts} bare={bare} />;
    case 'year':
      return <YearField parts={parts} bare={bare} />;
    case 'decimal':
      return <DecimalField parts={parts} bare={bare} />;
    case 'date':
      return <DateField parts={parts} bare={bare} />;
    case 'select':
      return <SelectField parts={parts} bare={bare} />;
    case 'multi_select':
      return <MultiSelectField parts={parts} />;
    case 'boolean':
      return <BooleanField parts={parts} />;
    case 'consent':
      return <ConsentField parts={parts} />;
    case 'share_table':
      return <ShareTableField parts={parts} />;
    case 'coi_list':
      return <CoiListField parts={parts} />;
    default:
      return <TextField parts={parts} bare={bare} />;
  }
}
