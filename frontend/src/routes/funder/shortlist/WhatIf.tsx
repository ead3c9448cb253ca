// Why: a panel asks "what if delivery counted more?"; weights move in whole points by slider or number,
// the sum stays in sight, and nothing that is recorded changes.
import { Button, Group, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PairwiseWeights } from '@/components/PairwiseWeights';
import { pointsOf, spreadRest, sumOf, WHOLE, type Points } from '@/components/points';
import { amount, readMoney, readNumber } from '@/format';
import type { ShortlistShownFragment } from '@/gql/graphql';
import { useLanguage } from '@/i18n';
import { readPoints, writePoints, type ShortlistSearch } from './search';

interface Props {
  shortlist: ShortlistShownFragment;
  search: ShortlistSearch;
  onChange: (change: { w?: string | undefined; budget?: string | undefined; line?: undefined }) => void;
}

/** Moving a slider writes many values; the address takes the last. */
const SETTLE_MILLISECONDS = 200;

/** The points as agreed, in whole numbers. */
function agreedPoints(weights: ShortlistShownFragment['weights']): Points {
  return pointsOf(weights.map(({ criterion, weight }) => ({ id: criterion, share: weight })));
}

export function WhatIf({ shortlist, search, onChange }: Props) {
  const { t } = useTranslation('ranking');
  const { pick } = useLanguage();
  const criteria = shortlist.weights.map((each) => each.criterion);
  const agreed = agreedPoints(shortlist.weights);
  const written = readPoints(search.w, criteria) === null ? undefined : search.w;
  const [points, setPoints] = useState<Points>(readPoints(written, criteria) ?? agreed);
  const [known, setKnown] = useState(written);
  const [opened, setOpened] = useState(search.w !== undefined || search.budget !== undefined);
  const [moved, setMoved] = useState<string | null>(null);
  if (written !== known) {
    setKnown(written);
    setPoints(readPoints(written, criteria) ?? agreed);
  }
  const asAgreed = writePoints(agreed, criteria);
  const now = writePoints(points, criteria);
  const next = now === asAgreed ? undefined : now;
  useEffect(() => {
    if (next === known) return undefined;
    const timer = setTimeout(() => {
      setKnown(next);
      onChange({ w: next, line: undefined });
    }, SETTLE_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [next, known, onChange]);
  const set = (criterion: string, value: number) => {
    setMoved(criterion);
    setPoints((old) => ({ ...old, [criterion]: value }));
  };
  return (
    <details className="pl-card fu-weights pl-noprint" open={opened} onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary>
        <strong>{t('whatIf.title')}</strong>
      </summary>
      <p className="pl-muted pl-small">{t('whatIf.help')}</p>
      <div className="fu-points">
        {shortlist.weights.map(({ criterion, name }) => (
          <PointsField
            key={criterion}
            label={`${criterion} ${pick(name)}`}
            value={points[criterion] ?? 0}
            onChange={(value) => set(criterion, value)}
          />
        ))}
      </div>
      <SumLine sum={sumOf(points)} />
      <Group mb="sm">
        <Button variant="default" disabled={sumOf(points) === WHOLE} onClick={() => setPoints(spreadRest(points, moved))}>
          {t('whatIf.spread')}
        </Button>
        <span className="pl-small pl-muted">{t('whatIf.spreadHelp')}</span>
      </Group>
      <BudgetField agreed={shortlist.budget} value={search.budget} onChange={(budget) => onChange({ budget, line: undefined })} />
      <details className="pl-details">
        <summary>{t('whatIf.pairs')}</summary>
        <PairwiseWeights
          items={shortlist.weights.map(({ criterion, name }) => ({ id: criterion, label: `${criterion} ${pick(name)}` }))}
          onApply={(weighed) => {
            setMoved(null);
            setPoints(weighed);
          }}
        />
      </details>
    </details>
  );
}

function SumLine({ sum }: { sum: number }) {
  const { t } = useTranslation('ranking');
  const rest = WHOLE - sum;
  return (
    <p role="status" className={rest === 0 ? 'pl-small' : 'pl-small pl-mark-warn'}>
      <strong>{t('whatIf.sum', { sum })}</strong>
      {rest > 0 && ` · ${t('whatIf.missing', { count: rest })}`}
      {rest < 0 && ` · ${t('whatIf.tooMany', { count: -rest })}`}
      {rest !== 0 && `. ${t('whatIf.needsHundred')}`}
    </p>
  );
}

/** A slider and a number field for the same points; what cannot be read stays as typed. */
function PointsField({ label, value, onChange }: { label: string; value: number; onChange: (value: number) => void }) {
  const { t } = useTranslation('ranking');
  const [typed, setTyped] = useState(String(value));
  const [known, setKnown] = useState(value);
  if (value !== known) {
    setKnown(value);
    setTyped(String(value));
  }
  const read = (text: string) => {
    const number = readNumber(text);
    return number !== null && /^\d{1,3}$/.test(number) && Number(number) <= WHOLE ? Number(number) : null;
  };
  return (
    <div className="fu-point">
      <TextInput
        label={label}
        aria-label={t('whatIf.points', { criterion: label })}
        inputMode="numeric"
        value={typed}
        error={read(typed) === null ? t('whatIf.notPoints') : undefined}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          const number = read(event.currentTarget.value);
          if (number === null) return;
          setKnown(number);
          onChange(number);
        }}
      />
      <input
        type="range"
        min={0}
        max={WHOLE}
        step={1}
        value={value}
        aria-label={t('whatIf.slider', { criterion: label })}
        onChange={(event) => onChange(Number(event.currentTarget.value))}
      />
    </div>
  );
}

interface BudgetProps {
  agreed: string;
  value: string | undefined;
  onChange: (budget: string | undefined) => void;
}

/** Written to the address when the field is left, so that half a number is never asked for. */
function BudgetField({ agreed, value, onChange }: BudgetProps) {
  const { t } = useTranslation(['ranking', 'problems']);
  const shown = value === undefined ? amount(agreed) : amount(readMoney(value) ?? value);
  const [typed, setTyped] = useState(shown);
  const [known, setKnown] = useState(shown);
  if (shown !== known) {
    setKnown(shown);
    setTyped(shown);
  }
  const money = readMoney(typed);
  const leave = () => {
    if (money !== null) onChange(money === readMoney(agreed) ? undefined : money);
  };
  return (
    <TextInput
      className="fu-budgetfield"
      label={t('whatIf.budget')}
      inputMode="decimal"
      value={typed}
      error={money === null || money.startsWith('-') ? t('problems:not_decimal', { example: '8,000,000' }) : undefined}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={leave}
      onKeyDown={(event) => {
        if (event.key === 'Enter') leave();
      }}
    />
  );
}
