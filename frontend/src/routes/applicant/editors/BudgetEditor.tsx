// Why: a budget is lines × financial years × sources of money; the ask, the cost and the cap come
// from the server with each save, the running sums only help to check one's typing.
import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Money } from '@/components/Figures';
import { financialYears, money } from '@/format';
import { readFragment, type FragmentType } from '@/gql';
import { PreviewFigures } from '../preview';
import { Field } from '../section/Field';
import { questionOf, useSectionContext } from '../section/context';
import { rowsAt, textAt, type Content } from '../section/path';
import { sumDecimals } from '../sums';
import { BudgetCells, sourceName } from './BudgetCells';
import { CostSolver } from './CostSolver';
import { Rows } from './Rows';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const BASIC_SOURCES = ['grant', 'own'];

interface Props {
  preview: FragmentType<typeof PreviewFigures> | null;
  /** The project section, for its dates. */
  project: unknown;
  applicationId: string;
}

export function BudgetEditor({ preview, project, applicationId }: Props) {
  const { t } = useTranslation('applicant');
  const { form, fields } = useSectionContext();
  const cells = rowsAt(form.content, 'lines').flatMap((line) => rowsAt(line, 'cells'));
  const offered = questionOf(fields, 'lines[].cells[].financial_year')?.options.map(({ code }) => code) ?? [];
  const years = budgetYears(cells, project, offered);
  const [added, setAdded] = useState<string[]>([]);
  const inUse = cells.map((cell) => String(cell['source'] ?? ''));
  const sources = [...new Set([...BASIC_SOURCES, ...inUse, ...added])].filter((source) => source !== '');

  return (
    <>
      <BudgetFigures preview={preview} />
      <Rows
        path="lines"
        idPrefix="b"
        addLabel={t('budget.addLine')}
        emptyText={t('budget.empty')}
        rowName={(row, position) => `${position + 1}. ${String(row['description'] ?? '') || t('budget.newLine')}`}
      >
        {(path, row) => (
          <>
            <div className="pl-fields">
              <div className="pl-wide">
                <Field path={`${path}.description`} />
              </div>
              <Field path={`${path}.cost_type`} />
              <Field path={`${path}.scope`} />
              <Field path={`${path}.cost_hkd`} />
            </div>
            <BudgetCells path={path} line={row} years={years} sources={sources} />
          </>
        )}
      </Rows>
      {!form.readOnly && <AddSource sources={sources} onAdd={(source) => setAdded([...added, source])} />}
      <YearTotals cells={cells} years={years} sources={sources} />
      <CostSolver applicationId={applicationId} />
      <div className="pl-card pl-narrow">
        <Field path="requested_hkd" />
      </div>
    </>
  );
}

/** The years of the project, and any other year that already carries money. */
export function budgetYears(cells: readonly Content[], project: unknown, offered: readonly string[]): string[] {
  const start = textAt(project, 'start_on');
  const end = textAt(project, 'end_on');
  const own = DATE.test(start) && DATE.test(end) && start <= end ? financialYears(start, end) : offered.slice(0, 3);
  const used = cells.map((cell) => String(cell['financial_year'] ?? '')).filter((year) => year !== '');
  return [...new Set([...own, ...used])].toSorted();
}

function BudgetFigures({ preview }: { preview: Props['preview'] }) {
  const { t } = useTranslation('applicant');
  const figures = readFragment(PreviewFigures, preview);
  if (!figures) return null;
  return (
    <section className="pl-figures" aria-label={t('budget.figures')} aria-live="polite">
      <div>
        <span className="pl-muted">{t('budget.ask')}</span>
        <strong>
          <Money amount={figures.ask} />
        </strong>
      </div>
      <div>
        <span className="pl-muted">{t('budget.cost')}</span>
        <strong>
          <Money amount={figures.totalCost} />
        </strong>
      </div>
      <div>
        <span className="pl-muted">{t('budget.cap')}</span>
        <strong>
          <Money amount={figures.cap} />
        </strong>
      </div>
    </section>
  );
}

function AddSource({ sources, onAdd }: { sources: string[]; onAdd: (source: string) => void }) {
  const { t } = useTranslation('applicant');
  const [name, setName] = useState('');
  const other = `other:${name.trim()}`;
  return (
    <section className="pl-card" aria-label={t('budget.addSource')} style={{ marginTop: '1rem' }}>
      <div className="pl-coirow">
        <TextInput
          label={t('budget.otherFunder')}
          description={t('budget.otherFunderHelp')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <div style={{ display: 'flex', gap: '0.5rem', flexWrap: 'wrap' }}>
          <Button
            variant="default"
            disabled={name.trim() === '' || sources.includes(other)}
            onClick={() => {
              onAdd(other);
              setName('');
            }}
          >
            {t('budget.addFunder')}
          </Button>
          {!sources.includes('in_kind') && (
            <Button variant="default" onClick={() => onAdd('in_kind')}>
              {t('budget.addInKind')}
            </Button>
          )}
        </div>
      </div>
    </section>
  );
}

function YearTotals({ cells, years, sources }: { cells: Content[]; years: string[]; sources: string[] }) {
  const { t } = useTranslation('applicant');
  if (cells.length === 0) return null;
  const total = (source: string | null, year: string | null) => {
    const sum = sumDecimals(
      cells
        .filter((cell) => source === null || cell['source'] === source)
        .filter((cell) => year === null || cell['financial_year'] === year)
        .map((cell) => cell['amount']),
    );
    return sum === null ? '—' : money(sum);
  };
  return (
    <section className="pl-card">
      <h2>{t('budget.byYear')}</h2>
      <p className="pl-muted pl-small">{t('budget.byYearHelp')}</p>
      <div className="pl-scroll" tabIndex={0} role="group" aria-label={t('budget.byYear')}>
        <table className="pl-table">
          <thead>
            <tr>
              <th scope="col">{t('budget.source')}</th>
              {years.map((year) => (
                <th key={year} scope="col" className="pl-end">
                  {year}
                </th>
              ))}
              <th scope="col" className="pl-end">
                {t('budget.sum')}
              </th>
            </tr>
          </thead>
          <tbody>
            {sources.map((source) => (
              <tr key={source}>
                <th scope="row">{sourceName(source, t)}</th>
                {years.map((year) => (
                  <td key={year} className="pl-end">
                    {total(source, year)}
                  </td>
                ))}
                <td className="pl-end">{total(source, null)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t('budget.sum')}</th>
              {years.map((year) => (
                <td key={year} className="pl-end">
                  {total(null, year)}
                </td>
              ))}
              <td className="pl-end">{total(null, null)}</td>
            </tr>
          </tfoot>
        </table>
      </div>
    </section>
  );
}
