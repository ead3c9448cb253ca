// Why: one value at a time is assessed, with its reason; without a reason there is no change.
import { Button, Group, Modal, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemWords } from '@/components/ProblemText';
import { getAt } from '../../applicant/section/path';
import { editText, typedValue } from '../../applicant/valuemap/columns';
import { columnAt, pathWords, shownAt, wrongValue, type Change } from './assessment';

interface Props {
  path: string;
  claim: unknown;
  /** The change as it stands; undefined when the value is as claimed. */
  change: Change | undefined;
  onKeep: (change: Change) => void;
  onTakeBack: () => void;
  onClose: () => void;
}

const EXAMPLES: Record<string, string> = { money: '1850.00', decimal: '120', share: '15' };

export function ChangeDialog({ path, claim, change, onKeep, onTakeBack, onClose }: Props) {
  const { t } = useTranslation(['funder', 'common']);
  const column = columnAt(path);
  const claimed = getAt(claim, path);
  const [typed, setTyped] = useState(() => editText(column, change ? change.to : claimed));
  const [reason, setReason] = useState(change?.reason ?? '');
  const [tried, setTried] = useState(false);
  const value = typedValue(column, typed);
  const wrong = wrongValue(column, value, claimed);
  const words = (code: string) =>
    code === 'as_claimed'
      ? t('assessed.asClaimed')
      : problemWords({ code, path, message: '', params: [{ name: 'example', value: EXAMPLES[column.kind] ?? '' }] });
  const keep = () => {
    setTried(true);
    if (wrong !== null || reason.trim() === '') return;
    onKeep({ path, to: value, reason: reason.trim() });
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
      <TextInput
        data-autofocus
        label={t('assessed.value')}
        inputMode={column.kind === 'grade' ? 'text' : 'decimal'}
        value={typed}
        error={tried && wrong !== null ? words(wrong) : undefined}
        rightSection={column.kind === 'share' ? <span aria-hidden="true">%</span> : undefined}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Textarea
        mt="sm"
        label={t('assessed.reason')}
        withAsterisk
        autosize
        minRows={2}
        value={reason}
        error={tried && reason.trim() === '' ? words('reason_missing') : undefined}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Group justify="flex-end" mt="md">
        {change && (
          <Button
            variant="default"
            onClick={() => {
              onTakeBack();
              onClose();
            }}
          >
            {t('assessed.takeBack')}
          </Button>
        )}
        <Button variant="default" onClick={onClose}>
          {t('common:actions.cancel')}
        </Button>
        <Button onClick={keep}>{t('assessed.keep')}</Button>
      </Group>
    </Modal>
  );
}
