// Why: a fact is found by what it is called or by its path; facts of list entries are offered only
// inside their list.
import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '@/i18n';
import { useDraft } from '../draft/context';
import { factsWithin, fieldName, fullPath, type FactInfo } from '../vocabulary';

interface Props {
  id: string;
  label: string;
  /** As written in the rule: `item.cost_hkd` inside a list. */
  value: string;
  lists: readonly string[];
  error?: string | undefined;
  onChange: (field: string) => void;
  /** Offers only some facts, such as lists. */
  fits?: (fact: FactInfo) => boolean;
  clearable?: boolean;
}

export function FactPicker({ id, label, value, lists, error, onChange, fits, clearable = false }: Props) {
  const { t } = useTranslation('rulewords');
  const { pick } = useLanguage();
  const { vocabulary, form } = useDraft();
  const facts = factsWithin(vocabulary.facts, lists).filter((fact) => fits?.(fact) ?? true);
  const data = facts.map((fact) => ({ value: fieldName(fact.path, lists), label: `${pick(fact.label)} · ${fact.path}` }));
  const unlisted = value !== '' && !data.some((each) => each.value === value);
  return (
    <Select
      id={id}
      label={label}
      error={error}
      disabled={form.readOnly}
      searchable
      clearable={clearable}
      placeholder={t('build.factSearch')}
      nothingFoundMessage={t('build.factNone')}
      data={unlisted ? [...data, { value, label: fullPath(value, lists) }] : data}
      value={value === '' ? null : value}
      onChange={(chosen) => {
        if (chosen !== null) onChange(chosen);
        else if (clearable) onChange('');
      }}
      comboboxProps={{ withinPortal: false }}
      styles={{ wrapper: { maxWidth: '32rem' } }}
      {...(clearable ? { clearButtonProps: { 'aria-label': t('build.remove') } } : {})}
    />
  );
}
