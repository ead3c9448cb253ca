// Why: what does not fit a grid: how an outcome is measured, several starts, where its value comes
// from, and for each figure its reason and its source, because a share without a reason is an
// assumption.
import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Field } from '../section/Field';
import { useSectionContext } from '../section/context';
import { newRowId, rowsAt } from '../section/path';
import { CohortField } from './CohortField';
import { outcomeText, REASONED, type ValueColumn } from './columns';
import { FillDown } from './FillDown';
import { GradeFields } from './GradeFields';
import { LibraryNote } from './LibraryNote';
import { libraryOf } from './library';

interface Props {
  row: number;
  columns: readonly ValueColumn[];
  headings: Record<string, string>;
  onClose: () => void;
  onPick: (row: number) => void;
}

export function OutcomeDetails({ row, columns, headings, onClose, onPick }: Props) {
  const { t } = useTranslation('valuemap');
  const { form } = useSectionContext();
  const path = `outcomes[${row}]`;
  const outcomes = rowsAt(form.content, 'outcomes');
  const outcome = outcomes[row];
  if (!outcome) return null;
  const name = String(outcome['name'] ?? '') || t('outcome', { number: row + 1 });
  const library = libraryOf(outcome);

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
          {t('detailsOf', { name })}
        </h2>
        <Button variant="subtle" size="compact-sm" onClick={onClose}>
          {t('closeDetails')}
        </Button>
      </div>
      <div className="pl-fields pl-fields-start">
        <Field path={`${path}.indicator`} />
        <Field again path={`${path}.catalogue`} />
        <div>
          <Field again path={`${path}.proxy`} noneLabel={t('statedNotPriced')} />
          <LibraryNote outcome={outcome} />
          {!form.readOnly && (
            <Button variant="default" size="compact-md" mt="xs" onClick={() => onPick(row)}>
              {t('proxies.open')}
            </Button>
          )}
        </div>
        <Field again path={`${path}.proxy_unit`} />
        <Field again path={`${path}.price_year`} />
        {(library || outcome['local_basis'] !== undefined) && (
          <div className="pl-wide">
            <Field path={`${path}.local_basis`} />
          </div>
        )}
        <div className="pl-wide">
          <Field path={`${path}.unvalued_reason`} />
        </div>
        <CohortField row={row} outcome={outcome} />
        <GradeFields row={row} outcome={outcome} headings={headings} />
        <Field path={`${path}.baseline`} />
        <Field path={`${path}.target`} />
        <Field path={`${path}.method`} />
      </div>
      <h3 style={{ marginTop: '1rem' }}>{t('reasonsTitle')}</h3>
      <p className="pl-muted pl-small">{t('reasonsHelp')}</p>
      {REASONED.map((factor) => {
        const column = columns.find((each) => each.key === factor);
        return (
          <div key={factor} className="pl-reason">
            <p>
              <strong>{headings[factor]}</strong>{' '}
              <span className="pl-num">{column ? outcomeText(column, outcome) : ''}</span>
            </p>
            <div className="pl-fields pl-fields-start">
              <Field path={`${path}.reasons.${factor}`} />
              <Field path={`${path}.sources.${factor}`} />
            </div>
          </div>
        );
      })}
      {!form.readOnly && (
        <>
          <FillDown row={row} columns={columns} headings={headings} />
          <Group mt="md">
            <Button variant="default" onClick={duplicate}>
              {t('duplicate')}
            </Button>
            <Button variant="default" onClick={remove}>
              {t('remove')}
            </Button>
          </Group>
        </>
      )}
    </section>
  );
}
