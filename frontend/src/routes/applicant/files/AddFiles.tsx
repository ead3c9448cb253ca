// Why: files come by a plain button or by dropping them; each says how far it is, and what is refused says why
// where it happened.
import { Button, FileButton, NativeSelect } from '@mantine/core';
import { useRef, useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemText } from '@/components/ProblemText';
import type { FileKind } from '@/gql/graphql';
import type { Upload } from './useUploads';

const KINDS = ['QUOTATION', 'AUDITED_ACCOUNTS', 'BOARD_MINUTES', 'REGISTRATION', 'PROJECT_PLAN', 'OTHER'] as const satisfies readonly FileKind[];

interface Props {
  endings: readonly string[];
  uploads: readonly Upload[];
  onAdd: (files: readonly File[], kind: FileKind) => void;
  onDismiss: () => void;
}

export function AddFiles({ endings, uploads, onAdd, onDismiss }: Props) {
  const { t } = useTranslation('files');
  const [kind, setKind] = useState<FileKind>('QUOTATION');
  const [over, setOver] = useState(false);
  const clearFiles = useRef<() => void>(null);

  function take(files: readonly File[]) {
    if (files.length > 0) onAdd(files, kind);
    // The same file may be chosen again after it was put right.
    clearFiles.current?.();
  }
  function hover(event: DragEvent) {
    event.preventDefault();
    setOver(true);
  }
  function dropped(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    take([...event.dataTransfer.files]);
  }
  return (
    <section className="pl-card pl-noprint" aria-labelledby="add-files-title">
      <h2 id="add-files-title">{t('add.title')}</h2>
      <NativeSelect
        label={t('add.kind')}
        value={kind}
        onChange={(event) => setKind(KINDS.find((each) => each === event.currentTarget.value) ?? 'OTHER')}
        data={KINDS.map((each) => ({ value: each, label: t(`kind.${each}`) }))}
        maw="24rem"
      />
      <div
        className={over ? 'pl-drop pl-drop-over' : 'pl-drop'}
        onDragEnter={hover}
        onDragOver={hover}
        onDragLeave={() => setOver(false)}
        onDrop={dropped}
      >
        <FileButton
          multiple
          resetRef={clearFiles}
          accept={endings.map((ending) => `.${ending}`).join(',')}
          onChange={take}
          inputProps={{ 'aria-label': t('add.choose') }}
        >
          {(props) => <Button {...props}>{t('add.choose')}</Button>}
        </FileButton>
        <span>{over ? t('add.dropNow') : t('add.drop')}</span>
      </div>
      <Sending uploads={uploads} />
      <Refused uploads={uploads.filter((each) => each.state === 'refused')} onDismiss={onDismiss} />
    </section>
  );
}

function Sending({ uploads }: { uploads: readonly Upload[] }) {
  const { t } = useTranslation('files');
  const shown = uploads.filter((each) => each.state !== 'refused');
  return (
    <div role="status">
      {shown.length > 0 && (
        <ul className="pl-list">
          {shown.map((each) => (
            <li key={each.id} className="pl-upload">
              {each.state === 'sent' && t('add.sent', { name: each.name })}
              {each.state === 'queued' && `${each.name}: ${t('add.queued')}`}
              {each.state === 'sending' && (
                <>
                  <span>{t('add.sending', { name: each.name })}</span>
                  <progress aria-label={t('add.sending', { name: each.name })} value={each.share} max={1} />
                </>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Refused({ uploads, onDismiss }: { uploads: readonly Upload[]; onDismiss: () => void }) {
  const { t } = useTranslation('files');
  return (
    <div role="alert">
      {uploads.length > 0 && (
        <div className="pl-errors">
          <h3>{t('add.refusedTitle')}</h3>
          <ul>
            {uploads.map((each) => (
              <li key={each.id}>
                <strong className="pl-filename">{each.name}</strong>
                <ul>
                  {each.problems.map((problem) => (
                    <li key={`${problem.code}-${problem.path}`}>
                      <ProblemText problem={problem} />
                    </li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
          <p>{t('add.refusedHelp')}</p>
          <Button size="compact-sm" variant="default" onClick={onDismiss}>
            {t('add.dismiss')}
          </Button>
        </div>
      )}
    </div>
  );
}
