// Why: a source of money goes by one name wherever it stands.
import { useTranslation } from 'react-i18next';
import { sourceName } from '@/routes/applicant/editors/BudgetCells';

/** The name of a source in the language on screen. */
export function usePayer(): (source: string) => string {
  const { t } = useTranslation('applicant');
  return (source) => sourceName(source, t);
}
