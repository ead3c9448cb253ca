// Why: erasing cannot be taken back, so it says what ends and what stays, and asks for the password, the second step
// where there is one, and once more.
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { erasePersonalData } from '@/api/account';
import { passwordGiven, wantsCode, type PlainProblem } from '@/api/auth';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { ErrorSummary } from '@/components/ErrorSummary';
import { problemWords } from '@/components/ProblemText';
import { useSession } from '@/session/session';

const FIELDS: Record<string, string> = { password: 'erase-password', code: 'erase-code' };

export function Erase() {
  const { t } = useTranslation('account');
  const navigate = useNavigate();
  const { refresh } = useSession();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [asksCode, setAsksCode] = useState(false);
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<readonly PlainProblem[]>([]);
  const said = (path: string) => problems.filter((each) => each.path === path).map(problemWords).join(' ') || undefined;
  function ask(event: FormEvent) {
    event.preventDefault();
    const empty = passwordGiven(password);
    setProblems(empty);
    setAsked(empty.length === 0);
  }
  async function erase() {
    setBusy(true);
    const found = await erasePersonalData(password, asksCode ? code : undefined);
    setBusy(false);
    setAsked(false);
    setProblems(found);
    if (wantsCode(found)) setAsksCode(true);
    if (found.length > 0) return;
    await navigate({ to: '/erased' });
    refresh(true);
  }
  return (
    <>
      <h3>{t('erase.title')}</h3>
      <p>{t('erase.ends')}</p>
      <p>{t('erase.stays')}</p>
      <form onSubmit={ask} noValidate>
        <ErrorSummary problems={problems} fieldId={(problem) => FIELDS[problem.path]} />
        <PasswordInput
          id="erase-password"
          label={t('erase.password')}
          autoComplete="current-password"
          value={password}
          error={said('password')}
          onChange={(event) => setPassword(event.currentTarget.value)}
          mb="sm"
        />
        {asksCode && (
          <TextInput
            id="erase-code"
            label={t('second.codeOrRecovery')}
            autoComplete="one-time-code"
            value={code}
            error={said('code')}
            onChange={(event) => setCode(event.currentTarget.value)}
            mb="sm"
          />
        )}
        <Button type="submit" color="red.9" variant="outline">
          {t('erase.submit')}
        </Button>
      </form>
      <ConfirmDialog
        opened={asked}
        busy={busy}
        danger
        title={t('erase.confirmTitle')}
        confirm={t('erase.confirm')}
        onConfirm={() => void erase()}
        onClose={() => setAsked(false)}
      >
        <p>{t('erase.confirmBody')}</p>
      </ConfirmDialog>
    </>
  );
}
