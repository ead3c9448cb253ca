// Why: beside address and password one may sign in by an account elsewhere, where the operator set one up, and with a
// passkey, where the address allows it.
import { Button, Group } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlainProblem } from '@/api/auth';
import { canUsePasskeys, signInByPasskey } from '@/api/passkeys';
import { signInByProvider, ways, type Ways } from '@/api/provider';
import { useLanguage } from '@/i18n';

interface Props {
  onProblems: (problems: PlainProblem[]) => void;
  onDone: () => void;
}

export function OtherWays({ onProblems, onDone }: Props) {
  const { t } = useTranslation();
  const { pick } = useLanguage();
  const [offered, setOffered] = useState<Ways | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    let here = true;
    void ways().then((found) => here && setOffered(found));
    return () => {
      here = false;
    };
  }, []);
  const provider = offered?.provider ?? null;
  const passkeys = offered?.passkeys === location.origin && canUsePasskeys();
  if (provider === null && !passkeys) return null;
  async function byPasskey() {
    setBusy(true);
    const found = await signInByPasskey();
    setBusy(false);
    onProblems(found);
    if (found.length === 0) onDone();
  }
  async function byProvider() {
    setBusy(true);
    onProblems(await signInByProvider());
    setBusy(false);
  }
  return (
    <Group mt="md" mb="md" gap="sm">
      {passkeys && (
        <Button variant="default" loading={busy} onClick={() => void byPasskey()}>
          {t('session.passkey')}
        </Button>
      )}
      {provider && (
        <Button variant="default" loading={busy} onClick={() => void byProvider()}>
          {t('session.provider', { name: pick(provider) })}
        </Button>
      )}
    </Group>
  );
}
