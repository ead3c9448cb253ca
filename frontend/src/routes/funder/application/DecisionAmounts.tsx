// Why: an award is decided line by line; the sum follows what is typed, exactly.
import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { amount } from '@/format';
import { sumDecimals } from '../../applicant/sums';
import type { AskedLine } from './content';
import { total, type Typed } from './decisionDraft';

interface Props {
  lines: readonly AskedLine[];
  typed: Typed;
  editable: boolean;
  errorAt: (path: string) => string | undefined;
  onChange: (id: string, text: string) => void;
}

export function DecisionAmounts({ lines, typed, editable, errorAt, onChange }: Props) {
  const { t } = useTranslation(['funder', 'common']);
  const sum = total(typed, lines);
  return (
    <div className="pl-field" id="decision-lines" tabIndex={-1}>
      {errorAt('lines') && <p className="pl-mark-bad pl-word pl-small">{errorAt('lines')}</p>}
      <div className="pl-scroll" tabIndex={0} role="group" aria-label={t('decision.lines')}>
        <table className="pl-table fu-dense pl-compact">
          <caption className="pl-hidden">{t('decision.lines')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('budget.line')}</th>
              <th scope="col" className="pl-end">
                {t('decision.asked')}
              </th>
              <th scope="col" className="pl-end">
                {t('decision.approved')}
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line, position) => (
              <tr key={line.id}>
                <th scope="row">{line.description || line.id}</th>
                <td className="pl-end">{amount(line.asked)}</td>
                <td className="pl-end">
                  {editable ? (
                    <TextInput
                      id={`decision-line-${line.id}`}
                      aria-label={t('decision.approvedFor', { line: line.description || line.id })}
                      inputMode="decimal"
                      value={typed.amounts[line.id] ?? amount(line.asked)}
                      error={errorAt(`lines[${position}].amount`)}
                      onChange={(event) => onChange(line.id, event.currentTarget.value)}
                    />
                  ) : (
                    amount(line.asked)
                  )}
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t('decision.asTyped')}</th>
              <td className="pl-end">{amount(sumDecimals(lines.map((line) => line.asked)) ?? '0')}</td>
              <td className="pl-end" aria-live="polite">
                {sum === null ? t('common:state.unknown') : amount(sum)}
              </td>
            </tr>
          </tfoot>
        </table>
      </div>
    </div>
  );
}
