// Why: who belongs to the organisation, as what, until when, and whether a stolen password would be enough.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { problemsOf } from '@/api/problems';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { DataTable, type Column } from '@/components/DataTable';
import { DateTimeHkt } from '@/components/Figures';
import type { ProblemLike } from '@/components/ProblemText';
import type { PeopleShownFragment } from '@/gql/graphql';
import { useSession } from '@/session/session';
import { personName } from '@/personName';
import { ChangeRoles } from './ChangeRoles';
import { MembershipEnd } from './query';
import { rolesText } from './roles';

type Member = PeopleShownFragment['members'][number];

interface Props {
  people: PeopleShownFragment;
  onAnswered: (problems: readonly ProblemLike[]) => void;
}

export function Members({ people, onAnswered }: Props) {
  const { t } = useTranslation('people');
  const { me } = useSession();
  const [changing, setChanging] = useState<Member | null>(null);
  const [ending, setEnding] = useState<Member | null>(null);
  const [{ fetching }, end] = useMutation(MembershipEnd);
  async function confirmEnd(member: Member) {
    const answer = await end({ input: { userId: member.userId } });
    setEnding(null);
    onAnswered(problemsOf(answer.data?.membershipEnd));
  }
  const columns: Column<Member>[] = [
    { id: 'name', header: t('name'), cell: (row) => personName(row.name), sortBy: (row) => personName(row.name) },
    { id: 'email', header: t('email'), cell: (row) => row.email, sortBy: (row) => row.email },
    { id: 'roles', header: t('roles'), cell: (row) => rolesText(row.roles) },
    { id: 'second', header: t('secondStep'), cell: (row) => t(row.secondStep ? 'on' : 'off') },
    { id: 'until', header: t('until'), cell: (row) => (row.until ? <DateTimeHkt at={row.until} /> : t('stays')) },
  ];
  if (people.manages) {
    columns.push({
      id: 'acts',
      header: t('acts'),
      cell: (row) =>
        row.userId === me?.userId ? (
          t('yourself')
        ) : (
          <span className="pl-actions">
            <Button variant="default" size="xs" onClick={() => setChanging(row)}>
              {t('change')}
              <span className="pl-hidden">: {personName(row.name)}</span>
            </Button>
            <Button variant="default" size="xs" onClick={() => setEnding(row)}>
              {t('end')}
              <span className="pl-hidden">: {personName(row.name)}</span>
            </Button>
          </span>
        ),
    });
  }
  return (
    <section className="pl-card" aria-labelledby="people-members">
      <h2 id="people-members">{t('members')}</h2>
      <DataTable caption={t('members')} columns={columns} rows={people.members} rowId={(row) => row.userId} />
      {changing && (
        <ChangeRoles key={changing.userId} member={changing} offered={people.roles} onClose={() => setChanging(null)} onAnswered={onAnswered} />
      )}
      {ending && (
        <ConfirmDialog
          opened
          danger
          busy={fetching}
          title={t('endOf', { name: personName(ending.name) })}
          confirm={t('end')}
          onConfirm={() => void confirmEnd(ending)}
          onClose={() => setEnding(null)}
        >
          <p>{t('endHelp')}</p>
        </ConfirmDialog>
      )}
    </section>
  );
}
