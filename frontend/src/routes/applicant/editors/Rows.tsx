// Why: a list of like things, each in a frame of its own: add, remove (undoable), name for screen
// readers. Works the same at 390 px.
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/PageStates';
import { labelled } from '@/i18n';
import { errorAt, fieldElementId, useSectionContext } from '../section/context';
import { newRowId, rowsAt, type Content } from '../section/path';

interface Props {
  path: string;
  /** Null where the rows of the list have no ids. */
  idPrefix: string | null;
  addLabel: string;
  emptyText: string;
  rowName: (row: Content, position: number) => string;
  /** False where the page has its own undo. */
  withUndo?: boolean;
  children: (path: string, row: Content, position: number) => ReactNode;
}

export function Rows({ path, idPrefix, addLabel, emptyText, rowName, withUndo = true, children }: Props) {
  const { t } = useTranslation('applicant');
  const { form, shown } = useSectionContext();
  const rows = rowsAt(form.content, path);
  const error = errorAt(shown, path);
  const add = () => form.set(path, [...rows, idPrefix === null ? {} : { id: newRowId(idPrefix, rows) }], true);
  return (
    <div id={fieldElementId(path)} tabIndex={-1}>
      {error && <p className="pl-mark-bad pl-word">{error}</p>}
      {rows.length === 0 && <EmptyState>{emptyText}</EmptyState>}
      {rows.map((row, position) => (
        <section key={String(row['id'] ?? position)} className="pl-card" aria-label={rowName(row, position)}>
          <div className="pl-cardhead">
            <h2>{rowName(row, position)}</h2>
            {!form.readOnly && (
              <Button
                variant="subtle"
                size="compact-sm"
                aria-label={labelled(t('section.removeRow'), rowName(row, position))}
                onClick={() => form.set(`${path}[${position}]`, undefined, true)}
              >
                {t('section.removeRow')}
              </Button>
            )}
          </div>
          {children(`${path}[${position}]`, row, position)}
        </section>
      ))}
      {!form.readOnly && (
        <div style={{ display: 'flex', gap: '0.5rem', flexWrap: 'wrap' }}>
          <Button variant="default" onClick={add}>
            {addLabel}
          </Button>
          {withUndo && form.canUndo && (
            <Button variant="subtle" onClick={form.undo}>
              {t('section.undo')}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
