// Why: an organisation sets its own approval policy without code: tiers, who takes which step, who must be
// different people. Everything that is wrong is listed while it is edited, and refused when saved.
import { Button, Checkbox, Group } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { problemsOf } from '@/api/problems';
import { ErrorSummary } from '@/components/ErrorSummary';
import { DateTimeHkt } from '@/components/Figures';
import { QueryWait } from '@/components/PageStates';
import { PageTitle } from '@/components/PageTitle';
import { ProblemText, type ProblemLike } from '@/components/ProblemText';
import { money } from '@/format';
import type { PurchasePolicyPageQuery } from '@/gql/graphql';
import { labelled, useLanguage } from '@/i18n';
import { personName } from '@/personName';
import { AmountInput } from './parts';
import {
  ACTIONS,
  groupTurned,
  groupsOf,
  lineMoved,
  MEMBERSHIPS,
  membershipsOf,
  roleTurned,
  tierAdded,
  tierRemoved,
  tiersOf,
  waiverRolesOf,
  withMembership,
  withTiers,
  withWaiverRole,
  type Action,
  type Tier,
} from './policyDraft';
import { PurchasePolicyPage as Page, PurchasePolicyProblems, PurchasePolicySend } from './query';
import { useRested } from './RequestForm';
import { policyCodes, type PolicyCode } from './words';
import './purchases.css';

type Policy = PurchasePolicyPageQuery['purchasePolicy'];

export default function PolicyPage() {
  const [state, ask] = useQuery({ query: Page, requestPolicy: 'cache-and-network' });
  const policy = state.data?.purchasePolicy;
  if (!policy) return <QueryWait state={state} found={false} retry={() => ask({ requestPolicy: 'network-only' })} />;
  return <Editor key={policy.version} policy={policy} />;
}

function Editor({ policy }: { policy: Policy }) {
  const { t } = useTranslation('purchases');
  const { pick } = useLanguage();
  const { org } = useParams({ from: '/o/$org/purchase-policy' });
  const [body, setBody] = useState<unknown>(policy.body);
  const [problems, setProblems] = useState<readonly ProblemLike[]>([]);
  const [saved, setSaved] = useState(false);
  const [state, send] = useMutation(PurchasePolicySend);
  const [checked] = useQuery({ query: PurchasePolicyProblems, variables: { body: useRested(body) }, requestPolicy: 'network-only' });
  const live = checked.data?.purchasePolicyCheck ?? [];
  const roles = policyCodes(body, 'roles');
  const tiers = tiersOf(body);
  const change = (next: unknown) => {
    setSaved(false);
    setBody(next);
  };
  async function save() {
    const answer = await send({ input: { body, expectedVersion: policy.version } });
    const found = problemsOf(answer.data?.purchasePolicySave);
    setProblems(found);
    setSaved(found.length === 0);
  }
  return (
    <>
      <p className="pl-small">
        <Link to="/o/$org" params={{ org }}>
          ‹ {t('policy.home')}
        </Link>
      </p>
      <PageTitle>{t('policy.title')}</PageTitle>
      <p className="pl-narrow">{t('policy.intro')}</p>
      {policy.version === 0 ? (
        <p className="pl-note">{t('policy.example')}</p>
      ) : (
        <p className="pl-muted">
          {t('policy.version', { version: policy.version, by: personName(policy.madeBy) })}{' '}
          {policy.madeAt !== null && <DateTimeHkt at={policy.madeAt} />}
        </p>
      )}
      {saved && (
        <p className="pl-note" role="status">
          {t('policy.saved')}
        </p>
      )}
      <ErrorSummary problems={problems} nameOf={(problem) => placeName(problem.path)} />
      {!policy.editable && <p className="pl-note">{t('policy.readOnly')}</p>}
      <fieldset className="pl-fieldset" disabled={!policy.editable} aria-label={t('policy.title')}>
        <h2>{t('policy.tiers')}</h2>
        <p className="pl-muted pl-small">{t('policy.tiersHelp')}</p>
        {tiers.map((tier, position) => (
          <TierCard key={position} tier={tier} position={position} tiers={tiers} roles={roles} onChange={(next) => change(withTiers(body, next))} />
        ))}
        <AddTier tiers={tiers} onAdd={(next) => change(withTiers(body, next))} />
        <section className="pl-card" aria-labelledby="separate-title" style={{ marginTop: '1rem' }}>
          <h2 id="separate-title">{t('policy.separate')}</h2>
          <p className="pl-muted pl-small">{t('policy.separateHelp')}</p>
          {groupsOf(body).map((group, position) => (
            <Checks
              key={position}
              label={t('policy.group', { number: position + 1 })}
              codes={ACTIONS.map((code) => ({ code, name: t(`step.${code}`) }))}
              chosen={group}
              onTurn={(code, on) => change({ ...(body as object), separate: groupTurned(groupsOf(body), position, code as Action, on) })}
            />
          ))}
          <Button variant="default" onClick={() => change({ ...(body as object), separate: [...groupsOf(body), ['request', 'award']] })}>
            {t('policy.addGroup')}
          </Button>
        </section>
        <section className="pl-card" aria-labelledby="roles-title">
          <h2 id="roles-title">{t('policy.roles')}</h2>
          <p className="pl-muted pl-small">{t('policy.rolesHelp')}</p>
          {roles.map(({ code, label }) => (
            <Checks
              key={code}
              label={pick(label)}
              codes={MEMBERSHIPS.map((membership) => ({ code: membership, name: t(`membership.${membership}`) }))}
              chosen={membershipsOf(body, code)}
              onTurn={(membership, on) => change(withMembership(body, code, membership, on))}
            />
          ))}
          <Checks
            label={t('policy.waiver')}
            codes={roles.map(({ code, label }) => ({ code, name: pick(label) }))}
            chosen={waiverRolesOf(body)}
            onTurn={(role, on) => change(withWaiverRole(body, role, on))}
          />
        </section>
        <section className="pl-card" aria-labelledby="codes-title">
          <h2 id="codes-title">{t('policy.codes')}</h2>
          <CodeList title={t('policy.refusals')} codes={policyCodes(body, 'refusal_reasons')} />
          <CodeList title={t('policy.waiverReasons')} codes={policyCodes(body, 'waiver.reasons')} />
          <CodeList title={t('book.department')} codes={policyCodes(body, 'departments')} />
          <CodeList title={t('book.category')} codes={policyCodes(body, 'categories')} />
        </section>
      </fieldset>
      <section className="pl-card" aria-labelledby="live-title" aria-live="polite">
        <h2 id="live-title">{t('policy.problems', { count: live.length })}</h2>
        {live.length === 0 ? (
          <p className="pl-muted">{t('policy.noProblems')}</p>
        ) : (
          <ul>
            {live.map((problem, position) => (
              <li key={`${problem.path}-${position}`}>
                {placeName(problem.path) !== undefined && `${labelled(placeName(problem.path) ?? '')} `}
                <ProblemText problem={problem} />
              </li>
            ))}
          </ul>
        )}
      </section>
      {policy.editable && (
        <Button loading={state.fetching} onClick={() => void save()}>
          {t('policy.save')}
        </Button>
      )}
    </>
  );

  /** `tiers[1].steps[2].roles` → `Tier 2, Award`. */
  function placeName(path: string): string | undefined {
    const [, tier, step] = /^tiers\[(\d+)\](?:\.steps\[(\d+)\])?/.exec(path) ?? [];
    if (tier === undefined) {
      const group = /^separate\[(\d+)\]/.exec(path)?.[1];
      if (group !== undefined) return t('policy.group', { number: Number(group) + 1 });
      return path.startsWith('separate') ? t('policy.separate') : path.startsWith('tiers') ? t('policy.tiers') : undefined;
    }
    const name = t('policy.tier', { number: Number(tier) + 1 });
    const action = step === undefined ? undefined : tiers[Number(tier)]?.steps[Number(step)]?.action;
    return action === undefined ? name : `${name} · ${t(`step.${action}`)}`;
  }
}

interface TierProps {
  tier: Tier;
  position: number;
  tiers: readonly Tier[];
  roles: readonly PolicyCode[];
  onChange: (tiers: Tier[]) => void;
}

function TierCard({ tier, position, tiers, roles, onChange }: TierProps) {
  const { t } = useTranslation('purchases');
  const { pick } = useLanguage();
  const readable = (text: string) => (/^\d+(\.\d+)?$/.test(text) ? money(text) : text);
  const name = t('policy.tier', { number: position + 1 });
  return (
    <section className="pl-card" aria-label={name}>
      <div className="pl-cardhead">
        <h3>{name}</h3>
        {tiers.length > 1 && (
          <Button variant="default" size="xs" onClick={() => onChange(tierRemoved(tiers, position))}>
            {t('policy.removeTier', { number: position + 1 })}
          </Button>
        )}
      </div>
      <div className="pl-fields pl-fields-start">
        <div>
          <strong className="pl-small">{t('policy.over')}</strong>
          <div>{readable(tier.over)}</div>
        </div>
        {tier.upTo === null ? (
          <div>
            <strong className="pl-small">{t('policy.upTo')}</strong>
            <div>{t('policy.noEnd')}</div>
          </div>
        ) : (
          <AmountInput label={t('policy.upTo')} value={tier.upTo} onChange={(to) => onChange(lineMoved(tiers, position, to))} />
        )}
      </div>
      {ACTIONS.map((action) => (
        <Checks
          key={action}
          label={t(`step.${action}`)}
          codes={roles.map(({ code, label }) => ({ code, name: pick(label) }))}
          chosen={tier.steps.find((step) => step.action === action)?.roles ?? []}
          onTurn={(role, on) => onChange(roleTurned(tiers, position, action, role, on))}
        />
      ))}
    </section>
  );
}

function AddTier({ tiers, onAdd }: { tiers: readonly Tier[]; onAdd: (tiers: Tier[]) => void }) {
  const { t } = useTranslation('purchases');
  const [from, setFrom] = useState('');
  return (
    <Group align="end">
      <AmountInput label={t('policy.newTier')} value={from} onChange={setFrom} />
      <Button
        variant="default"
        disabled={from.trim() === ''}
        onClick={() => {
          onAdd(tierAdded(tiers, from));
          setFrom('');
        }}
      >
        {t('policy.addTier')}
      </Button>
    </Group>
  );
}

interface ChecksProps {
  label: string;
  codes: readonly { code: string; name: string }[];
  chosen: readonly string[];
  onTurn: (code: string, on: boolean) => void;
}

function Checks({ label, codes, chosen, onTurn }: ChecksProps) {
  return (
    <fieldset className="pl-fieldset pu-checks">
      <legend>{label}</legend>
      <div className="pu-checkrow">
        {codes.map(({ code, name }) => (
          <Checkbox key={code} size="sm" label={name} checked={chosen.includes(code)} onChange={(event) => onTurn(code, event.currentTarget.checked)} />
        ))}
      </div>
    </fieldset>
  );
}

function CodeList({ title, codes }: { title: string; codes: readonly PolicyCode[] }) {
  const { pick, language } = useLanguage();
  return (
    <p>
      {labelled(title)} {codes.map(({ label }) => pick(label)).join(language === 'zh' ? '、' : ', ')}
    </p>
  );
}
