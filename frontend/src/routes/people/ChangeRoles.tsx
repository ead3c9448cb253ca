// Why: roles are changed as a whole and confirmed; what stands against it is said at the choice, which stays.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { problemsOf } from '@/api/problems';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { problemWords, type ProblemLike } from '@/components/ProblemText';
import type { PeopleShownFragment, Role } from '@/gql/graphql';
import { personName } from '@/personName';
import { MembershipChange } from './query';
import { RoleChoice } from './roles';

interface Props {
  member: PeopleShownFragment['members'][number];
  offered: readonly Role[];
  onClose: () => void;
  onAnswered: (problems: readonly ProblemLike[]) => void;
}

export function ChangeRoles({ member, offered, onClose, onAnswered }: Props) {
  const { t } = useTranslation('people');
  const [roles, setRoles] = useState<Role[]>([...member.roles]);
  const [problems, setProblems] = useState<readonly ProblemLike[]>([]);
  const [{ fetching }, change] = useMutation(MembershipChange);
  async function confirm() {
    const answer = await change({ input: { userId: member.userId, roles } });
    const found = problemsOf(answer.data?.membershipChange);
    setProblems(found);
    if (found.length > 0) return;
    onClose();
    onAnswered([]);
  }
  return (
    <ConfirmDialog opened busy={fetching} title={t('changeOf', { name: personName(member.name) })} confirm={t('change')} onConfirm={() => void confirm()} onClose={onClose}>
      <p>{t('changeHelp')}</p>
      <RoleChoice
        id="people-change-roles"
        label={t('roles')}
        offered={offered}
        chosen={roles}
        error={problems.map(problemWords).join(' ') || undefined}
        onChange={setRoles}
      />
    </ConfirmDialog>
  );
}
