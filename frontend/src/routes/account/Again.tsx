// Why: what outlives the session asks for the password again, and for a code where two-step sign-in is on: that is
// found out by the first try, and what was typed stays.
import { PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { passwordGiven, type PlainProblem } from '@/api/auth';
import type { Again } from '@/api/provider';
import { problemWords } from '@/components/ProblemText';

/** What was typed, and what is wrong with it. */
export function useAgain(prefix: string) {
  const [password, setPassword] = useState('');
  const [code, setCode] = useState<string | null>(null);
  const [problems, setProblems] = useState<readonly PlainProblem[]>([]);
  return {
    prefix,
    password,
    setPassword,
    code,
    setCode,
    problems,
    given: (): Again => (code === null ? { password } : { password, code }),
    /** Whether something is still empty, which is said without asking the server; with what else is. */
    lacks(others: readonly PlainProblem[] = []): boolean {
      const empty = [...others, ...passwordGiven(password)];
      setProblems(empty);
      return empty.length > 0;
    },
    /** Takes in what came back; a code that is wanted for the first time is asked for, without a complaint. */
    heard(found: readonly PlainProblem[]): boolean {
      const wanted = code === null && found.some((each) => each.code === 'second_step_wanted');
      if (wanted) setCode('');
      setProblems(wanted ? [] : found);
      if (found.length > 0) return false;
      setPassword('');
      setCode(null);
      return true;
    },
    fieldId: (problem: { path?: string | null }) =>
      ['password', 'code', 'name'].includes(problem.path ?? '') ? `${prefix}-${problem.path}` : undefined,
    said: (path: string) => problems.filter((each) => each.path === path).map(problemWords).join(' ') || undefined,
  };
}

export function AgainFields({ again }: { again: ReturnType<typeof useAgain> }) {
  const { t } = useTranslation('account');
  return (
    <>
      <PasswordInput
        id={`${again.prefix}-password`}
        label={t('again.password')}
        autoComplete="current-password"
        value={again.password}
        error={again.said('password')}
        onChange={(event) => again.setPassword(event.currentTarget.value)}
        mb="sm"
      />
      {again.code !== null && (
        <TextInput
          id={`${again.prefix}-code`}
          label={t('second.codeOrRecovery')}
          autoComplete="one-time-code"
          value={again.code}
          error={again.said('code')}
          onChange={(event) => again.setCode(event.currentTarget.value)}
          mb="sm"
        />
      )}
    </>
  );
}
