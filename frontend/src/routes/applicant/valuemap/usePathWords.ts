// Why: the words that paths are told with, in the language on screen.
import { useTranslation } from 'react-i18next';
import { useLanguage } from '@/i18n';
import { useSectionContext } from '../section/context';
import type { PathNaming } from './pathWords';

export function usePathWords(): PathNaming {
  const { t } = useTranslation('valuemap');
  const applicant = useTranslation('applicant').t;
  const { pick } = useLanguage();
  const { fields } = useSectionContext();
  const rowWord = (list: string, number: number) => {
    if (list === 'outcomes') return t('outcome', { number });
    if (list === 'stakeholders') return t('stakeholders.row', { number });
    if (list === 'pools') return applicant('costSharing.pool', { number });
    return list === 'volunteers' ? t('volunteers.row', { number }) : t('workbook.row', { number });
  };
  return { fields, pick, rowWord };
}
