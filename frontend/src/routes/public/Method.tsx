// Why: a page that anybody may read.
import { useTranslation } from 'react-i18next';

export default function Method() {
  const { t } = useTranslation('public');
  return <h1>{t('title')}</h1>;
}
