// Why: a budget is a set of trade-offs; change one source and see what follows for the others, exactly
// and within the limits, before anything is changed. Applying writes the cells by the ordinary save.
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient, useQuery } from 'urql';
import { readProblems, UNREACHABLE } from '@/api/problems';
import { limitName, Limits } from '@/components/cost/CostSchedules';
import { usePayer } from '@/components/cost/payer';
import { CostPlanDocument } from '@/components/cost/query';
import { applyChanges, readPlan, type Plan, type Range, type Solution } from '@/components/cost/read';
import { ErrorSummary } from '@/components/ErrorSummary';
import type { ProblemLike } from '@/components/ProblemText';
import { money, readMoney } from '@/format';
import { useLanguage } from '@/i18n';
import { useSectionContext } from '../section/context';
import { rowsAt, textAt } from '../section/path';

interface Asked {
  source: string;
  to: string;
  absorb: string;
  example: string;
}

interface Answer {
  solution: Solution | null;
  plan: Plan | null;
  problems: readonly ProblemLike[];
}

const UNREADABLE: ProblemLike = { code: 'not_decimal', path: 'to', message: '', params: [{ name: 'example', value: '500,000.00' }] };

export function CostSolver({ applicationId }: { applicationId: string }) {
  const { t } = useTranslation('cost');
  const { pick } = useLanguage();
  const { form } = useSectionContext();
  const client = useClient();
  const payer = usePayer();
  const [asked, setAsked] = useState<Asked>({ source: 'grant', to: '', absorb: '', example: '' });
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [busy, setBusy] = useState(false);
  const [applied, setApplied] = useState(false);
  const example = asked.example === '' ? null : asked.example;
  const [{ data }, ask] = useQuery({
    query: CostPlanDocument,
    variables: { input: { applicationId, example } },
    requestPolicy: 'network-only',
  });
  // The plan is what the server has: asked again after each save.
  useEffect(() => {
    if (form.savedAt !== null) ask({ requestPolicy: 'network-only' });
  }, [ask, form.savedAt]);
  const plan = readPlan(data?.costPlan.plan);
  if (form.readOnly || !plan || plan.sources.length === 0) return null;
  const examples = Array.isArray(data?.costPlan.examples) ? (data.costPlan.examples as { id: string; en: string; zh: string }[]) : [];
  const sources = plan.ranges.map((range) => range.source);
  const range = plan.ranges.find((each) => each.source === asked.source);
  const change = (next: Partial<Asked>) => {
    setAsked({ ...asked, ...next });
    setAnswer(null);
    setApplied(false);
  };

  async function solve() {
    const to = readMoney(asked.to);
    setApplied(false);
    if (to === null) {
      setAnswer({ solution: null, plan: null, problems: [UNREADABLE] });
      return;
    }
    setBusy(true);
    if (form.status !== 'saved' && (await form.saveNow()) === null) {
      setAnswer({ solution: null, plan: null, problems: [{ code: 'workbook_unsaved', path: '', message: t('solver.unsaved'), params: [] }] });
      setBusy(false);
      return;
    }
    const absorb = asked.absorb === '' ? null : [asked.absorb];
    const input = { applicationId, example, change: { source: asked.source, to, absorb } };
    const result = await client.query(CostPlanDocument, { input }, { requestPolicy: 'network-only' }).toPromise();
    const found = readPlan(result.data?.costPlan.plan);
    const failed = result.error ? UNREACHABLE : [];
    setAnswer({ solution: found?.solution ?? null, plan: found, problems: [...readProblems(result.data?.costPlan.problems), ...failed] });
    setBusy(false);
  }

  function apply(solution: Solution) {
    form.replace(applyChanges(form.content, solution.changes));
    setAnswer(null);
    setApplied(true);
  }

  return (
    <section className="pl-card pl-noprint" aria-labelledby="solver-title">
      <h2 id="solver-title">{t('solver.title')}</h2>
      <p className="pl-muted pl-small">{t('solver.help')}</p>
      <ErrorSummary problems={answer?.problems ?? readProblems(data?.costPlan.problems)} takeFocus={answer !== null} />
      <div className="pl-fields">
        <NativeSelect
          label={t('solver.source')}
          value={asked.source}
          data={sources.map((source) => ({ value: source, label: payer(source) }))}
          onChange={(event) => change({ source: event.currentTarget.value, absorb: '' })}
        />
        <TextInput
          label={t('solver.to')}
          inputMode="decimal"
          autoComplete="off"
          value={asked.to}
          onChange={(event) => change({ to: event.currentTarget.value })}
        />
        <NativeSelect
          label={t('solver.absorb')}
          value={asked.absorb}
          data={[
            { value: '', label: t('solver.usual') },
            ...sources.filter((source) => source !== asked.source).map((source) => ({ value: source, label: payer(source) })),
          ]}
          onChange={(event) => change({ absorb: event.currentTarget.value })}
        />
        {examples.length > 0 && (
          <NativeSelect
            label={t('solver.rule')}
            value={asked.example}
            data={[{ value: '', label: t('solver.noRule') }, ...examples.map((each) => ({ value: each.id, label: pick(each) }))]}
            onChange={(event) => change({ example: event.currentTarget.value })}
          />
        )}
      </div>
      {range && <Reach range={range} />}
      {plan.spans.map((span) => (
        <p key={span.year ?? 'all'} className="pl-small">
          {t('solver.matching', {
            payer: payer(span.payer),
            matched: money(span.matched),
            entitled: money(span.entitled),
            paid: money(span.paid),
            unused: money(span.unused),
          })}
        </p>
      ))}
      <Button loading={busy} onClick={() => void solve()}>
        {t('solver.solve')}
      </Button>
      <div aria-live="polite">
        {applied && <p className="pl-mark-good">{t('solver.applied')}</p>}
        {answer?.solution && answer.plan && <Solved solution={answer.solution} plan={answer.plan} onApply={apply} />}
      </div>
    </section>
  );
}

/** How far the source can go, and which limit stops it. */
function Reach({ range }: { range: Range }) {
  const { t } = useTranslation('cost');
  const payer = usePayer();
  if (!range.possible) return <p className="pl-mark-warn pl-small">{t('solver.noPlan')}</p>;
  const stop = (limit: string) => limitName({ limit });
  return (
    <p className="pl-small" data-solver-range>
      {t('solver.range', { source: payer(range.source), low: money(range.low), high: money(range.high) })}{' '}
      {range.lowLimit !== null && t('solver.lowLimit', { limit: stop(range.lowLimit) })}{' '}
      {range.highLimit !== null && t('solver.highLimit', { limit: stop(range.highLimit) })}
    </p>
  );
}

interface SolvedProps {
  solution: Solution;
  plan: Plan;
  onApply: (solution: Solution) => void;
}

function Solved({ solution, plan, onApply }: SolvedProps) {
  const { t } = useTranslation('cost');
  const payer = usePayer();
  if (!solution.feasible) {
    return (
      <>
        <p className="pl-mark-bad">{t('solver.infeasible')}</p>
        <ul>
          {solution.broken.map((limit) => (
            <li key={`${limit.limit}${limit.year ?? ''}`}>
              {t('solver.brokenBy', { limit: limitName(limit), by: money(limit.margin.replace('-', '')) })}
            </li>
          ))}
          {solution.broken.length === 0 && <li>{t('solver.beyond', { by: money(solution.beyond) })}</li>}
        </ul>
      </>
    );
  }
  if (solution.changes.length === 0) return <p>{t('solver.same')}</p>;
  const now = new Map(plan.sources);
  return (
    <>
      <p className="pl-mark-good">{t('solver.feasible')}</p>
      <div className="pl-scroll" tabIndex={0} role="group" aria-label={t('solver.result')}>
        <table className="pl-table pl-compact">
          <caption className="pl-hidden">{t('solver.result')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('whoPays.source')}</th>
              <th scope="col" className="pl-end">
                {t('solver.before')}
              </th>
              <th scope="col" className="pl-end">
                {t('solver.after')}
              </th>
            </tr>
          </thead>
          <tbody>
            {solution.sources.map(([source, sum]) => (
              <tr key={source}>
                <th scope="row">{payer(source)}</th>
                <td className="pl-end">{money(now.get(source) ?? '0')}</td>
                <td className="pl-end">
                  <strong>{money(sum)}</strong>
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t('total')}</th>
              <td className="pl-end">{money(plan.total)}</td>
              <td className="pl-end">{money(plan.total)}</td>
            </tr>
          </tfoot>
        </table>
      </div>
      <CellList solution={solution} />
      <Limits limits={solution.limits} />
      <Button onClick={() => onApply(solution)}>{t('solver.apply')}</Button>
    </>
  );
}

/** Every cell that would change. */
function CellList({ solution }: { solution: Solution }) {
  const { t } = useTranslation('cost');
  const { form } = useSectionContext();
  const payer = usePayer();
  const names = new Map(rowsAt(form.content, 'lines').map((line) => [textAt(line, 'id'), textAt(line, 'description')]));
  return (
    <details className="pl-details">
      <summary>{t('solver.cells', { count: solution.changes.length })}</summary>
      <ul className="pl-small">
        {solution.changes.map((cell) => (
          <li key={`${cell.line}${cell.year}${cell.source}`}>
            {names.get(cell.line) ?? cell.line} · {cell.year} · {payer(cell.source)}: {money(cell.before)} → <strong>{money(cell.after)}</strong>
          </li>
        ))}
      </ul>
    </details>
  );
}
