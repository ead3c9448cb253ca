// Why: roles are shown and chosen the same way everywhere on these pages.
import { Checkbox } from '@mantine/core';
import type { Role } from '@/gql/graphql';
import { wordFor } from '@/i18n';

export function rolesText(roles: readonly Role[]): string {
  return roles.map((role) => wordFor(`role.${role}`) ?? role).join(', ');
}

interface Props {
  label: string;
  offered: readonly Role[];
  chosen: readonly Role[];
  error?: string | undefined;
  id: string;
  onChange: (roles: Role[]) => void;
}

export function RoleChoice({ label, offered, chosen, error, id, onChange }: Props) {
  return (
    <Checkbox.Group
      id={id}
      label={label}
      value={[...chosen]}
      error={error}
      onChange={(values) => onChange(offered.filter((role) => values.includes(role)))}
      mb="sm"
    >
      {offered.map((role) => (
        <Checkbox key={role} value={role} label={wordFor(`role.${role}`) ?? role} mt="xs" />
      ))}
    </Checkbox.Group>
  );
}
