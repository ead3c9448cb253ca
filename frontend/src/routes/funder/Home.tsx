// Why: the first page of the funder area.
import { useTranslation } from 'react-i18next';

export default function Home() {
  const { t } = useTranslation('funder');
  return <h1>{t('title')}</h1>;
}
