// Why: a file that comes back is read by the server, and every change and problem is seen before the
// draft takes it over.
import { Button, FileButton, Group, Modal } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorSummary } from '@/components/ErrorSummary';
import type { ProblemLike } from '@/components/ProblemText';
import { formContent } from '../body';
import { DifferenceView } from '../DifferenceView';
import { FileActs } from '../FileActs';
import { bring, type Brought } from '../files';
import { useDraft, useTelling } from './context';

export function FileBar({ name }: { name: string }) {
  const { t } = useTranslation('rules');
  const { form, draftId } = useDraft();
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<readonly ProblemLike[]>([]);
  const [brought, setBrought] = useState<Brought | null>(null);
  const clearFile = useRef<() => void>(null);
  /** A file is compared with, and made from, what the server has; so what is being typed is saved first. */
  const saved = async () => form.readOnly || form.status === 'saved' || (await form.saveNow()) !== null;

  async function take(file: File | null) {
    if (!file) return;
    setBusy(true);
    const answer = (await saved()) ? await bring(draftId, file) : { problems: [UNSAVED] };
    clearFile.current?.();
    setBusy(false);
    setProblems('problems' in answer ? answer.problems : []);
    if ('brought' in answer) setBrought(answer.brought);
  }
  return (
    <section className="pl-noprint" aria-label={t('file.title')}>
      <ErrorSummary problems={problems} />
      <div className="fu-actions">
        <FileActs source={{ draftId }} name={name} of={t('draft.word')} before={saved} />
        {!form.readOnly && (
          <FileButton resetRef={clearFile} accept=".json,.xlsx" onChange={(file) => void take(file)} inputProps={{ 'aria-label': t('file.import') }}>
            {(props) => (
              <Button size="compact-sm" variant="default" loading={busy} {...props}>
                {t('file.import')}
              </Button>
            )}
          </FileButton>
        )}
      </div>
      {brought && (
        <ImportDialog
          brought={brought}
          onClose={() => setBrought(null)}
          onKeep={() => {
            form.replace(formContent(brought.body, brought.sections));
            setBrought(null);
          }}
        />
      )}
    </section>
  );
}

const UNSAVED: ProblemLike = { code: 'workbook_unsaved', path: '', message: '', params: [] };

function ImportDialog({ brought, onClose, onKeep }: { brought: Brought; onClose: () => void; onKeep: () => void }) {
  const { t } = useTranslation(['rules', 'common']);
  const { vocabulary } = useDraft();
  const telling = useTelling(brought.body, vocabulary.facts);
  const same = brought.changes.length === 0;
  return (
    <Modal
      opened onClose={onClose} size="xl" title={<strong>{t('file.dialog')}</strong>}
      closeButtonProps={{ 'aria-label': t('common:actions.close') }}
    >
      {brought.problems.length > 0 && <p>{t('file.problems', { count: brought.problems.length })}</p>}
      <ErrorSummary problems={brought.problems} takeFocus={false} nameOf={(problem) => problem.path || undefined} />
      <DifferenceView changes={brought.changes} telling={telling} before={t('file.before')} after={t('file.after')} />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {same ? t('common:actions.close') : t('common:actions.cancel')}
        </Button>
        {!same && <Button onClick={onKeep}>{t('file.keep')}</Button>}
      </Group>
    </Modal>
  );
}
