// Why: a role that signs for the organisation takes two people; what waits for the second stands on top.
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { problemsOf } from '@/api/problems';
import type { ProblemLike } from '@/components/ProblemText';
import type { PeopleShownFragment } from '@/gql/graphql';
import { personName } from '@/personName';
import { useSession } from '@/session/session';
import { InvitationConfirm, MembershipAnswer } from './query';
import { rolesText } from './roles';

interface Props {
  people: PeopleShownFragment;
  onAnswered: (problems: readonly ProblemLike[]) => void;
}

export function Waiting({ people, onAnswered }: Props) {
  const { t } = useTranslation('people');
  const { me } = useSession();
  const [, answer] = useMutation(MembershipAnswer);
  const [, confirm] = useMutation(InvitationConfirm);
  const invitations = people.invitations.filter((one) => one.waits);
  if (people.changes.length === 0 && invitations.length === 0) return null;
  const nameOf = (id: string) => personName(people.members.find((member) => member.userId === id)?.name ?? null);
  async function answered(changeId: string, yes: boolean) {
    const done = await answer({ input: { changeId, confirm: yes } });
    onAnswered(problemsOf(done.data?.membershipAnswer));
  }
  async function confirmed(invitationId: string) {
    const done = await confirm({ input: { invitationId } });
    onAnswered(problemsOf(done.data?.invitationConfirm));
  }
  return (
    <section className="pl-card" aria-labelledby="people-waiting">
      <h2 id="people-waiting">{t('waiting')}</h2>
      <ul className="pl-list">
        {people.changes.map((change) => (
          <li key={change.id}>
            <p>{t('waitingChange', { asker: personName(change.asker), name: nameOf(change.userId), roles: rolesText(change.roles) })}</p>
            {change.askedBy === me?.userId || change.userId === me?.userId ? (
              <p className="pl-muted">{t('otherPerson')}</p>
            ) : (
              <div className="pl-actions">
                <Button onClick={() => void answered(change.id, true)}>{t('confirm')}</Button>
                <Button variant="default" onClick={() => void answered(change.id, false)}>
                  {t('refuse')}
                </Button>
              </div>
            )}
          </li>
        ))}
        {invitations.map((one) => (
          <li key={one.id}>
            <p>{t('waitingInvitation', { asker: personName(one.inviter), email: one.email, roles: rolesText(one.roles) })}</p>
            {one.invitedBy === me?.userId ? (
              <p className="pl-muted">{t('otherPerson')}</p>
            ) : (
              <Button onClick={() => void confirmed(one.id)}>{t('confirm')}</Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
