// Why: whoever gives personal data for the first time reads the notice where they are, and says that they agree.
import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { useLanguage } from '@/i18n';
import { Notices } from './notice';
import { NoticeText } from './NoticeText';

interface Props {
  id: string;
  agreed: string | null;
  error: string | undefined;
  /** The version that was agreed to; null when the tick is taken away. */
  onAgree: (version: string | null) => void;
}

export function NoticeAgree({ id, agreed, error, onAgree }: Props) {
  const { t } = useTranslation();
  const { pick } = useLanguage();
  const [{ data }] = useQuery({ query: Notices, requestPolicy: 'network-only' });
  const notice = data?.notices.find((each) => each.current);
  if (!notice) return null;
  return (
    <div className="pl-card">
      <details>
        <summary>{pick(notice.title)}</summary>
        <NoticeText notice={notice} level={3} />
      </details>
      <Checkbox
        id={id}
        mt="sm"
        label={t('notice.agree', { version: notice.version })}
        checked={agreed === notice.version}
        error={error}
        onChange={(event) => onAgree(event.currentTarget.checked ? notice.version : null)}
      />
    </div>
  );
}
