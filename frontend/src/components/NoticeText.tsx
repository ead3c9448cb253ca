// Why: one version of the notice on personal data as it is read, with the language on screen.
import { useTranslation } from 'react-i18next';
import type { NoticesQuery } from '@/gql/graphql';
import { date } from '@/format';
import { useLanguage } from '@/i18n';

export type Notice = NoticesQuery['notices'][number];

export function NoticeText({ notice, level = 2 }: { notice: Notice; level?: 2 | 3 | 4 }) {
  const { t } = useTranslation();
  const { language, pick } = useLanguage();
  const Heading = `h${level}` as const;
  return (
    <>
      <p className="pl-muted">
        {t('notice.version', { version: notice.version, day: date(notice.effectiveFrom, language) })}
      </p>
      {notice.demonstration && <p className="pl-card pl-warncard">{t('notice.demonstration')}</p>}
      {notice.sections.map((section) => (
        <section key={section.title.en}>
          <Heading>{pick(section.title)}</Heading>
          <p>{pick(section.body)}</p>
        </section>
      ))}
    </>
  );
}
