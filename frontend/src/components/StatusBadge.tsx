// Why: a state is a word in a frame; the colour only helps. All pairs are 4.5:1 or better.
import { useTranslation } from 'react-i18next';
import type common from '@/locales/en/common';

// The states are the keys of their words, so a state without words does not compile.
type Words = typeof common;
type EligibilityState = keyof Words['eligibility'];
type SectionShown = keyof Words['section'];
type ApplicationStage = keyof Words['applicationStage'];
type RoundStage = keyof Words['roundStage'];
type DecisionOutcome = keyof Words['decision'];
type WorkState = keyof Words['work'];

export type Tone = 'good' | 'bad' | 'warn' | 'plain' | 'info';

export function Badge({ tone, children }: { tone: Tone; children: string }) {
  return <span className={`pl-badge pl-badge-${tone}`}>{children}</span>;
}

const ELIGIBILITY: Record<EligibilityState, Tone> = {
  ELIGIBLE: 'good',
  NOT_ELIGIBLE: 'bad',
  NEEDS_INFORMATION: 'warn',
};
const SECTION: Record<SectionShown, Tone> = {
  EMPTY: 'plain',
  IN_PROGRESS: 'info',
  NEEDS_CHANGES: 'bad',
  COMPLETED: 'good',
  OPTIONAL: 'plain',
  CANNOT_START: 'plain',
};
const STAGE: Record<ApplicationStage, Tone> = { DRAFT: 'info', SUBMITTED: 'good', WITHDRAWN: 'plain' };
const ROUND: Record<RoundStage, Tone> = {
  PLANNED: 'plain',
  OPEN: 'good',
  CLOSED: 'warn',
  RANKED: 'info',
  DECIDED: 'plain',
};
const DECISION: Record<DecisionOutcome, Tone> = {
  APPROVE: 'good',
  APPROVE_IN_PART: 'good',
  RESERVE: 'warn',
  DECLINE: 'plain',
};
const WORK: Record<WorkState, Tone> = {
  QUEUED: 'plain',
  RUNNING: 'info',
  DONE: 'good',
  FAILED: 'warn',
  DEAD: 'bad',
};

export function EligibilityBadge({ state }: { state: EligibilityState }) {
  const { t } = useTranslation();
  return <Badge tone={ELIGIBILITY[state]}>{t(`eligibility.${state}`)}</Badge>;
}

export function SectionBadge({ state }: { state: SectionShown }) {
  const { t } = useTranslation();
  return <Badge tone={SECTION[state]}>{t(`section.${state}`)}</Badge>;
}

export function StageBadge({ stage }: { stage: ApplicationStage }) {
  const { t } = useTranslation();
  return <Badge tone={STAGE[stage]}>{t(`applicationStage.${stage}`)}</Badge>;
}

export function RoundBadge({ stage }: { stage: RoundStage }) {
  const { t } = useTranslation();
  return <Badge tone={ROUND[stage]}>{t(`roundStage.${stage}`)}</Badge>;
}

export function DecisionBadge({ outcome }: { outcome: DecisionOutcome }) {
  const { t } = useTranslation();
  return <Badge tone={DECISION[outcome]}>{t(`decision.${outcome}`)}</Badge>;
}

export function WorkBadge({ state }: { state: WorkState }) {
  const { t } = useTranslation();
  return <Badge tone={WORK[state]}>{t(`work.${state}`)}</Badge>;
}
