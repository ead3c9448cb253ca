// Why: what happens to personal data, before anybody types any: the notice that holds, and every other version.
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { NoticeText } from '@/components/NoticeText';
import { Notices } from '@/components/notice';
import { QueryWait } from '@/components/PageStates';
import { PageTitle } from '@/components/PageTitle';
import { date } from '@/format';
import { useLanguage } from '@/i18n';

export default function Privacy() {
  const { t } = useTranslation(['public', 'common']);
  const { language, pick } = useLanguage();
  const [state, ask] = useQuery({ query: Notices, requestPolicy: 'cache-and-network' });
  const notices = state.data?.notices;
  const current = notices?.find((each) => each.current);
  const others = notices?.filter((each) => !each.current) ?? [];
  return (
    <article className="pl-narrow">
      <PageTitle>{current ? pick(current.title) : t('public:privacy.title')}</PageTitle>
      {!notices && <QueryWait state={state} found={false} retry={() => ask({ requestPolicy: 'network-only' })} />}
      {notices && !current && <p>{t('public:privacy.none')}</p>}
      {current && <NoticeText notice={current} />}
      {current && (
        <section>
          <h2>{t('public:privacy.withdraw.title')}</h2>
          <p>{t('public:privacy.withdraw.body')}</p>
        </section>
      )}
      {others.length > 0 && (
        <section>
          <h2>{t('public:privacy.others')}</h2>
          {others.map((notice) => (
            <details key={notice.version}>
              <summary>
                {t('common:notice.version', { version: notice.version, day: date(notice.effectiveFrom, language) })}
              </summary>
              <NoticeText notice={notice} level={3} />
            </details>
          ))}
        </section>
      )}
    </article>
  );
}
