// Why: a forgotten password is set anew by a link. Without a link the page asks for an address, and says the same
// whatever the address; with one it asks for the new password.
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect, useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlainProblem } from '@/api/auth';
import { askForReset, linkProblems, resetPassword } from '@/api/reset';
import { ErrorSummary } from '@/components/ErrorSummary';
import { PageTitle } from '@/components/PageTitle';
import { problemWords } from '@/components/ProblemText';
import { useLinkToken } from '@/useLinkToken';

export default function Reset() {
  const { t } = useTranslation('account');
  // Asking for another link leaves the old one behind.
  const [token, forget] = useLinkToken();
  return (
    <div className="pl-narrow">
      <PageTitle>{t('reset.title')}</PageTitle>
      {token === '' ? <Ask /> : <Set key={token} token={token} onAnother={forget} />}
    </div>
  );
}

interface FormProps {
  problems: readonly PlainProblem[];
  field: string;
  busy: boolean;
  submit: string;
  onSubmit: () => Promise<void>;
  children: ReactNode;
}

function Form({ problems, field, busy, submit, onSubmit, children }: FormProps) {
  function send(event: FormEvent) {
    event.preventDefault();
    void onSubmit();
  }
  return (
    <form className="pl-card" onSubmit={send} noValidate>
      <ErrorSummary problems={problems} fieldId={() => field} />
      {children}
      <Button type="submit" loading={busy}>
        {submit}
      </Button>
    </form>
  );
}

function Ask() {
  const { t } = useTranslation(['account', 'common']);
  const [email, setEmail] = useState('');
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<readonly PlainProblem[]>([]);
  const [asked, setAsked] = useState(false);
  async function ask() {
    setBusy(true);
    const found = await askForReset(email);
    setBusy(false);
    setProblems(found);
    setAsked(found.length === 0);
  }
  return (
    <>
      <p>{t('account:reset.intro')}</p>
      <Form problems={problems} field="reset-email" busy={busy} submit={t('account:reset.ask')} onSubmit={ask}>
        <TextInput
          id="reset-email"
          type="email"
          autoComplete="username"
          label={t('common:session.email')}
          value={email}
          error={problems.map(problemWords).join(' ') || undefined}
          onChange={(event) => setEmail(event.currentTarget.value)}
          mb="md"
        />
      </Form>
      <p role="status">{asked && t('account:reset.asked')}</p>
    </>
  );
}

function Set({ token, onAnother }: { token: string; onAnother: () => void }) {
  const { t } = useTranslation('account');
  const [next, setNext] = useState('');
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<readonly PlainProblem[]>([]);
  const [done, setDone] = useState(false);
  // Whoever comes by a used link hears so before typing anything.
  useEffect(() => {
    let open = true;
    void linkProblems(token).then((found) => {
      if (open) setProblems(found);
    });
    return () => {
      open = false;
    };
  }, [token]);
  async function set() {
    setBusy(true);
    const found = await resetPassword(token, next);
    setBusy(false);
    setProblems(found);
    setDone(found.length === 0);
  }
  if (done) {
    return (
      <p role="status">
        {t('reset.done')} <Link to="/">{t('reset.signIn')}</Link>
      </p>
    );
  }
  const aged = problems.filter((problem) => problem.path === 'token');
  if (aged.length > 0) {
    return (
      <>
        <ErrorSummary problems={aged} fieldId={() => undefined} />
        <Button variant="default" onClick={onAnother}>
          {t('reset.another')}
        </Button>
      </>
    );
  }
  return (
    <Form problems={problems} field="reset-new" busy={busy} submit={t('reset.set')} onSubmit={set}>
      <PasswordInput
        id="reset-new"
        label={t('password.new')}
        description={t('password.newHelp')}
        autoComplete="new-password"
        value={next}
        error={problems.filter((problem) => problem.path === 'new').map(problemWords).join(' ') || undefined}
        onChange={(event) => setNext(event.currentTarget.value)}
        mb="md"
      />
    </Form>
  );
}
