// Why: setting up goes password, app, first code: only a code that the app really shows turns the second step on,
// so that nobody locks themselves out.
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { passwordGiven, type PlainProblem } from '@/api/auth';
import { beginSecondStep, confirmSecondStep, type SecondStepSetup } from '@/api/secondStep';
import { ErrorSummary } from '@/components/ErrorSummary';
import { problemWords } from '@/components/ProblemText';

const FIELDS: Record<string, string> = { password: 'second-password', current: 'second-password', code: 'second-code' };

export function SecondStepOff({ onOn }: { onOn: (codes: readonly string[]) => void }) {
  const { t } = useTranslation('account');
  const [setup, setSetup] = useState<SecondStepSetup | null>(null);
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<readonly PlainProblem[]>([]);
  const said = (...paths: string[]) =>
    problems.filter((each) => paths.includes(each.path)).map(problemWords).join(' ') || undefined;
  async function begin(event: FormEvent) {
    event.preventDefault();
    const empty = passwordGiven(password);
    setProblems(empty);
    if (empty.length > 0) return;
    setBusy(true);
    const answer = await beginSecondStep(password);
    setBusy(false);
    if ('problems' in answer) {
      setProblems(answer.problems);
      return;
    }
    setProblems([]);
    setPassword('');
    setSetup(answer.value);
  }
  async function confirm(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    const answer = await confirmSecondStep(code);
    setBusy(false);
    if ('problems' in answer) setProblems(answer.problems);
    else onOn(answer.value.recoveryCodes);
  }
  const summary = <ErrorSummary problems={problems} fieldId={(problem) => FIELDS[problem.path]} />;
  if (setup === null) {
    return (
      <form onSubmit={(event) => void begin(event)} noValidate>
        <p>{t('second.off')}</p>
        {summary}
        <PasswordInput
          id="second-password"
          label={t('second.password')}
          autoComplete="current-password"
          value={password}
          error={said('password', 'current')}
          onChange={(event) => setPassword(event.currentTarget.value)}
          mb="sm"
        />
        <Button type="submit" loading={busy}>
          {t('second.setUp')}
        </Button>
      </form>
    );
  }
  return (
    <form onSubmit={(event) => void confirm(event)} noValidate>
      <p>{t('second.scan')}</p>
      {summary}
      <img
        src={`data:image/svg+xml;utf8,${encodeURIComponent(setup.picture)}`}
        alt={t('second.picture')}
        width={220}
        height={220}
      />
      <p>
        {t('second.key')}: <code className="pl-key">{setup.secret}</code>
      </p>
      <p>
        <a href={setup.url}>{t('second.open')}</a>
      </p>
      <TextInput
        id="second-code"
        label={t('second.code')}
        description={t('second.codeHelp')}
        inputMode="numeric"
        autoComplete="one-time-code"
        value={code}
        error={said('code')}
        onChange={(event) => setCode(event.currentTarget.value)}
        mb="sm"
      />
      <div className="pl-actions">
        <Button type="submit" loading={busy}>
          {t('second.confirm')}
        </Button>
        <Button variant="default" onClick={() => setSetup(null)}>
          {t('second.cancel')}
        </Button>
      </div>
    </form>
  );
}
