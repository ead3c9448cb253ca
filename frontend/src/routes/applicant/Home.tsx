// Why: the first page of the applicant area.
import { useTranslation } from 'react-i18next';

export default function Home() {
  const { t } = useTranslation('applicant');
  return <h1>{t('title')}</h1>;
}
