// Why: the first page of the council area.
import { useTranslation } from 'react-i18next';

export default function SectorReport() {
  const { t } = useTranslation('council');
  return <h1>{t('title')}</h1>;
}
