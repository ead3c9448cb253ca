// Why: the first page of the operator area.
import { useTranslation } from 'react-i18next';

export default function Workload() {
  const { t } = useTranslation('operator');
  return <h1>{t('title')}</h1>;
}
