// Why: empty, loading, failed and offline look and read the same everywhere.
import { Alert, Button, Loader } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { onOutdated } from '@/api/client';
import { PageTitle } from './PageTitle';

export function Loading() {
  const { t } = useTranslation();
  return (
    <p role="status" className="pl-muted" style={{ display: 'flex', gap: '0.5rem', alignItems: 'center' }}>
      <Loader size="sm" aria-hidden="true" />
      {t('state.loading')}
    </p>
  );
}

export function Failed({ onRetry, detail }: { onRetry?: () => void; detail?: string }) {
  const { t } = useTranslation();
  return (
    <Alert color="red" variant="light" title={t('state.failedTitle')} role="alert" className="pl-alert-bad">
      <p>{t('state.failedBody')}</p>
      {detail && <p className="pl-small">{detail}</p>}
      {onRetry && (
        <Button variant="default" onClick={onRetry}>
          {t('actions.retry')}
        </Button>
      )}
    </Alert>
  );
}

export function EmptyState({ children, action }: { children?: ReactNode; action?: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div className="pl-card pl-muted">
      <p>{children ?? t('state.empty')}</p>
      {action}
    </div>
  );
}

export function NotFound() {
  const { t } = useTranslation();
  return (
    <>
      <PageTitle>{t('state.notFoundTitle')}</PageTitle>
      <p>{t('state.notFoundBody')}</p>
    </>
  );
}

/** Somebody is signed in, but this is not for their role. */
export function Forbidden() {
  const { t } = useTranslation();
  return (
    <>
      <PageTitle>{t('state.forbiddenTitle')}</PageTitle>
      <p>{t('state.forbidden')}</p>
    </>
  );
}

/** Whether the browser believes it has a connection. */
function useOnline(): boolean {
  const [online, setOnline] = useState(() => navigator.onLine);
  useEffect(() => {
    const note = () => setOnline(navigator.onLine);
    window.addEventListener('online', note);
    window.addEventListener('offline', note);
    return () => {
      window.removeEventListener('online', note);
      window.removeEventListener('offline', note);
    };
  }, []);
  return online;
}

export function OfflineBanner() {
  const { t } = useTranslation();
  const online = useOnline();
  return (
    <div role="status">
      {!online && (
        <div className="pl-offline">
          <strong>{t('state.offlineTitle')}.</strong> {t('state.offlineBody')}
        </div>
      )}
    </div>
  );
}

/** Shown when the server answers that this page is of another version than itself. */
export function OutdatedBanner() {
  const { t } = useTranslation();
  const [outdated, setOutdated] = useState(false);
  useEffect(() => onOutdated(() => setOutdated(true)), []);
  return (
    <div role="status">
      {outdated && (
        <div className="pl-offline">
          <strong>{t('state.outdatedTitle')}.</strong> {t('state.outdatedBody')}{' '}
          <Button variant="default" size="compact-sm" onClick={() => location.reload()}>
            {t('state.reload')}
          </Button>
        </div>
      )}
    </div>
  );
}

interface QueryState {
  fetching: boolean;
  error?: { message: string; graphQLErrors?: readonly { extensions: Record<string, unknown> }[] } | undefined;
}

/** The server does not tell what is not there from what the role may not see. */
function isNotFound({ error }: QueryState): boolean {
  return error?.graphQLErrors?.some((each) => each.extensions['code'] === 'not_found') ?? false;
}

function NotForYou() {
  const { t } = useTranslation();
  return <EmptyState>{t('state.notForYou')}</EmptyState>;
}

/** Loading, failed or not found for a query whose data has not arrived; null when it has. */
export function QueryWait({ state, found, retry }: { state: QueryState; found: boolean; retry: () => void }) {
  if (found) return null;
  if (state.fetching) return <Loading />;
  if (isNotFound(state)) return <NotForYou />;
  if (state.error) return <Failed onRetry={retry} />;
  return <NotFound />;
}
