// Why: what a token may do is chosen before it exists, reading apart from writing; its secret is shown once.
import { Button, Checkbox, NativeSelect, PasswordInput, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { makeToken, type TokenScope } from '@/api/tokens';
import { emptyField, passwordGiven, type PlainProblem } from '@/api/auth';
import { ErrorSummary } from '@/components/ErrorSummary';
import { problemWords } from '@/components/ProblemText';
import { scopeWords } from './Tokens';

const FIELDS: Record<string, string> = {
  name: 'token-name',
  scopes: 'token-scopes',
  days: 'token-days',
  password: 'token-password',
};
const DAYS = ['7', '30', '90', '365'];

export function TokenForm({ scopes, onMade }: { scopes: readonly TokenScope[]; onMade: () => void }) {
  const { t } = useTranslation('account');
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<string[]>([]);
  const [days, setDays] = useState('90');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<readonly PlainProblem[]>([]);
  const [secret, setSecret] = useState<string | null>(null);
  async function make(event: FormEvent) {
    event.preventDefault();
    const empty = [
      ...(name.trim() === '' ? [emptyField('name')] : []),
      ...(chosen.length === 0 ? [emptyField('scopes', 'token_scopes_missing')] : []),
      ...passwordGiven(password),
    ];
    setProblems(empty);
    if (empty.length > 0) return;
    setBusy(true);
    const answer = await makeToken({ name, scopes: chosen, days: Number(days), password });
    setBusy(false);
    if ('problems' in answer) {
      setProblems(answer.problems);
      return;
    }
    setProblems([]);
    setSecret(answer.secret);
    setName('');
    setChosen([]);
    setPassword('');
    onMade();
  }
  const said = (path: string) => problems.filter((each) => each.path === path).map(problemWords).join(' ') || undefined;
  const part = (writes: boolean) => scopes.filter((scope) => scope.writes === writes);
  return (
    <>
      <h3>{t('tokens.new')}</h3>
      <form onSubmit={(event) => void make(event)} noValidate>
        <ErrorSummary problems={problems} fieldId={(problem) => FIELDS[problem.path]} />
        <TextInput id="token-name" label={t('tokens.name')} description={t('tokens.nameHelp')} value={name} error={said('name')} onChange={(event) => setName(event.currentTarget.value)} mb="sm" />
        <div id="token-scopes">
          {[false, true].map((writes) =>
            part(writes).length === 0 ? null : (
              <Checkbox.Group key={String(writes)} label={t(writes ? 'tokens.writes' : 'tokens.reads')} value={chosen} onChange={setChosen} error={writes ? undefined : said('scopes')} mb="sm">
                {part(writes).map(({ code }) => (
                  <Checkbox key={code} value={code} label={scopeWords(code)} mt={6} />
                ))}
              </Checkbox.Group>
            ),
          )}
        </div>
        <p className="pl-small pl-muted">{t('tokens.inPerson')}</p>
        <NativeSelect id="token-days" label={t('tokens.days')} value={days} error={said('days')} onChange={(event) => setDays(event.currentTarget.value)} data={DAYS.map((value) => ({ value, label: t('tokens.dayCount', { days: value }) }))} mb="sm" />
        <PasswordInput id="token-password" label={t('tokens.password')} autoComplete="current-password" value={password} error={said('password')} onChange={(event) => setPassword(event.currentTarget.value)} mb="sm" />
        <Button type="submit" loading={busy}>
          {t('tokens.submit')}
        </Button>
      </form>
      <div role="status">
        {secret !== null && (
          <div className="pl-card">
            <p>
              <strong>{t('tokens.made')}</strong>
            </p>
            <p>
              <code id="token-secret" style={{ overflowWrap: 'anywhere' }}>
                {secret}
              </code>
            </p>
            <p className="pl-small">{t('tokens.howTo')}</p>
          </div>
        )}
      </div>
    </>
  );
}
