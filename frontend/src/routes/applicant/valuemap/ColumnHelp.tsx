// Why: what a column means, in plain words, where it is filled in; for the evidence grade also how
// wide the programme's range is for each grade.
import { Modal } from '@mantine/core';
import { useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { percent } from '@/format';
import { labelled, useLanguage, wordFor } from '@/i18n';
import { questionOf, useSectionContext } from '../section/context';
import { GRADES } from './columns';
import { useMapData } from './mapData';

interface Props {
  columnKey: string;
  heading: string;
  id?: string;
  tabIndex?: number;
  onKeyDown?: (event: KeyboardEvent) => void;
}

export function ColumnHelp({ columnKey, heading, id, tabIndex, onKeyDown }: Props) {
  const { t } = useTranslation('valuemap');
  const { t: common } = useTranslation();
  const [opened, setOpened] = useState(false);
  const mark = useRef<HTMLButtonElement>(null);
  const words = (wordFor(`valuemap:help.${columnKey}`) ?? '').split('\n').filter((line) => line !== '');
  function close() {
    setOpened(false);
    requestAnimationFrame(() => mark.current?.focus());
  }
  return (
    <>
      <button
        ref={mark}
        type="button"
        id={id}
        className="pl-help"
        tabIndex={tabIndex}
        aria-label={labelled(t('helpOn'), heading)}
        onClick={() => setOpened(true)}
        onKeyDown={onKeyDown}
      >
        ?
      </button>
      {opened && (
        <Modal
          opened
          onClose={close}
          title={<strong>{heading}</strong>}
          closeButtonProps={{ 'aria-label': common('actions.close') }}
        >
          {words.map((line) => (
            <p key={line}>{line}</p>
          ))}
          {columnKey === 'evidence_grade' && <Grades />}
        </Modal>
      )}
    </>
  );
}

function Grades() {
  const { t } = useTranslation('valuemap');
  const { pick } = useLanguage();
  const { fields } = useSectionContext();
  const { bands } = useMapData();
  const options = questionOf(fields, 'outcomes[0].evidence_grade')?.options ?? [];
  return (
    <ul>
      {GRADES.map((grade) => {
        const option = options.find(({ code }) => code === grade);
        const band = bands[grade];
        return (
          <li key={grade}>
            {option ? pick(option.label) : grade}
            {band !== undefined && <strong> {t('band', { width: percent(band) })}</strong>}
          </li>
        );
      })}
    </ul>
  );
}
