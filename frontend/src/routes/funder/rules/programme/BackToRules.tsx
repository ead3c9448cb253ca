// Why: every page of the rules leads back to their list.
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

export function BackToRules({ programme }: { programme?: string }) {
  const { t } = useTranslation('rules');
  const { funder } = useParams({ from: '/f/$funder' });
  return (
    <p className="pl-small">
      {programme === undefined ? (
        <Link to="/f/$funder/rules" params={{ funder }}>
          ‹ {t('title')}
        </Link>
      ) : (
        <Link to="/f/$funder/rules/$programme" params={{ funder, programme }}>
          ‹ {t('toProgramme')}
        </Link>
      )}
    </p>
  );
}
