// Why: the papers that came with an application, to read; whether each was scanned is said beside it.
import { useTranslation } from 'react-i18next';
import { FileTable } from '@/components/files/FileTable';
import { FileShown } from '@/components/files/query';
import { readFragment } from '@/gql';
import type { Received } from './query';

export function FilesPart({ received }: { received: Received }) {
  const { t } = useTranslation('files');
  const files = readFragment(FileShown, received.files);
  return (
    <section className="pl-card" id="files" aria-labelledby="files-title">
      <h2 id="files-title">{t('title')}</h2>
      {files.length === 0 ? <p className="pl-muted">{t('table.noneReceived')}</p> : <FileTable files={files} />}
    </section>
  );
}
