// Why: supporting documents as a list: what each is, by which hash it is known, whether it may be opened, and why
// not.
import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { download } from '@/api/files';
import { problemsOf } from '@/api/problems';
import { DataTable, type Column } from '@/components/DataTable';
import { ErrorSummary } from '@/components/ErrorSummary';
import { DateTimeHkt } from '@/components/Figures';
import type { ProblemLike } from '@/components/ProblemText';
import { Badge, type Tone } from '@/components/StatusBadge';
import { fileSize } from '@/format';
import type { FileShownFragment } from '@/gql/graphql';
import { wordFor } from '@/i18n';
import { FileDownloadGrant } from './query';

const TONE: Record<FileShownFragment['state'], Tone> = { QUARANTINED: 'warn', CLEAN: 'good', REFUSED: 'bad' };
const HASH_LETTERS = 12;

interface Props {
  files: readonly FileShownFragment[];
  /** Given where a file may be taken off. */
  onRemove?: (file: FileShownFragment) => void;
}

export function FileTable({ files, onRemove }: Props) {
  const { t } = useTranslation('files');
  const [, ask] = useMutation(FileDownloadGrant);
  const [busy, setBusy] = useState<string | null>(null);
  const [problems, setProblems] = useState<readonly ProblemLike[]>([]);

  async function take(file: FileShownFragment) {
    setBusy(file.id);
    const payload = (await ask({ input: { fileId: file.id } })).data?.fileDownloadGrant;
    const grant = payload?.grant;
    setProblems(grant ? await download(`/files/get/${grant}`, file.name) : problemsOf(payload));
    setBusy(null);
  }
  const columns: Column<FileShownFragment>[] = [
    { id: 'name', header: t('table.name'), sortBy: (file) => file.name, cell: (file) => <span className="pl-filename">{file.name}</span> },
    { id: 'kind', header: t('table.kind'), sortBy: (file) => t(`kind.${file.kind}`), cell: (file) => t(`kind.${file.kind}`) },
    { id: 'size', header: t('table.size'), numeric: true, sortBy: (file) => file.bytes, cell: (file) => fileSize(file.bytes) },
    {
      id: 'sha256',
      header: t('table.sha256'),
      cell: (file) => (
        <code className="pl-hash" title={file.sha256}>
          {file.sha256.slice(0, HASH_LETTERS)}…
        </code>
      ),
    },
    { id: 'state', header: t('table.state'), sortBy: (file) => t(`state.${file.state}`), cell: (file) => <State file={file} /> },
    { id: 'attached', header: t('table.attached'), sortBy: (file) => file.uploadedAt, cell: (file) => <DateTimeHkt at={file.uploadedAt} /> },
    {
      id: 'acts',
      header: t('table.acts'),
      cell: (file) => (
        <Group gap="xs" className="pl-noprint">
          {file.state === 'CLEAN' && (
            <Button
              size="compact-sm"
              variant="default"
              loading={busy === file.id}
              aria-label={t('downloadOf', { name: file.name })}
              onClick={() => void take(file)}
            >
              {t('download')}
            </Button>
          )}
          {onRemove && (
            <Button size="compact-sm" variant="default" aria-label={t('removeOf', { name: file.name })} onClick={() => onRemove(file)}>
              {t('remove')}
            </Button>
          )}
        </Group>
      ),
    },
  ];
  return (
    <>
      <ErrorSummary problems={problems} />
      <DataTable caption={t('table.caption')} columns={columns} rows={files} rowId={(file) => file.id} />
    </>
  );
}

function State({ file }: { file: FileShownFragment }) {
  const { t } = useTranslation('files');
  const why = file.reason === null ? null : wordFor(`problems:${file.reason}`);
  return (
    <>
      <Badge tone={TONE[file.state]}>{t(`state.${file.state}`)}</Badge>
      <div className="pl-muted pl-small">
        {file.state === 'QUARANTINED' && t('stateHelp.QUARANTINED')}
        {file.state === 'CLEAN' && t(file.scanned ? 'stateHelp.scanned' : 'stateHelp.notScanned')}
        {file.state === 'REFUSED' && why}
      </div>
    </>
  );
}
