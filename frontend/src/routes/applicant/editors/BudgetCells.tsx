// Why: the money of one budget line: a small table of sources by financial year.
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { money } from '@/format';
import { labelled } from '@/i18n';
import { errorAt, fieldElementId, questionOf, useSectionContext } from '../section/context';
import { MoneyField } from '../section/NumberFields';
import { getAt, rowsAt, type Content } from '../section/path';
import { sumDecimals } from '../sums';

interface Props {
  path: string;
  line: Content;
  years: string[];
  sources: string[];
}

export function sourceName(source: string, t: TFunction<'applicant'>): string {
  if (source === 'grant' || source === 'own' || source === 'in_kind') return t(`budget.sources.${source}`);
  return source.replace(/^other:/, '');
}

export function BudgetCells({ path, line, years, sources }: Props) {
  const { t } = useTranslation('applicant');
  const { form, shown } = useSectionContext();
  const cells = rowsAt(line, 'cells');
  const name = String(line['description'] ?? '') || t('budget.newLine');
  const error = errorAt(shown, `${path}.cells`);
  const total = sumDecimals(cells.map((cell) => cell['amount']));
  return (
    <div id={fieldElementId(`${path}.cells`)} tabIndex={-1}>
      {error && <p className="pl-mark-bad pl-word pl-small">{error}</p>}
      <div className="pl-scroll" tabIndex={0} role="group" aria-label={t('budget.moneyOf', { name })}>
        <table className="pl-table pl-compact">
          <caption className="pl-hidden">{t('budget.moneyOf', { name })}</caption>
          <thead>
            <tr>
              <th scope="col">{t('budget.source')}</th>
              {years.map((year) => (
                <th key={year} scope="col" className="pl-end">
                  {year}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sources.map((source) => (
              <tr key={source}>
                <th scope="row">{sourceName(source, t)}</th>
                {years.map((year) => (
                  <td key={year}>
                    <Cell
                      path={path}
                      year={year}
                      source={source}
                      label={labelled(`${sourceName(source, t)} ${year}`, name)}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="pl-small pl-sum">
        {labelled(t('budget.lineSum'))} <strong className="pl-num">{total === null ? '—' : money(total)}</strong>
        {shown
          .filter((problem) => problem.path === path)
          .map((problem) => (
            <span key={problem.code} className="pl-mark-bad"> {errorAt(shown, problem.path)}</span>
          ))}
      </p>
      {form.get(`${path}.cells`) === undefined && <p className="pl-muted pl-small">{t('budget.cellsHelp')}</p>}
    </div>
  );
}

function Cell({ path, year, source, label }: { path: string; year: string; source: string; label: string }) {
  const { form, fields, shown } = useSectionContext();
  const cells = rowsAt(form.content, `${path}.cells`);
  const position = cells.findIndex((cell) => cell['financial_year'] === year && cell['source'] === source);
  const at = `${path}.cells[${position === -1 ? cells.length : position}]`;
  const field = questionOf(fields, `${path}.cells[0].amount`);
  if (!field) return null;

  function change(amount: unknown) {
    if (amount === undefined) {
      if (position !== -1) form.set(at, undefined);
    } else if (position === -1) {
      form.set(at, { financial_year: year, source, amount });
    } else {
      form.set(`${at}.amount`, amount);
    }
  }
  const existing = position !== -1;
  return (
    <MoneyField
      bare
      parts={{
        id: existing ? fieldElementId(`${at}.amount`) : `${fieldElementId(path)}-${year}-${source}`,
        path: `${at}.amount`,
        field,
        label,
        help: '',
        error: existing ? errorAt(shown, `${at}.amount`) : undefined,
        value: existing ? getAt(form.content, `${at}.amount`) : undefined,
        disabled: form.readOnly,
        onChange: change,
      }}
    />
  );
}
