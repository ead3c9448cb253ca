// Why: fill down without a grid: one figure of this outcome goes into all the outcomes below it.
import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSectionContext } from '../section/context';
import { rowsAt } from '../section/path';
import { fillDown } from './block';
import type { ValueColumn } from './columns';

interface Props {
  row: number;
  columns: readonly ValueColumn[];
  headings: Record<string, string>;
}

export function FillDown({ row, columns, headings }: Props) {
  const { t } = useTranslation('valuemap');
  const { form } = useSectionContext();
  const outcomes = rowsAt(form.content, 'outcomes');
  if (form.readOnly || row >= outcomes.length - 1) return null;

  function fill(key: string) {
    const column = columns.findIndex((each) => each.key === key);
    if (column === -1) return;
    const block = { top: row, bottom: outcomes.length - 1, left: column, right: column };
    form.replace({ ...form.content, outcomes: fillDown(outcomes, block, columns) });
  }
  return (
    <NativeSelect
      mt="sm"
      maw="20rem"
      label={t('fillBelow')}
      value=""
      onChange={(event) => fill(event.currentTarget.value)}
      data={[
        { value: '', label: t('chooseFigure') },
        ...columns.slice(2).map(({ key }) => ({ value: key, label: headings[key] ?? key })),
      ]}
    />
  );
}
