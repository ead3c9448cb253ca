// Why: under 640 px a grid of sixteen columns is no use: the same outcomes as cards with fields, the
// same help, and a box to paste a table into.
import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { money } from '@/format';
import { labelled } from '@/i18n';
import { Field } from '../section/Field';
import { useSectionContext } from '../section/context';
import { ColumnHelp } from './ColumnHelp';
import { outcomeText, isSplit, lacksReason } from './columns';
import { PasteDialog } from './PasteDialog';
import type { GridProps } from './ValueGrid';

/** Words need the whole width of a phone, figures half of it. */
const WIDE = new Set(['stakeholder', 'name', 'catalogue', 'evidence_grade']);

export function ValueCards(props: GridProps) {
  const { outcomes, columns, headings, values, fresh, onDetails, onWorking, onPick } = props;
  const { t } = useTranslation('valuemap');
  const { form } = useSectionContext();
  const [pasting, setPasting] = useState(false);
  return (
    <>
      {!form.readOnly && (
        <Group gap="xs" mb="sm">
          <Button variant="default" size="compact-md" disabled={!form.canUndo} onClick={form.undo}>
            {t('grid.undo')}
          </Button>
          <Button variant="default" size="compact-md" disabled={!form.canRedo} onClick={form.redo}>
            {t('grid.redo')}
          </Button>
          <Button variant="default" size="compact-md" onClick={() => setPasting(true)}>
            {t('paste.open')}
          </Button>
        </Group>
      )}
      <PasteDialog opened={pasting} onClose={() => setPasting(false)} columns={columns} headings={headings} />
      {outcomes.map((outcome, row) => {
        const id = String(outcome['id'] ?? row);
        const name = String(outcome['name'] ?? '') || t('outcome', { number: row + 1 });
        const value = values.get(id);
        return (
          <section key={id} className="pl-card" aria-label={name}>
            <h2>{name}</h2>
            <div className="pl-cardfields">
              {columns.map((column) => (
                <div key={column.key} className={WIDE.has(column.key) ? 'pl-cardfield pl-wide' : 'pl-cardfield'}>
                  <div>
                    {isSplit(column, outcome) ? (
                      <p>
                        {labelled(headings[column.key] ?? '')} {outcomeText(column, outcome)}
                      </p>
                    ) : (
                      <Field path={`outcomes[${row}].${column.key}`} />
                    )}
                    {lacksReason(column, outcome) && <div className="pl-small pl-mark-warn">{t('noReason')}</div>}
                  </div>
                  <ColumnHelp columnKey={column.key} heading={headings[column.key] ?? ''} />
                </div>
              ))}
            </div>
            <p style={{ marginTop: '0.75rem' }}>
              {labelled(t('presentValue'))}{' '}
              {value === undefined ? (
                '—'
              ) : (
                <button
                  type="button"
                  className={fresh ? 'pl-linkbutton pl-num' : 'pl-linkbutton pl-num pl-stale'}
                  onClick={() => onWorking(id)}
                >
                  {money(value)}
                </button>
              )}
            </p>
            <Group gap="xs">
              <Button variant="default" size="compact-md" onClick={() => onDetails(row)}>
                {t('details')}
                <span className="pl-hidden">: {name}</span>
              </Button>
              {!form.readOnly && (
                <Button variant="default" size="compact-md" onClick={() => onPick(row)}>
                  {t('proxies.open')}
                  <span className="pl-hidden">: {name}</span>
                </Button>
              )}
            </Group>
          </section>
        );
      })}
    </>
  );
}
