// Why: small tables inside a form: shares over districts or service areas, and declared interests.
import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { percent } from '@/format';
import { labelled, useLanguage } from '@/i18n';
import { sumDecimals } from '../sums';
import { errorAt, fieldElementId, useSectionContext } from './context';
import type { FieldParts } from './Field';
import { ShareField } from './NumberFields';
import type { Content } from './path';

function rowsOf(value: unknown): Content[] {
  return Array.isArray(value) ? (value as Content[]) : [];
}

export function ShareTableField({ parts }: { parts: FieldParts }) {
  const { t } = useTranslation('applicant');
  const { pick } = useLanguage();
  const { shown } = useSectionContext();
  const rows = rowsOf(parts.value);
  const used = new Set(rows.map((row) => row['code']));
  const free = parts.field.options.filter(({ code }) => !used.has(code));
  const total = sumDecimals(rows.map((row) => row['share']));
  const change = (position: number, next: Content) =>
    parts.onChange(rows.map((row, at) => (at === position ? next : row)));
  const nameOf = (code: unknown) => {
    const option = parts.field.options.find((each) => each.code === code);
    return option ? pick(option.label) : String(code ?? '');
  };
  return (
    <fieldset id={parts.id} tabIndex={-1} className="pl-fieldset" aria-describedby={`${parts.id}-help`}>
      <legend>{parts.label}</legend>
      <p id={`${parts.id}-help`} className="pl-muted pl-small">
        {parts.help}
      </p>
      {parts.error && <p className="pl-mark-bad pl-small">{parts.error}</p>}
      <ul className="pl-list">
        {rows.map((row, position) => (
          <li key={String(row['code'])} className="pl-sharerow">
            <span>{nameOf(row['code'])}</span>
            <ShareField
              bare
              parts={{
                ...parts,
                id: fieldElementId(`${parts.path}[${position}].share`),
                label: labelled(parts.label, nameOf(row['code'])),
                error: errorAt(shown, `${parts.path}[${position}].share`),
                value: row['share'],
                onChange: (share) => change(position, share === undefined ? { code: row['code'] } : { ...row, share }),
              }}
            />
            {!parts.disabled && (
              <Button
                variant="subtle"
                size="compact-sm"
                aria-label={labelled(t('section.removeRow'), nameOf(row['code']))}
                onClick={() => parts.onChange(rows.filter((_, at) => at !== position))}
              >
                {t('section.removeRow')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {rows.length > 0 && total !== null && (
        <p className="pl-small" aria-live="polite">
          {t('section.sharesTotal', { total: percent(total) })}
        </p>
      )}
      {!parts.disabled && free.length > 0 && (
        <NativeSelect
          aria-label={labelled(t('section.addRow'), parts.label)}
          value=""
          maw="20rem"
          onChange={(event) => {
            const code = event.currentTarget.value;
            if (code !== '') parts.onChange([...rows, rows.length === 0 ? { code, share: '1' } : { code }]);
          }}
          data={[
            { value: '', label: t('section.addRow') },
            ...free.map(({ code, label }) => ({ value: code, label: pick(label) })),
          ]}
        />
      )}
    </fieldset>
  );
}

/** Interests of people with a say in the project; an empty list says that there are none. */
export function CoiListField({ parts }: { parts: FieldParts }) {
  const { t } = useTranslation('applicant');
  const { shown } = useSectionContext();
  const rows = rowsOf(parts.value);
  const none = Array.isArray(parts.value) && rows.length === 0;
  const change = (position: number, key: 'role' | 'interest', text: string) =>
    parts.onChange(rows.map((row, at) => (at === position ? { ...row, [key]: text } : row)));
  return (
    <fieldset id={parts.id} tabIndex={-1} className="pl-fieldset" aria-describedby={`${parts.id}-help`}>
      <legend>{parts.label}</legend>
      <p id={`${parts.id}-help`} className="pl-muted pl-small">
        {parts.help}
      </p>
      {parts.error && <p className="pl-mark-bad pl-small">{parts.error}</p>}
      {rows.map((row, position) => (
        <div key={position} className="pl-coirow">
          {(['role', 'interest'] as const).map((key) => (
            <TextInput
              key={key}
              id={fieldElementId(`${parts.path}[${position}].${key}`)}
              label={t(`section.coi.${key}`)}
              disabled={parts.disabled}
              error={errorAt(shown, `${parts.path}[${position}].${key}`) ?? false}
              value={typeof row[key] === 'string' ? row[key] : ''}
              onChange={(event) => change(position, key, event.currentTarget.value)}
            />
          ))}
          {!parts.disabled && (
            <Button
              variant="subtle"
              size="compact-sm"
              onClick={() => parts.onChange(rows.filter((_, at) => at !== position))}
            >
              {t('section.removeRow')}
            </Button>
          )}
        </div>
      ))}
      {!parts.disabled && (
        <Button variant="default" size="compact-sm" onClick={() => parts.onChange([...rows, { role: '', interest: '' }])}>
          {t('section.coi.add')}
        </Button>
      )}
      {rows.length === 0 && (
        <Checkbox
          mt="xs"
          disabled={parts.disabled}
          label={t('section.coi.none')}
          checked={none}
          onChange={(event) => parts.onChange(event.currentTarget.checked ? [] : undefined)}
        />
      )}
    </fieldset>
  );
}
