// Why: what was spent, by source and year, each figure with what the budget had planned for it.
import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { money } from '@/format';
import type { FieldDataFragment } from '@/gql/graphql';
import { labelled } from '@/i18n';
import { sourceName } from '../editors/BudgetCells';
import { MoneyField } from '../section/NumberFields';
import { errorAt, fieldElementId, useSectionContext } from '../section/context';
import { rowsAt, textAt, type Content } from '../section/path';
import { spentSources, spentYears, yearWord } from './spent';

const MONEY: FieldDataFragment = {
  path: 'spent[].amount',
  kind: 'money',
  required: false,
  maxChars: null,
  unit: 'HKD',
  showIf: null,
  label: { en: '', zh: '' },
  help: { en: '', zh: '' },
  options: [],
};

interface Props {
  forecast: unknown;
  /** The financial year that counts as year 0, such as `2026-27`; null when it is not known. */
  firstYear: string | null;
}

export function SpentTable({ forecast, firstYear }: Props) {
  const { t } = useTranslation('valuemap');
  const { t: words } = useTranslation('applicant');
  const { form } = useSectionContext();
  const planned = rowsAt(forecast, 'spent');
  const spent = rowsAt(form.content, 'spent');
  const [more, setMore] = useState<{ years: number; sources: string[] }>({ years: 0, sources: [] });
  const years = spentYears([...planned, ...spent], more.years);
  const sources = [...new Set([...spentSources([...planned, ...spent]), ...more.sources])];
  return (
    <section className="pl-card" aria-label={t('outturn.spentTitle')}>
      <h2>{t('outturn.spentTitle')}</h2>
      <p className="pl-muted pl-small">{t('outturn.spentHelp')}</p>
      <div className="pl-scroll" tabIndex={0} role="group" aria-label={t('outturn.spentTitle')}>
        <table className="pl-table pl-compact">
          <thead>
            <tr>
              <th scope="col">{t('outturn.source')}</th>
              {years.map((year) => (
                <th key={year} scope="col" className="pl-end">
                  {yearWord(year, firstYear)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sources.map((source) => (
              <tr key={source}>
                <th scope="row">{sourceName(source, words)}</th>
                {years.map((year) => (
                  <td key={year}>
                    <SpentCell
                      label={labelled(sourceName(source, words), yearWord(year, firstYear))}
                      year={year}
                      source={source}
                      planned={planned.find((row) => row['year'] === year && row['source'] === source)}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {!form.readOnly && (
        <Group mt="sm" align="end">
          <Button variant="default" onClick={() => setMore({ ...more, years: more.years + 1 })}>
            {t('outturn.addYear')}
          </Button>
          <AddSource known={sources} onAdd={(source) => setMore({ ...more, sources: [...more.sources, source] })} />
        </Group>
      )}
    </section>
  );
}

function SpentCell({ label, year, source, planned }: { label: string; year: number; source: string; planned: Content | undefined }) {
  const { t } = useTranslation('valuemap');
  const { form, shown } = useSectionContext();
  const rows = rowsAt(form.content, 'spent');
  const found = rows.findIndex((row) => row['year'] === year && row['source'] === source);
  const path = `spent[${found === -1 ? rows.length : found}]`;

  function change(amount: unknown) {
    if (amount !== undefined) form.set(path, { year, source, amount });
    else if (found !== -1) form.set('spent', rows.filter((_, position) => position !== found));
  }
  const plan = textAt(planned, 'amount');
  return (
    <>
      <MoneyField
        bare
        parts={{
          id: found === -1 ? `spent-${year}-${source}` : fieldElementId(`${path}.amount`),
          path: `${path}.amount`,
          field: MONEY,
          label,
          help: '',
          error: found === -1 ? undefined : (errorAt(shown, `${path}.amount`) ?? errorAt(shown, path)),
          value: rows[found]?.['amount'],
          disabled: form.readOnly,
          onChange: change,
        }}
      />
      {plan !== '' && <div className="pl-small pl-muted pl-end">{t('outturn.planned', { amount: money(plan) })}</div>}
    </>
  );
}

function AddSource({ known, onAdd }: { known: readonly string[]; onAdd: (source: string) => void }) {
  const { t } = useTranslation('valuemap');
  const { t: words } = useTranslation('applicant');
  const [name, setName] = useState('');
  const source = `other:${name.trim()}`;
  return (
    <>
      <TextInput label={words('budget.otherFunder')} value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <Button
        variant="default"
        disabled={name.trim() === '' || known.includes(source)}
        onClick={() => {
          onAdd(source);
          setName('');
        }}
      >
        {t('outturn.addSource')}
      </Button>
    </>
  );
}
