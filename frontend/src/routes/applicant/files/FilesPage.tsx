// Why: an applicant attaches the papers that support an application and sees at once which can be read, which are
// still checked and which were refused; after submitting they are frozen.
import { Link, useParams } from '@tanstack/react-router';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { problemsOf } from '@/api/problems';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { ErrorSummary } from '@/components/ErrorSummary';
import { FileTable } from '@/components/files/FileTable';
import { FileShown } from '@/components/files/query';
import { EmptyState, QueryWait } from '@/components/PageStates';
import { PageTitle } from '@/components/PageTitle';
import type { ProblemLike } from '@/components/ProblemText';
import { readFragment } from '@/gql';
import type { FileShownFragment, FilesPageQuery } from '@/gql/graphql';
import { useLanguage } from '@/i18n';
import { useSession } from '@/session/session';
import { mayAttach } from '../may';
import { AddFiles } from './AddFiles';
import { FileRemove, FilesPageDocument } from './query';
import { useUploads } from './useUploads';

const FROM = '/o/$org/applications/$id/files';
const POLL_MILLISECONDS = 1500;
const BYTES_PER_MEGABYTE = 1024 * 1024;

type Application = NonNullable<FilesPageQuery['application']>;

export default function FilesPage() {
  const { id } = useParams({ from: FROM });
  const [state, ask] = useQuery({ query: FilesPageDocument, variables: { id }, requestPolicy: 'cache-and-network' });
  const refetch = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  const application = state.data?.application;
  const files = readFragment(FileShown, application?.files ?? NO_FILES);
  const waiting = files.some((file) => file.state === 'QUARANTINED');
  useEffect(() => {
    if (!waiting) return undefined;
    const timer = setInterval(refetch, POLL_MILLISECONDS);
    return () => clearInterval(timer);
  }, [waiting, refetch]);
  if (!application) return <QueryWait state={state} found={false} retry={refetch} />;
  return <Files application={application} files={files} refetch={refetch} />;
}

const NO_FILES: never[] = [];

interface Props {
  application: Application;
  files: readonly FileShownFragment[];
  refetch: () => void;
}

function Files({ application, files, refetch }: Props) {
  const { t } = useTranslation('files');
  const { t: words } = useTranslation('applicant');
  const { pick } = useLanguage();
  const { org, id } = useParams({ from: FROM });
  const { me } = useSession();
  const { uploads, add, dismiss } = useUploads(application.id, refetch);
  const [going, setGoing] = useState<FileShownFragment | null>(null);
  const { fileRules: rules } = application;
  const draft = application.stage === 'DRAFT';
  const open = draft && mayAttach(me?.roles ?? []);
  const megabytes = (bytes: number) => Math.round(bytes / BYTES_PER_MEGABYTE);
  return (
    <>
      <p className="pl-small pl-noprint">
        {draft ? (
          <Link to="/o/$org/applications/$id" params={{ org, id }}>
            ‹ {words('section.backToTasks')}
          </Link>
        ) : (
          <Link to="/o/$org/applications/$id/submitted" params={{ org, id }}>
            ‹ {words('tasks.submitted')}
          </Link>
        )}{' '}
        · {application.reference} · {pick(application.title) || words('home.untitled')}
      </p>
      <PageTitle>{t('title')}</PageTitle>
      <p className="pl-narrow">{t('intro')}</p>
      <p className="pl-narrow pl-muted pl-small">
        {t('rules', { mib: megabytes(rules.bytesMax), files: rules.filesMax, total: megabytes(rules.totalMax) })}
      </p>
      <p className="pl-note">{t(rules.scanned ? 'willScan' : 'notScanned')}</p>
      {!open && <p>{draft ? t('mayNot') : t('frozen')}</p>}
      {open && <AddFiles endings={rules.endings} uploads={uploads} onAdd={add} onDismiss={dismiss} />}
      {files.length === 0 ? <EmptyState>{t('table.none')}</EmptyState> : <FileTable files={files} {...(open ? { onRemove: setGoing } : {})} />}
      {open && files.length > 0 && <p className="pl-muted pl-small">{t('submitNote')}</p>}
      <Removing file={going} onClose={() => setGoing(null)} />
    </>
  );
}

/** Asks once more, and says what was removed. */
function Removing({ file, onClose }: { file: FileShownFragment | null; onClose: () => void }) {
  const { t } = useTranslation('files');
  const [state, remove] = useMutation(FileRemove);
  const [problems, setProblems] = useState<readonly ProblemLike[]>([]);
  const [gone, setGone] = useState('');
  async function confirmed() {
    if (!file) return;
    const payload = (await remove({ input: { fileId: file.id } })).data?.fileRemove;
    const found = problemsOf(payload);
    setProblems(found);
    setGone(found.length === 0 ? file.name : '');
    onClose();
  }
  return (
    <>
      <ErrorSummary problems={problems} />
      <p role="status">{gone !== '' && t('removed', { name: gone })}</p>
      <ConfirmDialog
        opened={file !== null}
        title={t('removeTitle')}
        confirm={t('remove')}
        danger
        busy={state.fetching}
        onConfirm={() => void confirmed()}
        onClose={onClose}
      >
        <p>{t('removeBody', { name: file?.name ?? '' })}</p>
      </ConfirmDialog>
    </>
  );
}
