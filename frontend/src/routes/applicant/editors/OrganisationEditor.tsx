// Why: what the platform already knows is shown with where it comes from, never asked again.
import { useTranslation } from 'react-i18next';
import i18next from 'i18next';
import { money } from '@/format';
import { labelled, wordFor } from '@/i18n';
import { EmptyState } from '@/components/PageStates';
import { Field } from '../section/Field';

interface Fact {
  path: string;
  value: unknown;
  provenance: string;
}

interface Year {
  financialYear: string;
  facts: Fact[];
}

/** Facts by financial year, newest first; facts of no particular year come last. */
export function readFacts(json: unknown): Year[] {
  const years = new Map<string, Fact[]>();
  for (const each of Array.isArray(json) ? (json as Record<string, unknown>[]) : []) {
    const path = each['path'];
    if (typeof path !== 'string') continue;
    const year = typeof each['financial_year'] === 'string' ? each['financial_year'] : '';
    const fact = { path, value: each['value'], provenance: String(each['provenance'] ?? '') };
    years.set(year, [...(years.get(year) ?? []), fact]);
  }
  return [...years]
    .map(([financialYear, facts]) => ({ financialYear, facts }))
    .toSorted((one, other) => (one.financialYear < other.financialYear ? 1 : -1));
}

/** The facts on record, for the applicant and for whoever reads the frozen application. */
export function OrganisationFacts({ facts }: { facts: unknown }) {
  const { t } = useTranslation('applicant');
  const years = readFacts(facts);
  return (
    <>
      {years.length === 0 && <EmptyState>{t('organisation.none')}</EmptyState>}
      {years.map((year, position) => (
        <details key={year.financialYear} open={position === 0 || year.financialYear === ''} className="pl-card">
          <summary>
            <strong>{year.financialYear === '' ? t('organisation.anyYear') : t('organisation.year', { year: year.financialYear })}</strong>
          </summary>
          <div className="pl-scroll" tabIndex={0} role="group" aria-label={t('organisation.fact')}>
            <table className="pl-table" style={{ marginTop: '0.5rem' }}>
              <thead>
                <tr>
                  <th scope="col">{t('organisation.fact')}</th>
                  <th scope="col">{t('organisation.value')}</th>
                  <th scope="col">{t('organisation.provenance')}</th>
                </tr>
              </thead>
              <tbody>
                {year.facts.map((fact) => (
                  <tr key={fact.path}>
                    <th scope="row">{word('facts', fact.path.replace(/^org\./, ''))}</th>
                    <td>{factText(fact)}</td>
                    <td>{fact.provenance === '' ? '' : word('provenances', fact.provenance)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      ))}
    </>
  );
}

export function OrganisationEditor({ facts }: { facts: unknown }) {
  return (
    <>
      <OrganisationFacts facts={facts} />
      <div className="pl-card">
        <Field path="confirmed" />
      </div>
    </>
  );
}

function word(group: 'facts' | 'provenances' | 'codes', code: string): string {
  return wordFor(`applicant:organisation.${group}.${code}`) ?? code.replace(/_/g, ' ');
}

function factText({ path, value }: Fact): string {
  if (value === null || value === undefined) return i18next.t('state.none');
  if (typeof value === 'string' && path.endsWith('_hkd')) return money(value);
  if (Array.isArray(value)) {
    return value
      .map((each: unknown) =>
        typeof each === 'object' && each !== null && 'type' in each && 'value' in each
          ? labelled(word('codes', String(each.type)), String(each.value))
          : String(each),
      )
      .join(i18next.language === 'zh' ? '；' : '; ');
  }
  return word('codes', String(value));
}
