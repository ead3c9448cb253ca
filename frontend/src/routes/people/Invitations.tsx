// Why: an invitation that nobody opened yet can be taken back.
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { problemsOf } from '@/api/problems';
import { DataTable, type Column } from '@/components/DataTable';
import { DateTimeHkt } from '@/components/Figures';
import type { ProblemLike } from '@/components/ProblemText';
import type { PeopleShownFragment } from '@/gql/graphql';
import { personName } from '@/personName';
import { InvitationWithdraw } from './query';
import { rolesText } from './roles';

type Invitation = PeopleShownFragment['invitations'][number];

interface Props {
  people: PeopleShownFragment;
  onAnswered: (problems: readonly ProblemLike[]) => void;
}

export function Invitations({ people, onAnswered }: Props) {
  const { t } = useTranslation('people');
  const [, withdraw] = useMutation(InvitationWithdraw);
  if (people.invitations.length === 0) return null;
  async function take(invitationId: string) {
    const done = await withdraw({ input: { invitationId } });
    onAnswered(problemsOf(done.data?.invitationWithdraw));
  }
  const columns: Column<Invitation>[] = [
    { id: 'email', header: t('email'), cell: (row) => row.email },
    { id: 'roles', header: t('roles'), cell: (row) => rolesText(row.roles) },
    { id: 'until', header: t('until'), cell: (row) => (row.memberUntil ? <DateTimeHkt at={row.memberUntil} /> : t('stays')) },
    { id: 'inviter', header: t('inviter'), cell: (row) => personName(row.inviter) },
    { id: 'expires', header: t('linkUntil'), cell: (row) => (row.waits ? t('waits') : <DateTimeHkt at={row.expiresAt} />) },
    {
      id: 'acts',
      header: t('acts'),
      cell: (row) => (
        <Button variant="default" size="xs" onClick={() => void take(row.id)}>
          {t('withdraw')}
          <span className="pl-hidden">: {row.email}</span>
        </Button>
      ),
    },
  ];
  return (
    <section className="pl-card" aria-labelledby="people-invitations">
      <h2 id="people-invitations">{t('invitations')}</h2>
      <DataTable caption={t('invitations')} columns={columns} rows={people.invitations} rowId={(row) => row.id} />
    </section>
  );
}
