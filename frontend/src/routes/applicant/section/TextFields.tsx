// Why: words: short, long (with the server's counting rule, over-limit text kept), and the name of
// a document, which may be stated as none.
import { Checkbox, Textarea, TextInput } from '@mantine/core';
import type { ClipboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { characterCount } from '@/format';
import type { FieldParts } from './Field';

const asText = (value: unknown): string => (typeof value === 'string' ? value : '');
const orUnknown = (text: string): string | undefined => (text === '' ? undefined : text);

/** What inputs share, so that a label, help and error are always tied to the control. */
export function inputProps(parts: FieldParts, bare: boolean) {
  return {
    id: parts.id,
    disabled: parts.disabled,
    error: parts.error ?? false,
    ...(bare ? { 'aria-label': parts.label } : { label: parts.label, description: parts.help || undefined }),
  };
}

export function TextField({ parts, bare = false }: { parts: FieldParts; bare?: boolean }) {
  return (
    <>
      <TextInput
        {...inputProps(parts, bare)}
        value={asText(parts.value)}
        onChange={(event) => parts.onChange(orUnknown(event.currentTarget.value))}
        {...(bare ? {} : { styles: { wrapper: { maxWidth: '40rem' } } })}
      />
      <Counter text={asText(parts.value)} most={parts.field.maxChars} />
    </>
  );
}

export function LongTextField({ parts }: { parts: FieldParts }) {
  return (
    <>
      <Textarea
        {...inputProps(parts, false)}
        autosize
        minRows={3}
        maxRows={18}
        value={asText(parts.value)}
        onChange={(event) => parts.onChange(orUnknown(event.currentTarget.value))}
        onPaste={pasteClean}
      />
      <Counter text={asText(parts.value)} most={parts.field.maxChars} always />
    </>
  );
}

export function FileNameField({ parts }: { parts: FieldParts }) {
  const { t } = useTranslation('applicant');
  const none = parts.value === null;
  return (
    <>
      <TextInput
        {...inputProps(parts, false)}
        disabled={parts.disabled || none}
        value={asText(parts.value)}
        onChange={(event) => parts.onChange(orUnknown(event.currentTarget.value))}
        styles={{ wrapper: { maxWidth: '40rem' } }}
      />
      <Checkbox
        mt="xs"
        disabled={parts.disabled}
        label={t('section.noDocument')}
        checked={none}
        onChange={(event) => parts.onChange(event.currentTarget.checked ? null : undefined)}
      />
    </>
  );
}

function Counter({ text, most, always = false }: { text: string; most: number | null; always?: boolean }) {
  const { t } = useTranslation('applicant');
  if (most === null) return null;
  const used = characterCount(text.trim());
  const over = used - most;
  if (!always && over <= 0 && used < most * 0.8) return null;
  return (
    <div className={over > 0 ? 'pl-small pl-mark-bad pl-word' : 'pl-small pl-muted'} aria-live="polite">
      {over > 0 ? t('section.charactersOver', { count: over, most }) : t('section.characters', { used, most })}
    </div>
  );
}

/** Text from a word processor: plain, lists kept as lines, odd spaces and hidden marks gone. */
export function cleanPaste(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\u200b|\u200c|\u200d|\ufeff|\u00ad/g, '')
    .replace(/[\u00a0\u2007\u202f]/g, ' ')
    .replace(/^[ \t]*[\u2022\u00b7\u25aa\u25cf\u25e6\uf0b7\uf0a7\u2043][ \t]*/gm, '- ')
    .replace(/^([ \t]*\d+[.)])\t+/gm, '$1 ')
    .replace(/\t/g, ' ')
    .replace(/[ ]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n');
}

function pasteClean(event: ClipboardEvent<HTMLTextAreaElement>): void {
  const text = event.clipboardData.getData('text/plain');
  const clean = cleanPaste(text);
  if (clean === text) return;
  event.preventDefault();
  const box = event.currentTarget;
  box.setRangeText(clean, box.selectionStart, box.selectionEnd, 'end');
  box.dispatchEvent(new Event('input', { bubbles: true }));
}
