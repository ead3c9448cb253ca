// Why: on a demonstration server anybody may try any role; choosing an account only fills in its
// e-mail address. Funder, council and operator first, then NGOs with a full team, then the others.
import { useTranslation } from 'react-i18next';
import type { DemoUser } from '@/api/auth';
import { useLanguage, wordFor } from '@/i18n';

interface Team {
  name: DemoUser['tenant'];
  ngo: boolean;
  users: DemoUser[];
}

/** A team has more than one role to try. */
const TEAM_MIN = 2;

function teamsOf(users: readonly DemoUser[]): Team[] {
  const teams = new Map<string, Team>();
  for (const user of users) {
    const team = teams.get(user.tenant.en) ?? {
      name: user.tenant,
      ngo: user.roles.some((role) => role.toLowerCase().startsWith('ngo_')),
      users: [],
    };
    team.users.push(user);
    teams.set(user.tenant.en, team);
  }
  return [...teams.values()];
}

export function DemoAccounts({ users, onChoose }: { users: DemoUser[]; onChoose: (email: string) => void }) {
  const { t } = useTranslation();
  const teams = teamsOf(users);
  const single = teams.filter((team) => team.ngo && team.users.length < TEAM_MIN);
  return (
    <section className="pl-card" aria-labelledby="demo-title">
      <h2 id="demo-title">{t('session.demoTitle')}</h2>
      <p className="pl-muted pl-small">{t('session.demoHelp')}</p>
      {teams
        .filter((team) => !team.ngo)
        .map((team) => (
          <TeamList key={team.name.en} team={team} open onChoose={onChoose} />
        ))}
      {teams
        .filter((team) => team.ngo && team.users.length >= TEAM_MIN)
        .map((team) => (
          <TeamList key={team.name.en} team={team} onChoose={onChoose} />
        ))}
      {single.length > 0 && (
        <details>
          <summary>{t('session.demoMore', { count: single.length })}</summary>
          <Accounts users={single.flatMap((team) => team.users)} onChoose={onChoose} withTenant />
        </details>
      )}
    </section>
  );
}

function TeamList({ team, open = false, onChoose }: { team: Team; open?: boolean; onChoose: (email: string) => void }) {
  const { pick } = useLanguage();
  return (
    <details open={open}>
      <summary>{pick(team.name)}</summary>
      <Accounts users={team.users} onChoose={onChoose} />
    </details>
  );
}

interface AccountsProps {
  users: readonly DemoUser[];
  withTenant?: boolean;
  onChoose: (email: string) => void;
}

function Accounts({ users, withTenant = false, onChoose }: AccountsProps) {
  const { pick } = useLanguage();
  const role = (code: string) => wordFor(`role.${code.toUpperCase()}`) ?? code;
  return (
    <ul className="pl-list pl-accounts">
      {users.map((user) => (
        <li key={user.email}>
          <button type="button" className="pl-linkbutton" onClick={() => onChoose(user.email)}>
            {user.email}
          </button>{' '}
          <span className="pl-muted pl-small">
            {withTenant ? pick(user.tenant) : user.roles.map(role).join(', ')}
          </span>
        </li>
      ))}
    </ul>
  );
}
