// Why: what several purchase pages show alike: what the rules ask and found, the steps, an amount field.
import { Checkbox, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DateTimeHkt } from '@/components/Figures';
import { Badge, type Tone } from '@/components/StatusBadge';
import { date, money, readMoney } from '@/format';
import type { CheckShownFragment, PurchaseShownFragment, StepShownFragment } from '@/gql/graphql';
import { useLanguage, wordFor } from '@/i18n';
import { personName } from '@/personName';
import type { ValueDraft } from './drafts';
import { findingWords } from './words';

const SEVERITY: Record<string, Tone> = { fail: 'bad', unknown: 'warn', waived: 'info', warning: 'warn', info: 'plain' };
const STAGE: Record<PurchaseShownFragment['stage'], Tone> = { OPEN: 'info', DONE: 'good', REFUSED: 'bad' };

export function PurchaseStageBadge({ stage }: { stage: PurchaseShownFragment['stage'] }) {
  const { t } = useTranslation('purchases');
  return <Badge tone={STAGE[stage]}>{t(`stage.${stage}`)}</Badge>;
}

/** Kept, not kept, or unknown: three answers, never two. */
export function SatisfiedBadge({ satisfied }: { satisfied: boolean | null }) {
  const { t } = useTranslation('purchases');
  if (satisfied === null) return <Badge tone="warn">{t('check.unknown')}</Badge>;
  return satisfied ? <Badge tone="good">{t('check.kept')}</Badge> : <Badge tone="bad">{t('check.notKept')}</Badge>;
}

function methodWords(needed: CheckShownFragment['requirement'], separator: string): string | null {
  if (!needed) return null;
  const word = (list: string, code: string) => wordFor(`purchases:${list}.${code}`) ?? code;
  const number = needed.minQuotations > 0 ? wordFor('purchases:check.least', { number: String(needed.minQuotations) }) : null;
  const forms = needed.acceptedForms.map((form) => word('form', form)).join(' / ');
  return [word('method', needed.method), number, forms].filter((part) => part !== null && part !== '').join(separator);
}

/** Tier, sum and findings of one purchase. */
export function CheckPanel({ check, title }: { check: CheckShownFragment; title: string }) {
  const { t } = useTranslation('purchases');
  const { language } = useLanguage();
  const unknown = t('check.unknownValue');
  const needed = methodWords(check.requirement, ' · ');
  return (
    <section className="pl-card" aria-labelledby="check-title">
      <div className="pl-cardhead">
        <h2 id="check-title">{title}</h2>
        <SatisfiedBadge satisfied={check.satisfied} />
      </div>
      <dl className="pl-facts">
        <dt>{t('check.estimated')}</dt>
        <dd>{check.estimated === null ? unknown : money(check.estimated)}</dd>
        {check.accepted !== null && (
          <>
            <dt>{t('check.accepted')}</dt>
            <dd>{money(check.accepted)}</dd>
          </>
        )}
        <dt>{t('check.required')}</dt>
        <dd>
          <strong>{needed ?? unknown}</strong>
          {check.requirement && (
            <div className="pl-muted pl-small">
              {t('check.version', { version: check.requirement.version })}
              {check.governingDate !== null && ` · ${t('check.governing', { day: date(check.governingDate, language) })}`}
            </div>
          )}
        </dd>
        {check.byCategory.length > 1 && (
          <>
            <dt>{t('check.mixed')}</dt>
            <dd>
              {check.byCategory.map(({ category, amount }) => (
                <div key={category}>
                  {wordFor(`purchases:category.${category}`) ?? category} · {money(amount)}
                  {category === check.category && <strong> ← {t('check.decides')}</strong>}
                </div>
              ))}
            </dd>
          </>
        )}
        {check.aggregate && (
          <>
            <dt>{t('check.sum')}</dt>
            <dd>
              <strong>{money(check.aggregate.sum)}</strong>
              <div className="pl-muted pl-small">
                {t('check.window', {
                  from: date(check.aggregate.firstDay, language),
                  to: date(check.aggregate.lastDay, language),
                  others: check.aggregate.others.join(language === 'zh' ? '、' : ', '),
                })}
              </div>
            </dd>
          </>
        )}
      </dl>
      {check.findings.length === 0 ? (
        <p className="pl-muted">{t('check.nothing')}</p>
      ) : (
        <ul className="pl-list" aria-label={t('check.findings')}>
          {check.findings.map((finding, position) => (
            <li key={`${finding.code}-${position}`} className="pl-row pu-finding">
              <span>{findingWords(finding, language)}</span>
              <Badge tone={SEVERITY[finding.severity] ?? 'plain'}>
                {wordFor(`purchases:severity.${finding.severity}`) ?? finding.severity}
              </Badge>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** The steps in their order, with who took each and when. */
export function Steps({ steps, next }: { steps: readonly StepShownFragment[]; next: string | null }) {
  const { t } = useTranslation('purchases');
  const { pick, language } = useLanguage();
  const between = language === 'zh' ? '、' : ' / ';
  return (
    <ol className="pu-steps">
      {steps.map((step) => {
        const state = step.doneBy !== null ? 'done' : step.action === next ? 'next' : 'later';
        return (
          <li key={step.action} className={`pu-step pu-step-${state}`} aria-current={state === 'next' ? 'step' : undefined}>
            <strong>
              <span aria-hidden="true">{state === 'done' ? '✓ ' : state === 'next' ? '▸ ' : '○ '}</span>
              {t(`deed.${step.action}`)}
            </strong>
            <div className="pl-small">
              {step.doneBy === null ? (
                <span className="pl-muted">
                  {t(`steps.${state === 'next' ? 'next' : 'later'}`)} · {step.roles.map(pick).join(between)}
                </span>
              ) : (
                <>
                  {personName(step.doneBy)}
                  {step.doneAt !== null && (
                    <div className="pl-muted">
                      <DateTimeHkt at={step.doneAt} />
                    </div>
                  )}
                </>
              )}
              {step.amount !== null && step.doneBy !== null && <div>{money(step.amount)}</div>}
            </div>
          </li>
        );
      })}
    </ol>
  );
}

interface AmountProps {
  id?: string;
  label: string;
  value: string;
  disabled?: boolean;
  onChange: (value: string) => void;
}

/** An amount typed as people write it; it rests in the common form. */
export function AmountInput({ id, label, value, disabled = false, onChange }: AmountProps) {
  return (
    <TextInput
      {...(id === undefined ? {} : { id })}
      label={label}
      inputMode="decimal"
      autoComplete="off"
      disabled={disabled}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onBlur={() => onChange(value.trim() === '' ? '' : (readMoney(value) ?? value))}
    />
  );
}

interface ValueProps {
  idPrefix: string;
  value: ValueDraft;
  onChange: (value: ValueDraft) => void;
}

/** The thing and its maintenance; none is stated, never assumed. */
export function ValueInputs({ idPrefix, value, onChange }: ValueProps) {
  const { t } = useTranslation('purchases');
  return (
    <>
      <AmountInput id={`${idPrefix}-item`} label={t('form.item')} value={value.item} onChange={(item) => onChange({ ...value, item })} />
      <div>
        <AmountInput
          id={`${idPrefix}-maintenance`}
          label={t('form.maintenance')}
          value={value.none ? '' : value.maintenance}
          disabled={value.none}
          onChange={(maintenance) => onChange({ ...value, maintenance })}
        />
        <Checkbox
          mt={6}
          size="sm"
          label={t('form.noMaintenance')}
          checked={value.none}
          onChange={(event) => onChange({ ...value, none: event.currentTarget.checked })}
        />
      </div>
    </>
  );
}
