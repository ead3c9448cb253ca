// Why: the one sign-in form, used on the landing page, before a protected page, and over a page
// whose session ended.
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useEffect, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { demoUsers, signIn, type DemoUser, type PlainProblem } from '@/api/auth';
import { ErrorSummary } from '@/components/ErrorSummary';
import { DemoAccounts } from './DemoAccounts';

export function SignInForm({ onDone, email: firstEmail = '' }: { onDone: () => void; email?: string }) {
  const { t } = useTranslation();
  const [email, setEmail] = useState(firstEmail);
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<PlainProblem[]>([]);
  const [demo, setDemo] = useState<DemoUser[] | null>(null);

  useEffect(() => {
    let here = true;
    void demoUsers().then((users) => here && setDemo(users));
    return () => {
      here = false;
    };
  }, []);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    const found = await signIn(email.trim(), password);
    setBusy(false);
    setProblems(found);
    if (found.length === 0) onDone();
  }

  return (
    <div className="pl-grid-2">
      <form onSubmit={(event) => void submit(event)} className="pl-card" noValidate>
        <ErrorSummary problems={problems} fieldId={() => 'sign-in-email'} />
        <TextInput
          id="sign-in-email"
          type="email"
          autoComplete="username"
          label={t('session.email')}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          mb="sm"
        />
        <PasswordInput
          id="sign-in-password"
          autoComplete="current-password"
          label={t('session.password')}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          mb="md"
        />
        <Button type="submit" loading={busy}>
          {t('session.submit')}
        </Button>
      </form>
      {demo && demo.length > 0 && (
        <DemoAccounts
          users={demo}
          onChoose={(chosen) => {
            setEmail(chosen);
            document.getElementById('sign-in-password')?.focus();
          }}
        />
      )}
    </div>
  );
}
