// Why: the method in the open, on one page, told by the same source from which the engine takes its
// formulas. Every step has an address, to which the working of a figure leads.
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Button } from '@mantine/core';
import { methodAnchor, MethodDocument } from '@/components/method';
import { QueryWait } from '@/components/PageStates';
import { PageTitle } from '@/components/PageTitle';
import type { MethodQuery } from '@/gql/graphql';
import { labelled, useLanguage } from '@/i18n';
import { grouped } from './methodGroups';

type Step = MethodQuery['method'][number];

const TRAPS = [
  'added', 'reversed', 'firstYear', 'net', 'factors', 'clamped', 'zero', 'contradiction', 'bankers', 'floats',
] as const;
const AFTER = ['rank', 'decide'] as const;

export default function Method() {
  const { t } = useTranslation(['public', 'common']);
  const [state, ask] = useQuery({ query: MethodDocument });
  const steps = state.data?.method;
  useEffect(() => {
    // The steps arrive after the page: only now does the place in the address exist.
    const place = steps ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
    if (place === null) return;
    place.scrollIntoView({ block: 'start' });
    place.focus({ preventScroll: true });
  }, [steps]);
  const groups = grouped(steps ?? []);
  return (
    <article className="pl-narrow">
      <PageTitle>{t('method.title')}</PageTitle>
      <p>{t('method.lead')}</p>
      <p className="pl-noprint">
        <Button variant="default" size="compact-sm" onClick={() => window.print()}>
          {t('common:actions.print')}
        </Button>
      </p>
      {!steps && <QueryWait state={state} found={false} retry={() => ask({ requestPolicy: 'network-only' })} />}
      {steps && <Contents groups={groups} />}
      {groups.map(([group, members]) => (
        <section key={group} aria-labelledby={`method-group-${group}`}>
          <h2 id={`method-group-${group}`} className="pl-group">
            {t(`method.group.${group}.title`)}
          </h2>
          <p className="pl-muted">{t(`method.group.${group}.body`)}</p>
          {members.map((step) => (
            <StepCard key={step.id} step={step} />
          ))}
        </section>
      ))}
      <section className="pl-card" aria-labelledby="method-traps">
        <h2 id="method-traps">{t('method.traps.title')}</h2>
        <p>{t('method.traps.body')}</p>
        <ul>
          {TRAPS.map((trap) => (
            <li key={trap}>{t(`method.traps.list.${trap}`)}</li>
          ))}
        </ul>
      </section>
      {AFTER.map((part) => (
        <section key={part} className="pl-card" aria-labelledby={`method-${part}`}>
          <h2 id={`method-${part}`}>{t(`method.${part}.title`)}</h2>
          <p>{t(`method.${part}.body`)}</p>
        </section>
      ))}
      <p className="pl-muted pl-small">{t('method.sources')}</p>
    </article>
  );
}

function Contents({ groups }: { groups: ReturnType<typeof grouped<Step>> }) {
  const { t } = useTranslation('public');
  const { pick } = useLanguage();
  return (
    <nav aria-label={t('method.contents')} className="pl-card pl-noprint">
      <h2>{t('method.contents')}</h2>
      <ol className="pl-contents">
        {groups.map(([group, members]) => (
          <li key={group}>
            <a href={`#method-group-${group}`}>{t(`method.group.${group}.title`)}</a>
            <ul>
              {members.map((step) => (
                <li key={step.id}>
                  <a href={`#${methodAnchor(step.id)}`}>{pick(step.title)}</a>
                </li>
              ))}
            </ul>
          </li>
        ))}
        <li>
          <a href="#method-traps">{t('method.traps.title')}</a>
        </li>
        {AFTER.map((part) => (
          <li key={part}>
            <a href={`#method-${part}`}>{t(`method.${part}.title`)}</a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function StepCard({ step }: { step: Step }) {
  const { t } = useTranslation('public');
  const { pick } = useLanguage();
  return (
    <section className="pl-card pl-methodstep" id={methodAnchor(step.id)} tabIndex={-1} aria-label={pick(step.title)}>
      <h3>{pick(step.title)}</h3>
      {pick(step.formula) !== '' && <p className="pl-formula">{pick(step.formula)}</p>}
      <p>{pick(step.text)}</p>
      <p className="pl-muted pl-small">
        {labelled(t('method.source'))} <span lang="en">{step.source}</span> · <code>{step.id}</code>
      </p>
    </section>
  );
}
