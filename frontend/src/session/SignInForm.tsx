// Why: the one sign-in form, used on the landing page, before a protected page, and over a page
// whose session ended.
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { demoUsers, emptyField, passwordGiven, signIn, wantsCode, type DemoUser, type PlainProblem } from '@/api/auth';
import { ErrorSummary } from '@/components/ErrorSummary';
import { problemWords } from '@/components/ProblemText';
import { DemoAccounts } from './DemoAccounts';
import { OtherWays } from './OtherWays';

/** The field of a problem, by its path or its code; a problem of another way has none. */
const FIELDS: Record<string, string> = {
  email: 'sign-in-email', password: 'sign-in-password', code: 'sign-in-code',
  sign_in_refused: 'sign-in-email', sign_in_throttled: 'sign-in-email',
};

const NONE: PlainProblem[] = [];

interface Props {
  onDone: () => void;
  email?: string;
  /** What went wrong before the form was shown. */
  problems?: PlainProblem[];
}

export function SignInForm({ onDone, email: firstEmail = '', problems: before = NONE }: Props) {
  const { t } = useTranslation();
  const [email, setEmail] = useState(firstEmail);
  const [password, setPassword] = useState('');
  // Asked for only where the second step is on; the address and the password stay as they were typed.
  const [code, setCode] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<PlainProblem[]>(before);
  const [demo, setDemo] = useState<DemoUser[] | null>(null);

  useEffect(() => {
    let here = true;
    void demoUsers().then((users) => here && setDemo(users));
    return () => {
      here = false;
    };
  }, []);

  const codeWanted = code !== null;
  useEffect(() => {
    if (codeWanted) document.getElementById('sign-in-code')?.focus();
  }, [codeWanted]);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const empty = [...(email.trim() === '' ? [emptyField('email', 'email_missing')] : []), ...passwordGiven(password)];
    if (empty.length > 0) {
      setProblems(empty);
      return;
    }
    setBusy(true);
    const found = await signIn(email.trim(), password, code ?? undefined);
    setBusy(false);
    if (wantsCode(found) && code === null) {
      setCode('');
      setProblems([]);
      return;
    }
    setProblems(found);
    if (found.length === 0) onDone();
  }

  const said = (path: string) => problems.filter((each) => each.path === path).map(problemWords).join(' ') || undefined;
  return (
    <div className="pl-grid-2">
      <form onSubmit={(event) => void submit(event)} className="pl-card" noValidate>
        <ErrorSummary problems={problems} fieldId={(problem) => FIELDS[problem.path] ?? FIELDS[problem.code]} />
        <TextInput
          id="sign-in-email"
          type="email"
          autoComplete="username"
          label={t('session.email')}
          value={email}
          error={said('email')}
          onChange={(event) => setEmail(event.currentTarget.value)}
          mb="sm"
        />
        <PasswordInput
          id="sign-in-password"
          autoComplete="current-password"
          label={t('session.password')}
          value={password}
          error={said('password')}
          onChange={(event) => setPassword(event.currentTarget.value)}
          mb="md"
        />
        {codeWanted && (
          <TextInput
            id="sign-in-code"
            autoComplete="one-time-code"
            label={t('session.code')}
            description={t('session.codeHelp')}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            mb="md"
          />
        )}
        <Button type="submit" loading={busy}>
          {t('session.submit')}
        </Button>
        <OtherWays onProblems={setProblems} onDone={onDone} />
        <p>
          <Link to="/reset">{t('session.forgotten')}</Link>
        </p>
        <p>
          <Link to="/register">{t('session.register')}</Link>
        </p>
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
