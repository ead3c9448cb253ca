// Why: a place that one does not know is ended at once.
import { Button } from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { endSessions, ownSessions, type OwnSession } from '@/api/account';
import type { PlainProblem } from '@/api/auth';
import { ErrorSummary } from '@/components/ErrorSummary';
import { DateTimeHkt } from '@/components/Figures';
import { Loading } from '@/components/PageStates';
import { deviceOf } from '@/device';

export function Sessions() {
  const { t } = useTranslation('account');
  const [sessions, setSessions] = useState<readonly OwnSession[] | null>(null);
  const [problems, setProblems] = useState<readonly PlainProblem[]>([]);
  const load = useCallback(
    () =>
      ownSessions().then((answer) => {
        if ('sessions' in answer) setSessions(answer.sessions);
        else setProblems(answer.problems);
      }),
    [],
  );
  useEffect(() => void load(), [load]);
  async function end(id?: string) {
    setProblems(await endSessions(id));
    await load();
  }
  const shortName = (device: string) => {
    const known = deviceOf(device);
    return known ? t('sessions.device', known) : device || t('sessions.unknown');
  };
  const others = sessions?.some((session) => !session.current) ?? false;
  return (
    <section className="pl-card" aria-labelledby="account-sessions">
      <h2 id="account-sessions">{t('sessions.title')}</h2>
      <p className="pl-muted">{t('sessions.intro')}</p>
      <ErrorSummary problems={problems} fieldId={() => ''} />
      {sessions === null && problems.length === 0 && <Loading />}
      <ul className="pl-list">
        {sessions?.map((session) => (
          <li key={session.id} className="pl-card">
            <p>
              <strong>{shortName(session.device)}</strong>
            </p>
            {deviceOf(session.device) && <p className="pl-small pl-muted">{session.device}</p>}
            <p className="pl-small">
              {t('sessions.from', { address: session.address })} · {t(`sessions.way.${session.way}`)} · {t('sessions.since')} <DateTimeHkt at={session.createdAt} /> ·{' '}
              {t('sessions.seen')} <DateTimeHkt at={session.lastSeenAt} />
            </p>
            {session.current ? (
              <p>{t('sessions.current')}</p>
            ) : (
              <Button variant="default" onClick={() => void end(session.id)}>
                {t('sessions.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {others && (
        <div className="pl-actions">
          <Button variant="default" onClick={() => void end()}>
            {t('sessions.endOthers')}
          </Button>
        </div>
      )}
    </section>
  );
}
