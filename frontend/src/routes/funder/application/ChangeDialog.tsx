// Why: one value at a time is assessed, with its reason; without a reason there is no change. What is typed is kept on
// this device until it is among the changes or somebody cancels.
import { Button, Group, Modal, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemWords } from '@/components/ProblemText';
import { aside, wordFor } from '@/i18n';
import { useSession } from '@/session/session';
import { getAt, sameContent, type Content } from '../../applicant/section/path';
import { useKept } from '../../applicant/section/useKept';
import { editText, typedValue, type ValueColumn } from '../../applicant/valuemap/columns';
import { cellsAt, innerValue, partWords, pathWords, shownAt, withInner, wrongValue, type Change } from './assessment';

interface Props {
  submissionId: string;
  path: string;
  claim: unknown;
  /** The change as it stands; undefined when the value is as claimed. */
  change: Change | undefined;
  onKeep: (change: Change) => void;
  onTakeBack: () => void;
  onClose: () => void;
}

const EXAMPLES: Record<string, string> = { money: '1850.00', decimal: '120', share: '15' };

export function ChangeDialog({ submissionId, path, claim, change, onKeep, onTakeBack, onClose }: Props) {
  const { t } = useTranslation(['funder', 'common']);
  const cells = cellsAt(claim, path);
  const claimed = getAt(claim, path);
  const { me } = useSession();
  const stands = {
    typed: cells.map(({ inner, column }) => editText(column, innerValue(change ? change.to : claimed, inner))),
    reason: change?.reason ?? '',
  };
  const keptAt = { userId: me?.userId ?? '', thing: submissionId, part: `assessed ${path}` };
  const kept = useKept(keptAt, (found) => readKept(found, stands));
  const { typed, reason } = kept.typed;
  const [tried, setTried] = useState(false);
  const values = cells.map(({ column }, at) => typedValue(column, typed[at] ?? ''));
  const wrongs = cells.map(({ column }, at) => wrongValue(column, values[at]));
  const to = cells.reduce((place, { inner }, at) => withInner(place, inner, values[at]), claimed);
  const asClaimed = wrongs.every((wrong) => wrong === null) && sameContent([to], [claimed]);
  const words = (code: string, column?: ValueColumn) =>
    problemWords({ code, path, message: '', params: [{ name: 'example', value: EXAMPLES[column?.kind ?? ''] ?? '' }] });
  const keep = () => {
    setTried(true);
    if (asClaimed || wrongs.some((wrong) => wrong !== null) || reason.trim() === '') return;
    onKeep({ path, to, reason: reason.trim() });
    done();
  };
  const done = () => {
    kept.clear();
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={<strong>{pathWords(path, claim)}</strong>}
      centered
      closeButtonProps={{ 'aria-label': t('common:actions.close') }}
    >
      <p>
        {t('assessed.claimedValue')} <strong className="pl-num">{shownAt(path, claimed)}</strong>
      </p>
      {kept.restored && <p className="pl-note">{t('review.restored')}</p>}
      {cells.map(({ inner, column, part }, at) => {
        const wrong = wrongs[at] ?? null;
        return (
          <TextInput
            key={inner}
            {...(at === 0 ? { 'data-autofocus': true } : {})}
            mb="xs"
            label={part === '' ? t('assessed.value') : `${columnWord(column)}${aside(partWords(part))}`}
            inputMode={column.kind === 'grade' ? 'text' : 'decimal'}
            value={typed[at] ?? ''}
            error={tried && wrong !== null ? words(wrong, column) : tried && asClaimed && at === 0 ? t('assessed.asClaimed') : undefined}
            rightSection={column.kind === 'share' ? <span aria-hidden="true">%</span> : undefined}
            onChange={(event) => {
              const text = event.currentTarget.value;
              kept.change({ typed: typed.map((each, position) => (position === at ? text : each)) });
            }}
          />
        );
      })}
      <Textarea
        label={t('assessed.reason')}
        withAsterisk
        autosize
        minRows={2}
        value={reason}
        error={tried && reason.trim() === '' ? words('reason_missing') : undefined}
        onChange={(event) => kept.change({ reason: event.currentTarget.value })}
      />
      <Group justify="flex-end" mt="md">
        {change && (
          <Button
            variant="default"
            onClick={() => {
              onTakeBack();
              done();
            }}
          >
            {t('assessed.takeBack')}
          </Button>
        )}
        <Button variant="default" onClick={done}>
          {t('common:actions.cancel')}
        </Button>
        <Button onClick={keep}>{t('assessed.keep')}</Button>
      </Group>
    </Modal>
  );
}

interface Typed {
  typed: readonly string[];
  reason: string;
}

/** What was kept, where something was; else the value as it stands. */
function readKept(kept: Content, stands: Typed): Typed {
  const { typed, reason } = kept;
  const given: unknown[] = Array.isArray(typed) ? typed : [];
  return {
    typed: stands.typed.map((text, at) => (typeof given[at] === 'string' ? given[at] : text)),
    reason: typeof reason === 'string' ? reason : stands.reason,
  };
}

function columnWord({ key }: ValueColumn): string {
  return wordFor(`funder:valueMap.column.${key}`) ?? key;
}
