// Why: whoever was erased has no account page any more, and still reads what came of it.
import { useTranslation } from 'react-i18next';
import { PageTitle } from '@/components/PageTitle';

export default function Erased() {
  const { t } = useTranslation('account');
  return (
    <div className="pl-narrow">
      <PageTitle>{t('erased.title')}</PageTitle>
      <p>{t('erased.body')}</p>
    </div>
  );
}
