// Why: choosing what a grid moves: which input, of which outcome, as a share of what is stated or as the
// value itself, and between which ends.
import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isShare, PARAMETERS, parameterWord, readLeverValue, typedLeverValue, UNITS } from '../levers';
import { freshRange, STEPS_MAX, STEPS_MIN, type LeverState } from './state';
import type { ExploreOutcome } from './target';

interface Props {
  legend: string;
  lever: LeverState;
  outcomes: readonly ExploreOutcome[];
  onChange: (lever: LeverState) => void;
}

export function LeverFields({ legend, lever, outcomes, onChange }: Props) {
  const { t } = useTranslation('sroi');
  const set = (part: Partial<LeverState>) => {
    const next = { ...lever, ...part };
    const scope = next.parameter === 'discount_rate' ? 'all' : next.scope;
    const range = part.parameter === undefined && part.unit === undefined ? {} : freshRange(next.parameter, next.unit);
    onChange({ ...next, scope, ...range });
  };
  const ofRate = lever.parameter === 'discount_rate';
  return (
    <fieldset className="pl-fieldset pl-lever">
      <legend>{legend}</legend>
      <div className="pl-fields">
        <ParameterSelect value={lever.parameter} onChange={(parameter) => set({ parameter })} />
        {!ofRate && <ScopeSelect value={lever.scope} outcomes={outcomes} onChange={(scope) => set({ scope })} />}
        <UnitSelect value={lever.unit} parameter={lever.parameter} onChange={(unit) => set({ unit })} />
        <LeverNumber label={t('explore.from')} lever={lever} value={lever.from} onChange={(from) => set({ from })} />
        <LeverNumber label={t('explore.to')} lever={lever} value={lever.to} onChange={(to) => set({ to })} />
        <NativeSelect
          label={t('explore.steps')}
          value={String(lever.steps)}
          data={Array.from({ length: STEPS_MAX - STEPS_MIN + 1 }, (_, at) => String(at + STEPS_MIN))}
          onChange={(event) => set({ steps: Number(event.currentTarget.value) })}
        />
      </div>
    </fieldset>
  );
}

export function ParameterSelect({ value, onChange }: { value: LeverState['parameter']; onChange: (value: LeverState['parameter']) => void }) {
  const { t } = useTranslation('sroi');
  return (
    <NativeSelect
      label={t('explore.parameter')}
      value={value}
      data={PARAMETERS.map((each) => ({ value: each, label: parameterWord(each) }))}
      onChange={(event) => {
        const found = PARAMETERS.find((each) => each === event.currentTarget.value);
        if (found) onChange(found);
      }}
    />
  );
}

interface ScopeProps {
  value: string;
  outcomes: readonly ExploreOutcome[];
  onChange: (scope: string) => void;
}

export function ScopeSelect({ value, outcomes, onChange }: ScopeProps) {
  const { t } = useTranslation('sroi');
  return (
    <NativeSelect
      label={t('explore.scope')}
      value={value}
      data={[{ value: 'all', label: t('explore.all') }, ...outcomes.map(({ id, name }) => ({ value: id, label: name || id }))]}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

interface UnitProps {
  value: LeverState['unit'];
  parameter: string;
  onChange: (unit: LeverState['unit']) => void;
}

export function UnitSelect({ value, parameter, onChange }: UnitProps) {
  const { t } = useTranslation('sroi');
  return (
    <NativeSelect
      label={t('explore.unit')}
      value={value}
      data={UNITS.map((each) => ({
        value: each,
        label: each === 'multiplier' ? t('explore.multiplier') : isShare(parameter) ? t('explore.percent') : t('explore.value'),
      }))}
      onChange={(event) => onChange(event.currentTarget.value === 'value' ? 'value' : 'multiplier')}
    />
  );
}

interface NumberProps {
  label: string;
  lever: Pick<LeverState, 'parameter' | 'unit'>;
  value: string;
  onChange: (value: string) => void;
}

/** Keeps what is typed; what can be read is passed on when the field is left or Enter is pressed. */
export function LeverNumber({ label, lever, value, onChange }: NumberProps) {
  const { t } = useTranslation('sroi');
  const [typed, setTyped] = useState<string | null>(null);
  const percentShown = lever.unit === 'value' && isShare(lever.parameter);
  const read = typed === null ? value : readLeverValue(lever.parameter, lever.unit, typed);
  const wrong = typed !== null && (read === null || read.startsWith('-'));
  const done = () => {
    if (typed === null || read === null || wrong) return;
    setTyped(null);
    if (read !== value) onChange(read);
  };
  return (
    <TextInput
      label={label}
      inputMode="decimal"
      value={typed ?? typedLeverValue(lever.parameter, lever.unit, value)}
      error={wrong ? t('explore.notNumber') : undefined}
      rightSection={percentShown ? <span aria-hidden="true">%</span> : undefined}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={done}
      onKeyDown={(event) => {
        if (event.key === 'Enter') done();
      }}
    />
  );
}
