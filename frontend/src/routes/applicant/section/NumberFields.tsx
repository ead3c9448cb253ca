// Why: figures are typed as people write them (full-width digits, commas, HK$, %) and kept as exact
// decimal strings; what cannot be read is kept as typed and named by the server.
import { TextInput } from '@mantine/core';
import { useState, type FocusEvent } from 'react';
import { flushSync } from 'react-dom';
import { date, grouped, money, percent, readMoney, readNumber, readPercent } from '@/format';
import { useLanguage } from '@/i18n';
import type { FieldParts } from './Field';
import { inputProps } from './TextFields';

interface NumberProps {
  parts: FieldParts;
  bare: boolean;
  read: (typed: string) => string | null;
  show: (value: string) => string;
  /** What is offered for editing: without separators. */
  edit?: (value: string) => string;
  width: string;
  suffix?: string;
  whole?: boolean;
}

const DECIMAL = /^-?\d+(\.\d+)?$/;

function NumberField({ parts, bare, read, show, edit, width, suffix, whole = false }: NumberProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const stored = typeof parts.value === 'number' ? String(parts.value) : typeof parts.value === 'string' ? parts.value : '';
  const readable = DECIMAL.test(stored);
  const resting = readable ? show(stored) : stored;

  function change(text: string) {
    setTyped(text);
    if (text.trim() === '') parts.onChange(undefined);
    else {
      const value = read(text);
      parts.onChange(value === null ? text : whole && /^-?\d{1,9}$/.test(value) ? Number(value) : value);
    }
  }
  /** The marks go while a figure is edited; what replaces the text must not undo that all is selected. */
  function open(event: FocusEvent<HTMLInputElement>) {
    flushSync(() => setTyped(readable ? (edit ?? ((value: string) => value))(stored) : stored));
    event.currentTarget.select();
  }
  return (
    <TextInput
      {...inputProps(parts, bare)}
      inputMode="decimal"
      autoComplete="off"
      value={typed ?? resting}
      onFocus={open}
      onBlur={() => setTyped(null)}
      onChange={(event) => change(event.currentTarget.value)}
      styles={{ wrapper: { maxWidth: width }, input: { textAlign: 'end', fontVariantNumeric: 'tabular-nums' } }}
      {...(suffix === undefined ? {} : { rightSection: <span aria-hidden="true">{suffix}</span> })}
    />
  );
}

interface KindProps {
  parts: FieldParts;
  bare: boolean;
}

export function MoneyField({ parts, bare }: KindProps) {
  return <NumberField parts={parts} bare={bare} read={readMoney} show={money} width="14rem" />;
}

export function ShareField({ parts, bare }: KindProps) {
  return (
    <NumberField
      parts={parts}
      bare={bare}
      read={readPercent}
      show={percent}
      edit={(value) => percent(value).replace('%', '')}
      width="8rem"
    />
  );
}

export function IntegerField({ parts, bare }: KindProps) {
  return <NumberField parts={parts} bare={bare} read={readNumber} show={grouped} width="8rem" whole />;
}

/** A calendar year: a whole number that is never written `2,024`. */
export function YearField({ parts, bare }: KindProps) {
  return <NumberField parts={parts} bare={bare} read={readNumber} show={(year) => year} width="8rem" whole />;
}

export function DecimalField({ parts, bare }: KindProps) {
  return <NumberField parts={parts} bare={bare} read={readNumber} show={grouped} width="10rem" />;
}

export function DateField({ parts, bare }: KindProps) {
  const { language } = useLanguage();
  const day = typeof parts.value === 'string' ? parts.value : '';
  return (
    <>
      <TextInput
        {...inputProps(parts, bare)}
        type="date"
        value={day}
        onChange={(event) => parts.onChange(event.currentTarget.value || undefined)}
        styles={{ wrapper: { maxWidth: '12rem' } }}
      />
      {/* The browser writes dates its own way; this says which day is meant. */}
      {day !== '' && <div className="pl-small pl-muted">{date(day, language)}</div>}
    </>
  );
}
