// Why: the link of an invitation says who invites whom to what before anything is typed; with an account one click
// joins, without one a name and a password do.
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlainProblem } from '@/api/auth';
import { acceptInvitation, readInvitation, type Invited } from '@/api/invitation';
import { ErrorSummary } from '@/components/ErrorSummary';
import { NoticeAgree } from '@/components/NoticeAgree';
import { Loading } from '@/components/PageStates';
import { PageTitle } from '@/components/PageTitle';
import { problemWords } from '@/components/ProblemText';
import { useLanguage, wordFor } from '@/i18n';
import { personText } from '@/personName';
import { useLinkToken } from '@/useLinkToken';

const FIELDS: Record<string, string> = { name: 'join-name', new: 'join-password', notice: 'join-notice' };

export default function Join() {
  const [token] = useLinkToken();
  return <JoinBy key={token} token={token} />;
}

function JoinBy({ token }: { token: string }) {
  const { t } = useTranslation('people');
  const [invited, setInvited] = useState<Invited | null>(null);
  const [problems, setProblems] = useState<readonly PlainProblem[]>([]);
  const [joined, setJoined] = useState(false);
  useEffect(() => {
    void readInvitation(token).then((answer) => {
      if ('invited' in answer) setInvited(answer.invited);
      else setProblems(answer.problems);
    });
  }, [token]);
  return (
    <div className="pl-narrow">
      <PageTitle>{t('join.title')}</PageTitle>
      <ErrorSummary problems={problems} fieldId={(problem) => FIELDS[problem.path]} />
      {!invited && problems.length === 0 && <Loading />}
      {invited && !joined && (
        <JoinForm token={token} invited={invited} problems={problems} onProblems={setProblems} onJoined={() => setJoined(true)} />
      )}
      <p role="status">{joined && t('join.done')}</p>
      {joined && (
        <p>
          <Link to="/">{t('join.signIn')}</Link>
        </p>
      )}
    </div>
  );
}

interface FormProps {
  token: string;
  invited: Invited;
  problems: readonly PlainProblem[];
  onProblems: (problems: readonly PlainProblem[]) => void;
  onJoined: () => void;
}

function JoinForm({ token, invited, problems, onProblems, onJoined }: FormProps) {
  const { t } = useTranslation(['people', 'account']);
  const { pick } = useLanguage();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [notice, setNotice] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const said = (path: string) => problems.filter((each) => each.path === path).map(problemWords).join(' ') || undefined;
  const roles = invited.roles.map((role) => wordFor(`role.${role.toUpperCase()}`) ?? role).join(', ');
  async function join(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    const found = await acceptInvitation(token, name, password, notice);
    setBusy(false);
    onProblems(found);
    if (found.length === 0) onJoined();
  }
  return (
    <form className="pl-card" onSubmit={(event) => void join(event)} noValidate>
      <p>{t('people:join.invited', { inviter: personText(invited.inviter), tenant: pick(invited.tenant), roles })}</p>
      <p>{invited.email}</p>
      {invited.hasAccount ? (
        <p>{t('people:join.hasAccount')}</p>
      ) : (
        <>
          <TextInput
            id="join-name"
            label={t('people:join.name')}
            autoComplete="name"
            value={name}
            error={said('name')}
            onChange={(event) => setName(event.currentTarget.value)}
            mb="sm"
          />
          <PasswordInput
            id="join-password"
            label={t('people:join.password')}
            description={t('account:password.newHelp')}
            autoComplete="new-password"
            value={password}
            error={said('new')}
            onChange={(event) => setPassword(event.currentTarget.value)}
            mb="md"
          />
        </>
      )}
      {invited.notice !== null && <NoticeAgree id="join-notice" agreed={notice} error={said('notice')} onAgree={setNotice} />}
      <Button type="submit" loading={busy}>
        {t('people:join.submit')}
      </Button>
    </form>
  );
}
