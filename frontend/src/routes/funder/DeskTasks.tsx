// Why: decisions that wait for a second person and open appeals are found on the first page, oldest first.
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { dateTime, money } from '@/format';
import { graphql } from '@/gql';
import { labelled, useLanguage } from '@/i18n';

const DeskTasksDocument = graphql(`
  query DeskTasks {
    deskTasks {
      kind
      submissionId
      reference
      since
      amount
      organisation {
        en
        zh
      }
    }
  }
`);

export function DeskTasks() {
  const { t } = useTranslation('award');
  const { pick, language } = useLanguage();
  const { funder } = useParams({ from: '/f/$funder' });
  const [{ data }] = useQuery({ query: DeskTasksDocument, requestPolicy: 'cache-and-network' });
  const tasks = (data?.deskTasks ?? []).toSorted((one, other) => one.since.localeCompare(other.since));
  if (tasks.length === 0) return null;
  return (
    <section className="pl-card" aria-labelledby="desk-title">
      <h2 id="desk-title">{t('desk.title')}</h2>
      <ul className="pl-list">
        {tasks.map((task) => (
          <li key={`${task.kind}${task.submissionId}`} className="pl-row">
            <span>
              <Link to="/f/$funder/applications/$id" params={{ funder, id: task.submissionId }} search={{ part: 'decisions' }}>
                {labelled(t(task.kind === 'appeal' ? 'desk.appeal' : 'desk.confirm'), task.reference)}
              </Link>{' '}
              {pick(task.organisation)}
              {task.amount !== null && <span className="pl-num"> · {money(task.amount)}</span>}
            </span>
            <span className="pl-small pl-muted">{t('desk.since', { time: dateTime(task.since, language) })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
