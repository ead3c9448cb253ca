// Why: why two runs of one project differ: claimed and assessed, or promised and came. Each change has
// its exact effect; the effects add up to the difference of the totals, with a visible rounding line.
import { useTranslation } from 'react-i18next';
import { graphql, readFragment, type FragmentType } from '@/gql';
import type { DifferenceShownFragment } from '@/gql/graphql';
import { amount, fixed, grouped } from '@/format';
import { labelled, wordFor } from '@/i18n';
import { sumDecimals } from '@/routes/applicant/sums';
import { isShare, leverName, parameterWord, leverValue, type Names } from './levers';
import { ShareAsTable } from './ShareAsTable';
import { WaterfallChart, type WaterfallStep } from './Waterfall';

export const DifferenceShown = graphql(`
  fragment DifferenceShown on SroiDifference {
    ratioBefore
    ratioAfter
    totalBefore
    totalAfter
    investmentBefore
    investmentAfter
    steps {
      path
      outcome
      parameter
      from
      to
      effect
      effectOn
    }
  }
`);

type DifferenceKind = 'assessed' | 'outturn';

interface Props {
  difference: FragmentType<typeof DifferenceShown>;
  /** Outcome names by id. */
  names: Names;
  /** Reasons of the changes by their path in the value map. */
  reasons?: ReadonlyMap<string, string>;
  /** What the two sides are: claimed and assessed (default), or promised and came. */
  kind?: DifferenceKind;
}

type Step = DifferenceShownFragment['steps'][number];

const NO_REASONS: ReadonlyMap<string, string> = new Map();

export function Difference({ difference, names, reasons = NO_REASONS, kind = 'assessed' }: Props) {
  const { t } = useTranslation(['sroi', 'common']);
  const shown = readFragment(DifferenceShown, difference);
  const total = shown.steps.filter((step) => step.effectOn !== 'investment');
  const investment = shown.steps.filter((step) => step.effectOn === 'investment');
  return (
    <>
      <p>
        {t(`difference.ratio.${kind}`, { before: `${grouped(shown.ratioBefore)} : 1`, after: `${grouped(shown.ratioAfter)} : 1` })}
      </p>
      {shown.steps.length === 0 && <p>{t('difference.same')}</p>}
      <div className="pl-grid-2">
        <Bridge
          title={t('difference.total')} before={shown.totalBefore} after={shown.totalAfter}
          steps={total} names={names} reasons={reasons} kind={kind}
        />
        <Bridge
          title={t('difference.investment')} before={shown.investmentBefore} after={shown.investmentAfter}
          steps={investment} names={names} reasons={reasons} kind={kind}
        />
      </div>
    </>
  );
}

interface BridgeProps {
  title: string;
  before: string;
  after: string;
  steps: readonly Step[];
  names: Names;
  reasons: ReadonlyMap<string, string>;
  kind: DifferenceKind;
}

function Bridge({ title, before, after, steps, names, reasons, kind }: BridgeProps) {
  const { t } = useTranslation(['sroi', 'common']);
  const sides = { before: t(`difference.before.${kind}`), after: t(`difference.after.${kind}`) };
  const left = roundingOf(before, after, steps);
  const bars: WaterfallStep[] = [
    { code: 'before', label: sides.before, amount: before, total: true },
    ...steps.map((step) => ({ code: step.path, label: stepName(step, names), amount: step.effect, total: false })),
    { code: 'after', label: sides.after, amount: after, total: true },
  ];
  const reasoned = steps.some((step) => reasons.has(step.path));
  const tail = reasoned ? [''] : [];
  return (
    <ShareAsTable
      title={title}
      chart={<WaterfallChart steps={bars} />}
      columns={[
        t('difference.what'), sides.before, sides.after, t('difference.effect'),
        ...(reasoned ? [t('difference.reason')] : []),
      ]}
      rows={steps.map((step) => [
        stepName(step, names), stepValue(step, step.from), stepValue(step, step.to), signed(step.effect),
        ...(reasoned ? [reasons.get(step.path) ?? ''] : []),
      ])}
      totals={[
        [sides.before, '', '', two(before), ...tail],
        ...(left === null ? [] : [[t('common:table.rounding'), '', '', amount(left), ...tail]]),
        [sides.after, '', '', two(after), ...tail],
      ]}
      wrapLast={reasoned}
    />
  );
}

/** What the printed effects leave over between the printed totals; null when they add up. */
export function roundingOf(before: string, after: string, steps: readonly { effect: string }[]): string | null {
  const plain = (value: string) => fixed(value, 2).replace(/,/g, '').replace('\u2212', '-');
  const negated = [before, ...steps.map((step) => step.effect)].map((value) => {
    const text = plain(value);
    return text.startsWith('-') ? text.slice(1) : `-${text}`;
  });
  const left = sumDecimals([plain(after), ...negated]);
  return left === null || /^-?[0.]*$/.test(left) ? null : left;
}

function two(value: string): string {
  return fixed(value, 2);
}

function signed(value: string): string {
  return value.startsWith('-') ? two(value) : `+${two(value)}`;
}

function stepName(step: Step, names: Names): string {
  if (step.outcome !== null) {
    const known = wordFor(`parameter.${step.parameter}`) ?? wordFor(`sroi:difference.parameter.${step.parameter}`);
    if (known !== null) return leverName(step.parameter, step.outcome, names);
    return labelled(parameterWord(step.parameter), names.get(step.outcome) ?? step.outcome);
  }
  return wordFor(`sroi:difference.parameter.${step.parameter}`) ?? labelled(parameterWord(step.parameter), step.path);
}

/** A share as a percentage, a figure with separators, everything else as it stands. */
function stepValue(step: Step, value: string | null): string {
  if (value === null || value === '') return '—';
  if (!/^-?\d+(\.\d+)?$/.test(value)) return value;
  return leverValue(isShare(step.parameter) ? step.parameter : 'quantity', 'value', value);
}
