// Why: under 640 px a grid of twelve columns is no use: the same outcomes as cards with fields.
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { money } from '@/format';
import { labelled } from '@/i18n';
import { Field } from '../section/Field';
import { COLUMNS } from './columns';
import type { GridProps } from './ValueGrid';

export function ValueCards({ outcomes, values, onDetails, onWorking }: GridProps) {
  const { t } = useTranslation('applicant');
  return (
    <>
      {outcomes.map((outcome, row) => {
        const id = String(outcome['id'] ?? row);
        const name = String(outcome['name'] ?? '') || t('valueMap.outcome', { number: row + 1 });
        const value = values.get(id);
        return (
          <section key={id} className="pl-card" aria-label={name}>
            <h2>{name}</h2>
            <div className="pl-fields">
              {COLUMNS.map((column) => (
                <Field key={column.key} path={`outcomes[${row}].${column.key}`} />
              ))}
            </div>
            <p style={{ marginTop: '0.75rem' }}>
              {labelled(t('valueMap.presentValue'))}{' '}
              {value === undefined ? (
                '—'
              ) : (
                <button type="button" className="pl-linkbutton pl-num" onClick={() => onWorking(id)}>
                  {money(value)}
                </button>
              )}
            </p>
            <Button variant="default" size="compact-md" onClick={() => onDetails(row)}>
              {t('valueMap.details')}
              <span className="pl-hidden">: {name}</span>
            </Button>
          </section>
        );
      })}
    </>
  );
}
