// Why: a fact is found by what it is called or by its path; facts of list entries are offered only
// inside their list.
import { isOptionsGroup, Select, type ComboboxItem, type OptionsFilter } from '@mantine/core';
import type { FocusEvent } from 'react';
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
      filter={matching(t('build.factNone'), value)}
      withScrollArea={false}
      onFocus={selectAll}
      data={unlisted ? [...data, { value, label: fullPath(value, lists) }] : data}
      value={value === '' ? null : value}
      onChange={(chosen) => {
        if (chosen !== null) onChange(chosen);
        else if (clearable) onChange('');
      }}
      comboboxProps={{ withinPortal: false }}
      styles={{ wrapper: { maxWidth: '32rem' }, options: { maxHeight: '16rem', overflowY: 'auto' } }}
      {...(clearable ? { clearButtonProps: { 'aria-label': t('build.remove') } } : {})}
    />
  );
}

/** What is typed replaces the name of the fact that stood there. */
function selectAll(event: FocusEvent<HTMLInputElement>): void {
  const box = event.currentTarget;
  requestAnimationFrame(() => box.select());
}

/** Facts whose name or path has all words typed; all of them while the chosen one stands there. A list
 * is never empty for who listens: it says that nothing fits. */
function matching(none: string, value: string): OptionsFilter {
  return ({ options, search }) => {
    const facts = options.filter((option): option is ComboboxItem => !isOptionsGroup(option));
    const untouched = facts.some((fact) => fact.value === value && fact.label === search);
    const words = untouched ? [] : search.toLowerCase().split(/\s+/);
    const found = facts.filter(({ label }) => words.every((word) => label.toLowerCase().includes(word)));
    return found.length > 0 ? found : [{ value: '-', label: none, disabled: true }];
  };
}
