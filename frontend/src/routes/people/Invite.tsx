// Why: somebody joins by a link in a mail to their own address; an adviser's membership ends by itself.
import { Button, TextInput } from '@mantine/core';
import { useEffect, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { problemsOf } from '@/api/problems';
import { ErrorSummary } from '@/components/ErrorSummary';
import { problemWords, type ProblemLike } from '@/components/ProblemText';
import type { Role } from '@/gql/graphql';
import { useSession } from '@/session/session';
import { findInvite, keepInvite } from './inviteDraft';
import { InvitationSend } from './query';
import { RoleChoice } from './roles';

const FIELDS: Record<string, string> = { email: 'invite-email', roles: 'invite-roles', memberUntil: 'invite-until' };

export function Invite({ roles, onSent }: { roles: readonly Role[]; onSent: () => void }) {
  const { t } = useTranslation('people');
  const { me } = useSession();
  const [tenant, person] = [me?.tenant.id ?? '', me?.email ?? ''];
  const [kept] = useState(() => findInvite(tenant, person, roles));
  const [email, setEmail] = useState(kept.email);
  const [chosen, setChosen] = useState<Role[]>(kept.chosen);
  const [until, setUntil] = useState(kept.until);
  useEffect(() => keepInvite(tenant, person, { email, chosen, until }), [tenant, person, email, chosen, until]);
  const [problems, setProblems] = useState<readonly ProblemLike[]>([]);
  const [sent, setSent] = useState('');
  const [{ fetching }, send] = useMutation(InvitationSend);
  const said = (path: string) => problems.filter((each) => each.path === path).map(problemWords).join(' ') || undefined;
  async function invite(event: FormEvent) {
    event.preventDefault();
    // A membership holds to the end of its last day in Hong Kong.
    const memberUntil = until === '' ? null : `${until}T23:59:59+08:00`;
    const answer = await send({ input: { email, roles: chosen, memberUntil } });
    const found = problemsOf(answer.data?.invitationSend);
    setProblems(found);
    if (found.length > 0) {
      setSent('');
      return;
    }
    setSent(t('sent', { email }));
    setEmail('');
    setChosen([]);
    setUntil('');
    onSent();
  }
  return (
    <section className="pl-card" aria-labelledby="people-invite">
      <h2 id="people-invite">{t('invite')}</h2>
      <form onSubmit={(event) => void invite(event)} noValidate className="pl-narrow">
        <ErrorSummary problems={problems} fieldId={(problem) => FIELDS[problem.path]} />
        <TextInput
          id="invite-email"
          type="email"
          autoComplete="off"
          label={t('inviteEmail')}
          value={email}
          error={said('email')}
          onChange={(event) => setEmail(event.currentTarget.value)}
          mb="sm"
        />
        <RoleChoice id="invite-roles" label={t('inviteRoles')} offered={roles} chosen={chosen} error={said('roles')} onChange={setChosen} />
        <TextInput
          id="invite-until"
          type="date"
          label={t('inviteUntil')}
          description={t('inviteUntilHelp')}
          value={until}
          error={said('memberUntil')}
          onChange={(event) => setUntil(event.currentTarget.value)}
          mb="md"
        />
        <Button type="submit" loading={fetching}>
          {t('inviteSend')}
        </Button>
      </form>
      <p role="status">{sent}</p>
    </section>
  );
}
