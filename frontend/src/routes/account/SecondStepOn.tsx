// Why: whoever has the second step on sees how many recovery codes are left, takes new ones, or turns it off;
// both ask for a code again, so that a browser left open is not enough.
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { emptyField, passwordGiven, type PlainProblem } from '@/api/auth';
import { endSecondStep, renewRecoveryCodes } from '@/api/secondStep';
import { ErrorSummary } from '@/components/ErrorSummary';
import { DateTimeHkt } from '@/components/Figures';
import { problemWords } from '@/components/ProblemText';

/** Below this it is time to take new ones. */
const FEW = 4;
const FIELDS: Record<string, string> = { code: 'second-code', password: 'second-password', current: 'second-password' };

interface Props {
  since: string;
  left: number;
  onCodes: (codes: readonly string[]) => void;
  onEnded: () => void;
}

export function SecondStepOn({ since, left, onCodes, onEnded }: Props) {
  const { t } = useTranslation('account');
  const [code, setCode] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<readonly PlainProblem[]>([]);
  const said = (...paths: string[]) =>
    problems.filter((each) => paths.includes(each.path)).map(problemWords).join(' ') || undefined;
  async function renew() {
    setBusy(true);
    const answer = await renewRecoveryCodes(code);
    setBusy(false);
    if ('problems' in answer) setProblems(answer.problems);
    else onCodes(answer.value.recoveryCodes);
  }
  async function end(event: FormEvent) {
    event.preventDefault();
    const empty = [...(code.trim() === '' ? [emptyField('code', 'second_step_wanted')] : []), ...passwordGiven(password)];
    setProblems(empty);
    if (empty.length > 0) return;
    setBusy(true);
    const found = await endSecondStep(password, code);
    setBusy(false);
    setProblems(found);
    if (found.length === 0) onEnded();
  }
  return (
    <form onSubmit={(event) => void end(event)} noValidate>
      <p>
        {t('second.on')} <DateTimeHkt at={since} />
      </p>
      <p>
        {t('second.left', { count: left })} {left < FEW && t('second.fewLeft')}
      </p>
      <ErrorSummary problems={problems} fieldId={(problem) => FIELDS[problem.path]} />
      <TextInput
        id="second-code"
        label={t('second.codeOrRecovery')}
        autoComplete="one-time-code"
        value={code}
        error={said('code')}
        onChange={(event) => setCode(event.currentTarget.value)}
        mb="sm"
      />
      <div className="pl-actions">
        <Button variant="default" loading={busy} onClick={() => void renew()}>
          {t('second.renew')}
        </Button>
        <span className="pl-muted pl-small">{t('second.renewHelp')}</span>
      </div>
      <PasswordInput
        id="second-password"
        label={t('second.password')}
        autoComplete="current-password"
        value={password}
        error={said('password', 'current')}
        onChange={(event) => setPassword(event.currentTarget.value)}
        mb="sm"
      />
      <Button type="submit" variant="default" loading={busy}>
        {t('second.end')}
      </Button>
    </form>
  );
}
