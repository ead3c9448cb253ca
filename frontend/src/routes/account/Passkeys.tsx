// Why: a passkey opens the account by itself, so each is named, seen and removed here by its owner. Browsers bind one
// to a name, never to a number: where the page is reached otherwise, it says where passkeys work.
import { Button } from '@mantine/core';
import { useCallback, useEffect, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { canUsePasskeys, ownPasskeys, removePasskey, type Passkey } from '@/api/passkeys';
import type { PlainProblem } from '@/api/auth';
import type { Ways } from '@/api/provider';
import { ErrorSummary } from '@/components/ErrorSummary';
import { DateTimeHkt } from '@/components/Figures';
import { AgainFields, useAgain } from './Again';
import { PasskeyForm } from './PasskeyForm';

export function Passkeys({ place }: { place: Ways['passkeys'] }) {
  const { t } = useTranslation('account');
  return (
    <section className="pl-card" aria-labelledby="account-passkeys">
      <h2 id="account-passkeys">{t('passkeys.title')}</h2>
      <p className="pl-muted">{t('passkeys.intro')}</p>
      {place === null && <p>{t('passkeys.nowhere')}</p>}
      {place !== null && place !== location.origin && (
        <p>
          {t('passkeys.elsewhere')} <a href={`${place}/account`}>{place}</a>
        </p>
      )}
      {place === location.origin && <Own />}
    </section>
  );
}

function Own() {
  const { t } = useTranslation('account');
  const [passkeys, setPasskeys] = useState<readonly Passkey[] | null>(null);
  const [problems, setProblems] = useState<readonly PlainProblem[]>([]);
  const [removing, setRemoving] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const load = useCallback(
    () =>
      ownPasskeys().then((answer) => {
        if ('problems' in answer) setProblems(answer.problems);
        else setPasskeys(answer.value);
      }),
    [],
  );
  useEffect(() => void load(), [load]);
  function changed(how: 'added' | 'removed') {
    setSaid(t(`passkeys.${how}`));
    setRemoving(null);
    void load();
  }
  return (
    <>
      <ErrorSummary problems={problems} fieldId={() => undefined} />
      {passkeys?.length === 0 && <p>{t('passkeys.none')}</p>}
      <ul className="pl-list">
        {passkeys?.map((passkey) => (
          <li key={passkey.id} className="pl-card">
            <p>
              <strong>{passkey.name}</strong>
            </p>
            <p className="pl-small">
              {t('passkeys.since')} <DateTimeHkt at={passkey.createdAt} />
              {t('tokens.and')}
              {passkey.lastUsedAt === null ? (
                t('tokens.unused')
              ) : (
                <>
                  {t('tokens.used')} <DateTimeHkt at={passkey.lastUsedAt} />
                </>
              )}
            </p>
            {removing === passkey.id ? (
              <Remove passkey={passkey} onRemoved={() => changed('removed')} onCancel={() => setRemoving(null)} />
            ) : (
              <Button variant="default" aria-label={`${t('passkeys.remove')}: ${passkey.name}`} onClick={() => setRemoving(passkey.id)}>
                {t('passkeys.remove')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {canUsePasskeys() ? <PasskeyForm onAdded={() => changed('added')} /> : <p>{t('passkeys.unsupported')}</p>}
      <p role="status">{said}</p>
    </>
  );
}

interface RemoveProps {
  passkey: Passkey;
  onRemoved: () => void;
  onCancel: () => void;
}

function Remove({ passkey, onRemoved, onCancel }: RemoveProps) {
  const { t } = useTranslation('account');
  const again = useAgain('passkey-remove');
  const [busy, setBusy] = useState(false);
  async function remove(event: FormEvent) {
    event.preventDefault();
    if (again.lacks()) return;
    setBusy(true);
    const done = again.heard(await removePasskey(passkey.id, again.given()));
    setBusy(false);
    if (done) onRemoved();
  }
  return (
    <form onSubmit={(event) => void remove(event)} noValidate>
      <p>{t('passkeys.removeHelp')}</p>
      <ErrorSummary problems={again.problems} fieldId={again.fieldId} />
      <AgainFields again={again} />
      <div className="pl-actions">
        <Button type="submit" color="red.9" loading={busy}>
          {t('passkeys.remove')}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {t('second.cancel')}
        </Button>
      </div>
    </form>
  );
}
