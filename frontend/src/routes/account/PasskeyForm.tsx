// Why: a passkey is made by the device after the password was given again; a name that is refused afterwards does not
// cost it, because the device's answer is kept until the server has taken it.
import { Button, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { addPasskey, makePasskey, type MadePasskey } from '@/api/passkeys';
import { emptyField } from '@/api/auth';
import { ErrorSummary } from '@/components/ErrorSummary';
import { AgainFields, useAgain } from './Again';

export function PasskeyForm({ onAdded }: { onAdded: () => void }) {
  const { t } = useTranslation('account');
  const again = useAgain('passkey');
  const [name, setName] = useState('');
  const [made, setMade] = useState<MadePasskey | null>(null);
  const [busy, setBusy] = useState(false);
  async function add(event: FormEvent) {
    event.preventDefault();
    const unnamed = name.trim() === '' ? [emptyField('name')] : [];
    // The device's answer that is kept needs no password once more.
    if (made === null ? again.lacks(unnamed) : unnamed.length > 0 && !again.heard(unnamed)) return;
    setBusy(true);
    await addNamed();
    setBusy(false);
  }
  async function addNamed() {
    let fresh = made;
    if (fresh === null) {
      const answer = await makePasskey(again.given());
      if ('problems' in answer) {
        again.heard(answer.problems);
        return;
      }
      fresh = answer.value;
    }
    const found = await addPasskey(fresh, name);
    // Only a name can be mended; any other refusal used the device's answer up.
    setMade(found.length > 0 && found.every((each) => each.path === 'name') ? fresh : null);
    if (!again.heard(found)) return;
    setName('');
    onAdded();
  }
  return (
    <>
      <h3>{t('passkeys.new')}</h3>
      <form onSubmit={(event) => void add(event)} noValidate>
        <ErrorSummary problems={again.problems} fieldId={again.fieldId} />
        <TextInput
          id="passkey-name"
          label={t('passkeys.name')}
          description={t('passkeys.nameHelp')}
          value={name}
          error={again.said('name')}
          onChange={(event) => setName(event.currentTarget.value)}
          mb="sm"
        />
        <AgainFields again={again} />
        <Button type="submit" loading={busy}>
          {t('passkeys.add')}
        </Button>
      </form>
    </>
  );
}
