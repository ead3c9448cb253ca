// Why: a browser that was sent to an account elsewhere comes back to this page. What came of it stands after the `#` of
// the address: signed in, a code is wanted, linked, or the code of a problem.
import { Button, TextInput } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlainProblem } from '@/api/auth';
import { leftFrom, sendProviderCode } from '@/api/provider';
import { ErrorSummary } from '@/components/ErrorSummary';
import { Loading } from '@/components/PageStates';
import { PageTitle } from '@/components/PageTitle';
import { problemWords } from '@/components/ProblemText';
import { homeOf } from '@/session/home';
import { useSession } from '@/session/session';
import { SignInForm } from '@/session/SignInForm';

/** Read once: the page is left when somebody is signed in. */
function outcome(): string {
  return window.location.hash.slice(1);
}

export default function SignIn() {
  const { t } = useTranslation();
  const { me, loading, refresh } = useSession();
  const navigate = useNavigate();
  const [came] = useState(outcome);
  const [arriving, setArriving] = useState(came === 'done' || came === 'linked');
  useEffect(() => {
    if (!arriving || !me) return;
    const back = came === 'linked' ? '/account' : leftFrom();
    if (back === null) void navigate(homeOf(me));
    else window.location.replace(back);
  }, [arriving, came, me, navigate]);
  function arrive() {
    setArriving(true);
    refresh(true);
  }
  if (loading || (arriving && me)) return <Loading />;
  if (came === 'code' && !me) return <Code onDone={arrive} />;
  const problems = ['', 'code', 'done', 'linked'].includes(came) ? [] : [problem(came)];
  return (
    <>
      <PageTitle>{me ? t('session.linkTitle') : t('session.title')}</PageTitle>
      {me ? (
        <>
          <ErrorSummary problems={problems} fieldId={() => undefined} />
          <p>
            <Link to="/account">{t('session.toAccount')}</Link>
          </p>
        </>
      ) : (
        <SignInForm onDone={arrive} problems={problems} />
      )}
    </>
  );
}

function problem(code: string): PlainProblem {
  return { code, path: '', message: code, params: [] };
}

function Code({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<readonly PlainProblem[]>([]);
  async function send(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    const found = await sendProviderCode(code);
    setBusy(false);
    setProblems(found);
    if (found.length === 0) onDone();
  }
  return (
    <div className="pl-narrow">
      <PageTitle>{t('session.codeTitle')}</PageTitle>
      <form onSubmit={(event) => void send(event)} className="pl-card" noValidate>
        <ErrorSummary problems={problems} fieldId={() => 'sign-in-code'} />
        <TextInput
          id="sign-in-code"
          autoComplete="one-time-code"
          label={t('session.code')}
          description={t('session.codeHelp')}
          value={code}
          error={problems.filter((each) => each.path === 'code').map(problemWords).join(' ') || undefined}
          onChange={(event) => setCode(event.currentTarget.value)}
          mb="md"
        />
        <Button type="submit" loading={busy}>
          {t('session.submit')}
        </Button>
      </form>
    </div>
  );
}
