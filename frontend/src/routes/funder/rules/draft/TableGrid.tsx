// Why: the grid of one decision table: a column for each fact, a cell that admits anything, one value,
// several or a range, and the figure that the row gives.
import { Button, Checkbox, NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { problemWords } from '@/components/ProblemText';
import { labelled, useLanguage } from '@/i18n';
import { fieldElementId } from '../../../applicant/section/context';
import { asContent } from '../../../applicant/section/useSavedForm';
import { text } from '../body';
import { LiteralField } from '../builder/LiteralField';
import { moved } from '../builder/tree';
import { useCodes } from '../builder/ValueEditor';
import { CELL_SORTS, cellAs, cellSort, columnsOf, rowsOf, withoutColumn } from '../tables';
import { factKind, kindOfTable } from '../words/kinds';
import { problemsUnder, useDraft } from './context';
import { factMap } from '../vocabulary';

/** Kinds of figure that a table may give. */
const VALUE_KINDS = ['hkd', 'decimal', 'share', 'count', 'date', 'text'] as const;

export function TableGrid({ name }: { name: string }) {
  const { t } = useTranslation('rules');
  const { form } = useDraft();
  const path = `tables.${name}`;
  const table = asContent(form.get(path));
  const columns = columnsOf(table);
  const rows = rowsOf(table);
  return (
    <>
      <Unit path={`${path}.unit`} />
      <div className="pl-scroll" tabIndex={0} role="group" aria-label={t('tables.grid')}>
        <table className="pl-table fr-grid">
          <caption className="pl-hidden">{t('tables.grid')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('tables.row')}</th>
              {columns.map((field, at) => (
                <ColumnHead key={`${field}-${at}`} name={name} field={field} at={at} />
              ))}
              <th scope="col">{t('tables.value')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((_, row) => (
              <GridRow key={row} name={name} row={row} count={rows.length} />
            ))}
          </tbody>
        </table>
      </div>
      <Default path={`${path}.default`} kind={valueKind(name, table)} />
    </>
  );
}

const UNITS = ['hkd', 'share', 'plain'] as const;

function Unit({ path }: { path: string }) {
  const { t } = useTranslation('rules');
  const { form } = useDraft();
  const value = text(form.get(path));
  return (
    <NativeSelect
      id={fieldElementId(path)} label={t('tables.unit')} disabled={form.readOnly} value={value} mb="xs"
      onChange={(event) => form.set(path, event.currentTarget.value || undefined, true)}
      data={[...(value === '' ? [{ value: '', label: t('choose') }] : []), ...UNITS.map((unit) => ({ value: unit, label: t(`unit.${unit}`) }))]}
      styles={{ wrapper: { maxWidth: '16rem' } }}
    />
  );
}

function ColumnHead({ name, field, at }: { name: string; field: string; at: number }) {
  const { t } = useTranslation('rules');
  const { form } = useDraft();
  const label = useFactLabel(field);
  return (
    <th scope="col">
      {label}
      <div className="pl-small pl-muted fr-path">{field}</div>
      {!form.readOnly && (
        <Button
          size="compact-xs" variant="subtle" aria-label={labelled(t('tables.removeColumn'), label)}
          onClick={() => form.set(`tables.${name}`, withoutColumn(asContent(form.get(`tables.${name}`)), at), true)}
        >
          {t('tables.removeColumn')}
        </Button>
      )}
    </th>
  );
}

function useFactLabel(field: string): string {
  const { pick } = useLanguage();
  const { vocabulary } = useDraft();
  const fact = factMap(vocabulary.facts).get(field);
  return fact ? pick(fact.label) : field;
}

function GridRow({ name, row, count }: { name: string; row: number; count: number }) {
  const { t } = useTranslation('rules');
  const { form } = useDraft();
  const path = `tables.${name}.rows[${row}]`;
  const table = asContent(form.get(`tables.${name}`));
  const columns = columnsOf(table);
  const rowProblems = problemsUnder(form.problems, path).filter((problem) => problem.path === path);
  return (
    <tr className={rowProblems.length > 0 ? 'fr-wrong' : undefined} id={fieldElementId(path)} tabIndex={-1}>
      <th scope="row">
        {t('tables.rowName', { number: row + 1 })}
        <RowActs name={name} row={row} count={count} />
        {rowProblems.length > 0 && <p className="pl-mark-bad pl-word pl-small">{rowProblems.map(problemWords).join(' ')}</p>}
      </th>
      {columns.map((field, at) => (
        <Cell key={at} path={`${path}.when[${at}]`} field={field} row={row} />
      ))}
      <td data-label={t('tables.value')}>
        <LiteralField path={`${path}.value`} label={`${t('tables.value')} (${t('tables.rowName', { number: row + 1 })})`} kind={valueKind(name, table)} list={false} options={[]} bare />
      </td>
    </tr>
  );
}

/** By the unit of the table, or by what its figures look like. */
function valueKind(name: string, table: Record<string, unknown>): string {
  const kind = kindOfTable(name, table) ?? 'decimal';
  return VALUE_KINDS.find((each) => each === kind) ?? 'text';
}

function RowActs({ name, row, count }: { name: string; row: number; count: number }) {
  const { t } = useTranslation(['rules', 'rulewords']);
  const { form } = useDraft();
  if (form.readOnly) return null;
  const path = `tables.${name}.rows`;
  const rows = rowsOf(form.get(`tables.${name}`));
  const which = t('tables.rowName', { number: row + 1 });
  const act = (label: string, disabled: boolean, next: () => unknown[]) => (
    <Button size="compact-xs" variant="subtle" disabled={disabled} aria-label={labelled(label, which)} onClick={() => form.set(path, next(), true)}>
      {label}
    </Button>
  );
  return (
    <div className="fr-rowacts">
      {act(t('rulewords:build.up'), row === 0, () => moved(rows, row, -1))}
      {act(t('rulewords:build.down'), row === count - 1, () => moved(rows, row, 1))}
      {act(t('rulewords:build.remove'), false, () => rows.filter((_, each) => each !== row))}
    </div>
  );
}

function Cell({ path, field, row }: { path: string; field: string; row: number }) {
  const { t } = useTranslation('rules');
  const { form, vocabulary } = useDraft();
  const label = useFactLabel(field);
  const cell = form.get(path);
  const sort = cellSort(cell);
  const options = useCodes(field);
  const kind = factKind(factMap(vocabulary.facts).get(field)?.type, field);
  const which = `${label}, ${t('tables.rowName', { number: row + 1 })}`;
  return (
    <td data-label={label}>
      <NativeSelect
        id={sort === 'any' ? fieldElementId(path) : undefined} aria-label={which} size="xs" disabled={form.readOnly} value={sort}
        onChange={(event) => {
          const next = CELL_SORTS.find((each) => each === event.currentTarget.value) ?? 'any';
          form.set(path, cellAs(next, cell), true);
        }}
        data={CELL_SORTS.map((each) => ({ value: each, label: t(`cell.${each}`) }))}
      />
      {(sort === 'equals' || sort === 'one_of') && (
        <LiteralField path={path} label={`${t(`cell.${sort}`)} (${which})`} kind={kind} list={sort === 'one_of'} options={options} bare />
      )}
      {sort === 'range' && <Range path={path} kind={kind} which={which} />}
    </td>
  );
}

function Range({ path, kind, which }: { path: string; kind: string | undefined; which: string }) {
  const { t } = useTranslation('rules');
  return (
    <div id={fieldElementId(path)} className="fr-range">
      {(['over', 'up_to'] as const).map((end) => (
        <div key={end}>
          <span aria-hidden="true" className="pl-small">
            {t(`cell.${end}`)}
          </span>
          <LiteralField path={`${path}.${end}`} label={`${t(`cell.${end}`)} (${which})`} kind={kind} list={false} options={[]} bare empty={null} />
        </div>
      ))}
    </div>
  );
}

function Default({ path, kind }: { path: string; kind: string }) {
  const { t } = useTranslation('rules');
  const { form } = useDraft();
  const value = form.get(path);
  const unknown = value === null || value === undefined;
  return (
    <div className="fr-default">
      <Checkbox
        label={t('tables.defaultUnknown')} checked={unknown} disabled={form.readOnly}
        onChange={(event) => form.set(path, event.currentTarget.checked ? null : '', true)}
      />
      {!unknown && <LiteralField path={path} label={t('tables.default')} kind={kind} list={false} options={[]} />}
      <p className="pl-small pl-muted">{t('tables.defaultHelp')}</p>
    </div>
  );
}
