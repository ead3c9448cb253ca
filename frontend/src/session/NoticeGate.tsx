// Why: a new version of the notice on personal data is read before going on; the page behind it stays as it is, with
// everything that was typed.
import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { problemsOf } from '@/api/problems';
import { ErrorSummary } from '@/components/ErrorSummary';
import { NoticeText } from '@/components/NoticeText';
import { Notices } from '@/components/notice';
import type { ProblemLike } from '@/components/ProblemText';
import { graphql } from '@/gql';
import { useLanguage } from '@/i18n';
import { useSession } from './session';

const NoticeAgreeDocument = graphql(`
  mutation NoticeAgree($input: NoticeAgreeInput!) {
    noticeAgree(input: $input) {
      problems {
        ...ProblemShown
      }
    }
  }
`);

export function NoticeGate({ wanted, onLeave }: { wanted: string; onLeave: () => void }) {
  const { t } = useTranslation();
  const { pick } = useLanguage();
  const { refresh } = useSession();
  const [{ data }] = useQuery({ query: Notices, requestPolicy: 'network-only' });
  const [{ fetching }, agree] = useMutation(NoticeAgreeDocument);
  const [problems, setProblems] = useState<readonly ProblemLike[]>([]);
  const notice = data?.notices.find((each) => each.version === wanted);
  if (!notice) return null;
  async function go() {
    const answer = await agree({ input: { version: wanted } });
    setProblems(problemsOf(answer.data?.noticeAgree));
    // Asks again who one is: with a still newer version, that one is shown.
    refresh(false);
  }
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
      size="xl"
      title={<strong>{pick(notice.title)}</strong>}
    >
      <p>{t('notice.new')}</p>
      <ErrorSummary problems={problems} />
      <NoticeText notice={notice} level={3} />
      <div className="pl-actions">
        <Button loading={fetching} onClick={() => void go()}>
          {t('notice.agreeGo')}
        </Button>
        <Button variant="default" onClick={onLeave}>
          {t('signOut')}
        </Button>
      </div>
    </Modal>
  );
}
