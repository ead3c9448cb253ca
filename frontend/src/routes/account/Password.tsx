// Why: all that is wrong with a new password is said at once, at its field; what was typed stays.
import { Button, PasswordInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { changePassword } from '@/api/account';
import { emptyField, passwordGiven, type PlainProblem } from '@/api/auth';
import { ErrorSummary } from '@/components/ErrorSummary';
import { problemWords } from '@/components/ProblemText';

const FIELDS: Record<string, string> = { current: 'account-current', new: 'account-new' };

export function Password({ email }: { email: string }) {
  const { t } = useTranslation('account');
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<readonly PlainProblem[]>([]);
  const [done, setDone] = useState(false);
  async function change(event: FormEvent) {
    event.preventDefault();
    const empty = [...passwordGiven(current, 'current'), ...(next === '' ? [emptyField('new')] : [])];
    if (empty.length > 0) {
      setProblems(empty);
      setDone(false);
      return;
    }
    setBusy(true);
    const found = await changePassword(current, next);
    setBusy(false);
    setProblems(found);
    setDone(found.length === 0);
    if (found.length > 0) return;
    setCurrent('');
    setNext('');
  }
  const said = (path: string) => problems.filter((each) => each.path === path).map(problemWords).join(' ') || undefined;
  return (
    <section className="pl-card" aria-labelledby="account-password">
      <h2 id="account-password">{t('password.title')}</h2>
      <form onSubmit={(event) => void change(event)} noValidate>
        <ErrorSummary problems={problems} fieldId={(problem) => FIELDS[problem.path]} />
        <input type="hidden" autoComplete="username" value={email} readOnly />
        <PasswordInput
          id="account-current"
          label={t('password.current')}
          autoComplete="current-password"
          value={current}
          error={said('current')}
          onChange={(event) => setCurrent(event.currentTarget.value)}
          mb="sm"
        />
        <PasswordInput
          id="account-new"
          label={t('password.new')}
          description={t('password.newHelp')}
          autoComplete="new-password"
          value={next}
          error={said('new')}
          onChange={(event) => setNext(event.currentTarget.value)}
          mb="sm"
        />
        <Button type="submit" loading={busy}>
          {t('password.submit')}
        </Button>
      </form>
      <p role="status">{done && t('password.done')}</p>
    </section>
  );
}
