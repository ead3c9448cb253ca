// Why: a phone has no cell to paste into: a copied table goes into a box, with the outcome and the
// column where it begins; the same all-or-nothing rules apply.
import { Button, Group, Modal, NativeSelect, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSectionContext } from '../section/context';
import { rowsAt } from '../section/path';
import type { ValueColumn } from './columns';
import { pasteBlock, type Refused } from './paste';
import { PasteRefusal } from './PasteRefusal';

interface Props {
  opened: boolean;
  onClose: () => void;
  columns: readonly ValueColumn[];
  headings: Record<string, string>;
}

export function PasteDialog({ opened, onClose, columns, headings }: Props) {
  const { t } = useTranslation('valuemap');
  const { t: common } = useTranslation();
  const { form } = useSectionContext();
  const outcomes = rowsAt(form.content, 'outcomes');
  const [text, setText] = useState('');
  const [row, setRow] = useState('0');
  const [column, setColumn] = useState('0');
  const [refused, setRefused] = useState<Refused[]>([]);

  function paste() {
    const pasted = pasteBlock(outcomes, { row: Number(row), column: Number(column) }, columns, text);
    setRefused(pasted.refused);
    if (pasted.outcomes === null) return;
    form.replace({ ...form.content, outcomes: pasted.outcomes });
    setText('');
    onClose();
  }
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={<strong>{t('paste.open')}</strong>}
      closeButtonProps={{ 'aria-label': common('actions.close') }}
    >
      <PasteRefusal refused={refused} headings={headings} onClose={() => setRefused([])} />
      <Textarea
        label={t('paste.box')}
        autosize
        minRows={4}
        maxRows={10}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <NativeSelect
        mt="sm"
        label={t('paste.fromRow')}
        value={row}
        onChange={(event) => setRow(event.currentTarget.value)}
        data={[...outcomes, null].map((outcome, at) => ({
          value: String(at),
          label: outcome === null ? t('paste.newRow') : `${at + 1}. ${String(outcome['name'] ?? '')}`,
        }))}
      />
      <NativeSelect
        mt="sm"
        label={t('paste.fromColumn')}
        value={column}
        onChange={(event) => setColumn(event.currentTarget.value)}
        data={columns.map(({ key }, at) => ({ value: String(at), label: headings[key] ?? key }))}
      />
      <Group mt="md">
        <Button disabled={text.trim() === ''} onClick={paste}>
          {t('paste.do')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {common('actions.cancel')}
        </Button>
      </Group>
    </Modal>
  );
}
