// Why: what does not fit a grid: how an outcome is measured, and for each figure its reason and its
// source, because a share without a reason is an assumption.
import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Field } from '../section/Field';
import { useSectionContext } from '../section/context';
import { getAt, newRowId, rowsAt } from '../section/path';
import { cellText, COLUMNS, REASONED } from './columns';

interface Props {
  row: number;
  headings: Record<string, string>;
  onClose: () => void;
}

export function OutcomeDetails({ row, headings, onClose }: Props) {
  const { t } = useTranslation('applicant');
  const { form } = useSectionContext();
  const path = `outcomes[${row}]`;
  const outcomes = rowsAt(form.content, 'outcomes');
  const outcome = outcomes[row];
  if (!outcome) return null;
  const name = String(outcome['name'] ?? '') || t('valueMap.outcome', { number: row + 1 });

  function duplicate() {
    const copy = { ...outcome, id: newRowId('o', outcomes) };
    form.set('outcomes', [...outcomes.slice(0, row + 1), copy, ...outcomes.slice(row + 1)], true);
  }
  function remove() {
    form.set(path, undefined, true);
    onClose();
  }
  return (
    <section className="pl-card" aria-labelledby="details-title">
      <div className="pl-cardhead">
        <h2 id="details-title" tabIndex={-1}>
          {t('valueMap.detailsOf', { name })}
        </h2>
        <Button variant="subtle" size="compact-sm" onClick={onClose}>
          {t('valueMap.closeDetails')}
        </Button>
      </div>
      <div className="pl-fields pl-fields-start">
        <Field path={`${path}.indicator`} />
        <Field path={`${path}.evidence_grade`} />
        <Field path={`${path}.proxy`} noneLabel={t('valueMap.statedNotPriced')} />
        <Field path={`${path}.proxy_unit`} />
        <div className="pl-wide">
          <Field path={`${path}.unvalued_reason`} />
        </div>
        <Field path={`${path}.baseline`} />
        <Field path={`${path}.target`} />
        <Field path={`${path}.method`} />
      </div>
      <h3 style={{ marginTop: '1rem' }}>{t('valueMap.reasonsTitle')}</h3>
      <p className="pl-muted pl-small">{t('valueMap.reasonsHelp')}</p>
      {REASONED.map((factor) => {
        const column = COLUMNS.find((each) => each.key === factor);
        return (
          <div key={factor} className="pl-reason">
            <p>
              <strong>{headings[factor]}</strong>{' '}
              <span className="pl-num">{column ? cellText(column, getAt(outcome, factor)) : ''}</span>
            </p>
            <div className="pl-fields pl-fields-start">
              <Field path={`${path}.reasons.${factor}`} />
              <Field path={`${path}.sources.${factor}`} />
            </div>
          </div>
        );
      })}
      {!form.readOnly && (
        <Group mt="md">
          <Button variant="default" onClick={duplicate}>
            {t('valueMap.duplicate')}
          </Button>
          <Button variant="default" onClick={remove}>
            {t('valueMap.remove')}
          </Button>
        </Group>
      )}
    </section>
  );
}
