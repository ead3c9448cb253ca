// Why: when the live figures of a draft cannot be worked out, the rest of its page stays, with a line that says so.
import { useTranslation } from 'react-i18next';

export function NoFigures({ missing }: { missing: boolean }) {
  const { t } = useTranslation('applicant');
  return <p role="status">{missing && <span className="pl-mark-warn pl-word">{t('noFigures')}</span>}</p>;
}
