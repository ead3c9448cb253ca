// Why: a refused paste changed nothing; this says so and names every cell with what to do about it.
import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { labelled } from '@/i18n';
import type { Refused } from './paste';

/** More lines than this help nobody; the rest is counted. */
const LINES_MAX = 30;

interface Props {
  refused: readonly Refused[];
  headings: Record<string, string>;
  onClose: () => void;
}

export function PasteRefusal({ refused, headings, onClose }: Props) {
  const { t } = useTranslation('valuemap');
  const { t: common } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (refused.length > 0) box.current?.focus();
  }, [refused]);
  if (refused.length === 0) return null;
  const where = ({ row, column }: Refused) => {
    if (row === null) return t('paste.block');
    return column === null ? t('paste.row', { row }) : t('grid.cell', { column: headings[column] ?? column, row });
  };
  return (
    <div ref={box} tabIndex={-1} role="alert" className="pl-errors">
      <h2>{t('paste.title')}</h2>
      <p>{t('paste.nothing', { count: refused.length })}</p>
      <ul>
        {refused.slice(0, LINES_MAX).map((each, position) => (
          <li key={position}>
            <strong>{labelled(where(each))}</strong>{' '}
            {t(`paste.why.${each.code}`, { text: shortened(each.text), most: each.most ?? '', least: each.least ?? '' })}
          </li>
        ))}
      </ul>
      {refused.length > LINES_MAX && <p>{common('errorSummary.more', { count: refused.length - LINES_MAX })}</p>}
      <Button variant="default" mt="xs" onClick={onClose}>
        {t('paste.back')}
      </Button>
    </div>
  );
}

function shortened(text: string): string {
  const letters = [...text.trim()];
  return letters.length > 40 ? `${letters.slice(0, 40).join('')}…` : letters.join('');
}
