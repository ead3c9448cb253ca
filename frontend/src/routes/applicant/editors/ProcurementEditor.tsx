// Why: planned purchases; the server says which method each one needs by its date and amount.
import { useTranslation } from 'react-i18next';
import { Rows } from './Rows';
import { Field } from '../section/Field';

export function ProcurementEditor() {
  const { t } = useTranslation('applicant');
  return (
    <Rows
      path="purchases"
      idPrefix="p"
      addLabel={t('procurement.add')}
      emptyText={t('procurement.empty')}
      rowName={(row, position) => String(row['description'] ?? '') || t('procurement.row', { number: position + 1 })}
    >
      {(path) => (
        <div className="pl-fields">
          <div className="pl-wide">
            <Field path={`${path}.description`} />
          </div>
          <div className="pl-wide">
            <Field path={`${path}.need`} />
          </div>
          <Field path={`${path}.category`} />
          <Field path={`${path}.amount`} />
          <Field path={`${path}.date`} />
          <Field path={`${path}.planned_method`} />
          <Field path={`${path}.planned_quotations`} />
          <Field path={`${path}.planned_form`} />
        </div>
      )}
    </Rows>
  );
}
