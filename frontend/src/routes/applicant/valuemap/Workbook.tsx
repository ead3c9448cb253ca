// Why: people work on figures in Excel; a workbook goes out, comes back, and every changed cell is
// seen before it counts. With one refused cell nothing can be accepted.
import { Button, FileButton, Group, Modal } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorSummary } from '@/components/ErrorSummary';
import { problemWords, type ProblemLike } from '@/components/ProblemText';
import { labelled, useLanguage, wordFor } from '@/i18n';
import { useSectionContext } from '../section/context';
import { pathWords, valueWords } from './pathWords';
import { usePathWords } from './usePathWords';
import { bringWorkbook, downloadWorkbook, type RefusedCell, type WorkbookDiff, type WorkbookKind } from './workbook';

interface Props {
  applicationId: string;
  reference: string;
  kind?: WorkbookKind;
}

/** What the workbook is called here: the words of the value map, or of the cost plan. */
function useSheetWords(kind: WorkbookKind) {
  const map = useTranslation('valuemap').t;
  const cost = useTranslation('cost').t;
  return (key: 'title' | 'help' | 'download' | 'upload' | 'diffTitle' | 'same') =>
    kind === 'cost-plan' ? cost(`sheet.${key}`) : map(`workbook.${key}`);
}

export function Workbook({ applicationId, reference, kind = 'value-map' }: Props) {
  const say = useSheetWords(kind);
  const { language } = useLanguage();
  const { form } = useSectionContext();
  const [busy, setBusy] = useState<'out' | 'in' | null>(null);
  const [problems, setProblems] = useState<readonly ProblemLike[]>([]);
  const [diff, setDiff] = useState<WorkbookDiff | null>(null);
  const clearFile = useRef<() => void>(null);

  /** The workbook is made from what the server has, so what is still being typed is saved first. */
  async function saved(): Promise<boolean> {
    return form.readOnly || form.status === 'saved' || (await form.saveNow()) !== null;
  }
  async function takeOut() {
    setBusy('out');
    setProblems((await saved()) ? await downloadWorkbook(kind, applicationId, `${reference}-${kind}.xlsx`, language) : [UNSAVED]);
    setBusy(null);
  }
  async function bring(file: File | null) {
    if (!file) return;
    setBusy('in');
    const brought = (await saved()) ? await bringWorkbook(kind, applicationId, file) : { problems: [UNSAVED] };
    // The same file may be chosen again after it was put right.
    clearFile.current?.();
    setBusy(null);
    if ('problems' in brought) setProblems(brought.problems);
    else {
      setProblems([]);
      setDiff(brought.diff);
    }
  }
  return (
    <section className="pl-card pl-noprint" aria-label={say('title')}>
      <h2>{say('title')}</h2>
      <p className="pl-muted pl-small">{say('help')}</p>
      <ErrorSummary problems={problems} />
      <Group gap="xs">
        <Button variant="default" loading={busy === 'out'} onClick={() => void takeOut()}>
          {say('download')}
        </Button>
        {!form.readOnly && (
          <FileButton resetRef={clearFile} accept=".xlsx" onChange={(file) => void bring(file)} inputProps={{ 'aria-label': say('upload') }}>
            {(props) => (
              <Button variant="default" loading={busy === 'in'} {...props}>
                {say('upload')}
              </Button>
            )}
          </FileButton>
        )}
      </Group>
      <DiffDialog
        diff={diff}
        kind={kind}
        onClose={() => setDiff(null)}
        onAccept={(content) => {
          form.replace(content);
          setDiff(null);
        }}
      />
    </section>
  );
}

const UNSAVED: ProblemLike = { code: 'workbook_unsaved', path: '', message: '', params: [] };

interface DialogProps {
  diff: WorkbookDiff | null;
  kind: WorkbookKind;
  onClose: () => void;
  onAccept: (content: WorkbookDiff['content']) => void;
}

function DiffDialog({ diff, kind, onClose, onAccept }: DialogProps) {
  const say = useSheetWords(kind);
  const { t } = useTranslation('valuemap');
  const { t: common } = useTranslation();
  const refused = (diff?.refused.length ?? 0) > 0;
  const same = diff !== null && diff.changes.length + diff.added.length + diff.removed.length === 0;
  return (
    <Modal
      opened={diff !== null}
      onClose={onClose}
      size="xl"
      title={<strong>{say('diffTitle')}</strong>}
      closeButtonProps={{ 'aria-label': common('actions.close') }}
    >
      {diff && (
        <>
          {refused && <RefusedCells diff={diff} kind={kind} />}
          {!refused && same && <p>{say('same')}</p>}
          {!same && <Changes diff={diff} />}
          <Group mt="md">
            {!refused && !same && <Button onClick={() => onAccept(diff.content)}>{t('workbook.accept')}</Button>}
            <Button variant="default" onClick={onClose}>
              {refused || same ? common('actions.close') : t('workbook.refuse')}
            </Button>
          </Group>
        </>
      )}
    </Modal>
  );
}

/** The words of a refused cell; those of the problem at large where the workbook has none of its own. */
function refusalWords(refused: RefusedCell, kind: WorkbookKind): string {
  if (kind === 'cost-plan' && refused.code === 'file_not_ours') return wordFor('cost:sheet.notOurs') ?? problemWords(refused);
  const values = Object.fromEntries(refused.params.map(({ name, value }) => [name, value]));
  return wordFor(`valuemap:workbook.why.${refused.code}`, values) ?? problemWords(refused);
}

function RefusedCells({ diff, kind }: { diff: WorkbookDiff; kind: WorkbookKind }) {
  const { t } = useTranslation('valuemap');
  const { form } = useSectionContext();
  const words = usePathWords();
  return (
    <div className="pl-errors" role="alert">
      <h2>{t('workbook.refusedTitle')}</h2>
      <p>{t('workbook.refusedHelp')}</p>
      <ul>
        {diff.refused.map((each, position) => (
          <li key={position}>
            <strong>{each.cell}</strong> {each.path === '' ? '' : labelled(pathWords(each.path, form.content, words))}{' '}
            {refusalWords(each, kind)}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Changes({ diff }: { diff: WorkbookDiff }) {
  const { t } = useTranslation('valuemap');
  const words = usePathWords();
  return (
    <>
      <p>{t('workbook.changed', { count: diff.changes.length })}</p>
      {diff.added.length > 0 && <p>{labelled(t('workbook.added'), diff.added.join(' · '))}</p>}
      {diff.removed.length > 0 && <p className="pl-mark-warn">{labelled(t('workbook.removed'), diff.removed.join(' · '))}</p>}
      {diff.changes.length > 0 && (
        <div className="pl-scroll" tabIndex={0} role="group" aria-label={t('workbook.diffTitle')}>
          <table className="pl-table">
            <thead>
              <tr>
                <th scope="col">{t('workbook.what')}</th>
                <th scope="col">{t('workbook.cell')}</th>
                <th scope="col">{t('workbook.from')}</th>
                <th scope="col">{t('workbook.to')}</th>
              </tr>
            </thead>
            <tbody>
              {diff.changes.map((change) => (
                <tr key={change.path + change.cell}>
                  <th scope="row">{pathWords(change.path, diff.content, words)}</th>
                  <td className="pl-nowrap">{change.cell}</td>
                  <td>{valueWords(change.path, change.from, words) || t('workbook.blank')}</td>
                  <td>
                    <strong>{valueWords(change.path, change.to, words) || t('workbook.blank')}</strong>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
