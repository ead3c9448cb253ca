// Why: the link of the mail proves the address; whoever has no account chooses a password here, and nowhere earlier.
import { Button, PasswordInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlainProblem } from '@/api/auth';
import { acceptRegistration, readRegistration, type RegistrationOpen } from '@/api/registration';
import { ErrorSummary } from '@/components/ErrorSummary';
import { Loading } from '@/components/PageStates';
import { PageTitle } from '@/components/PageTitle';
import { problemWords } from '@/components/ProblemText';
import { useLanguage } from '@/i18n';
import { useLinkToken } from '@/useLinkToken';

const FIELDS: Record<string, string> = { new: 'register-password' };

export default function Confirm() {
  const [token] = useLinkToken();
  return <ConfirmBy key={token} token={token} />;
}

function ConfirmBy({ token }: { token: string }) {
  const { t } = useTranslation(['register', 'account']);
  const { pick } = useLanguage();
  const [open, setOpen] = useState<RegistrationOpen | null>(null);
  const [password, setPassword] = useState('');
  const [problems, setProblems] = useState<readonly PlainProblem[]>([]);
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState(false);
  useEffect(() => {
    void readRegistration(token).then((answer) => {
      if ('open' in answer) setOpen(answer.open);
      else setProblems(answer.problems);
    });
  }, [token]);
  async function confirm(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    const found = await acceptRegistration(token, password);
    setBusy(false);
    setProblems(found);
    setDone(found.length === 0);
  }
  const said = problems.filter((each) => each.path === 'new').map(problemWords).join(' ') || undefined;
  const aged = problems.some((each) => each.path === 'token');
  return (
    <div className="pl-narrow">
      <PageTitle>{t('register:confirm.title')}</PageTitle>
      <ErrorSummary problems={problems} fieldId={(problem) => FIELDS[problem.path]} />
      {!open && problems.length === 0 && <Loading />}
      {aged && (
        <p>
          <Link to="/register">{t('register:confirm.again')}</Link>
        </p>
      )}
      {open && !done && (
        <form className="pl-card" onSubmit={(event) => void confirm(event)} noValidate>
          <p>{t('register:confirm.of', { name: pick(open.name), person: open.person, email: open.email })}</p>
          {open.hasAccount ? (
            <p>{t('register:confirm.hasAccount')}</p>
          ) : (
            <PasswordInput
              id="register-password"
              label={t('register:confirm.password')}
              description={t('account:password.newHelp')}
              autoComplete="new-password"
              value={password}
              error={said}
              onChange={(event) => setPassword(event.currentTarget.value)}
              mb="md"
            />
          )}
          <Button type="submit" loading={busy}>
            {t('register:confirm.submit')}
          </Button>
        </form>
      )}
      <div role="status">{done && <p className="pl-card">{t('register:confirm.done')}</p>}</div>
    </div>
  );
}
