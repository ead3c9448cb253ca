// Why: what stands behind the active cell, under the grid: its reason and its source, and for a
// value taken from the library where it comes from. Shift+F2 leads here, Escape back to the cell.
import { Button, Group } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { labelled, useLanguage } from '@/i18n';
import { Field } from '../section/Field';
import { questionOf, useSectionContext } from '../section/context';
import { rowsAt } from '../section/path';
import { isReasoned, isSplit, outcomeText, type ValueColumn } from './columns';
import { LibraryNote } from './LibraryNote';

interface Props {
  row: number;
  column: ValueColumn;
  heading: string;
  onBack: () => void;
  onPick: (row: number) => void;
  onDetails: (row: number) => void;
  /** The row's details stand open below, with the same fields. */
  below: boolean;
}

export function CellNote({ row, column, heading, onBack, onPick, onDetails, below }: Props) {
  const { t } = useTranslation('valuemap');
  const { pick } = useLanguage();
  const { form, fields } = useSectionContext();
  const outcome = rowsAt(form.content, 'outcomes')[row];
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    const at = box.current;
    const leave = (event: KeyboardEvent) => event.key === 'Escape' && onBack();
    at?.addEventListener('keydown', leave);
    return () => at?.removeEventListener('keydown', leave);
  }, [onBack]);
  if (!outcome) return null;
  const path = `outcomes[${row}]`;
  const text = outcomeText(column, outcome);
  const help = questionOf(fields, `${path}.${column.key}`)?.help;
  return (
    <section
      className="pl-card pl-cellnote"
      aria-label={t('note.title')}
      ref={box}
    >
      <p>
        <strong>{labelled(t('grid.cell', { column: heading, row: row + 1 }))}</strong>{' '}
        <span className="pl-num">{text || '—'}</span>
      </p>
      {isReasoned(column.key) && !below ? (
        <div className="pl-fields pl-fields-start">
          <Field path={`${path}.reasons.${column.key}`} />
          <Field path={`${path}.sources.${column.key}`} />
        </div>
      ) : (
        <p className="pl-muted pl-small">{below && isReasoned(column.key) ? t('note.below') : (help && pick(help)) || t('note.none')}</p>
      )}
      {column.key === 'proxy' && <LibraryNote outcome={outcome} />}
      <Group gap="xs" mt="xs">
        {column.key === 'proxy' && !form.readOnly && (
          <Button variant="default" size="compact-md" onClick={() => onPick(row)}>
            {t('proxies.open')}
          </Button>
        )}
        {isSplit(column, outcome) && (
          <Button variant="default" size="compact-md" onClick={() => onDetails(row)}>
            {t('cohorts.change')}
          </Button>
        )}
      </Group>
    </section>
  );
}
