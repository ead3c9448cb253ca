// Why: how shared costs are split and which projects are exempt, as the recorded run says, beside
// the basis, weights and evidence that the applicant stated.
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { readProblems } from '@/api/problems';
import { CostSchedules } from '@/components/cost/CostSchedules';
import { EffectOfExemption } from '@/components/cost/EffectOfExemption';
import { CostPlanDocument } from '@/components/cost/query';
import { readEffect, readPlan, readSchemes } from '@/components/cost/read';
import { ErrorSummary } from '@/components/ErrorSummary';
import { EmptyState } from '@/components/PageStates';
import { ProblemText, type ProblemLike } from '@/components/ProblemText';
import { WorkingTree } from '@/components/WorkingDrawer';
import { money, plainNumber } from '@/format';
import { readFragment } from '@/gql';
import { useLanguage } from '@/i18n';
import { ApportionmentResult } from '../../applicant/editors/ApportionmentResult';
import { FieldData } from '../../applicant/section/context';
import { getAt, rowsAt, textAt } from '../../applicant/section/path';
import { sectionOf } from './content';
import type { Received } from './query';

export function CostPart({ received }: { received: Received }) {
  const { t } = useTranslation(['funder', 'common']);
  const section = sectionOf(received.document, 'cost_sharing');
  const pools = rowsAt(section, 'pools');
  const projects = rowsAt(section, 'projects');
  const result = received.costShare;
  const names = new Map(
    [...pools, ...projects].map((row) => [textAt(row, 'id'), textAt(row, 'name') || textAt(row, 'id')]),
  );
  const refused = rowsAt(result, 'problems') as unknown as ProblemLike[];
  const problems = refused.map((each) => ({ ...each, params: Array.isArray(each.params) ? each.params : [] }));
  const effect = readEffect(result);
  if (pools.length === 0 && projects.length === 0) {
    return (
      <>
        <EmptyState>{t('costs.none')}</EmptyState>
        <Paid received={received} costShare={null} names={names} />
      </>
    );
  }
  return (
    <>
      <Stated received={received} />
      {result === null && <EmptyState>{t('costs.notYet')}</EmptyState>}
      {problems.map((problem) => (
        <p key={`${problem.path}${problem.code}`} className="pl-mark-warn">
          <ProblemText problem={problem} />
        </p>
      ))}
      {result !== null && problems.length === 0 && (
        <>
          <ApportionmentResult result={result} problems={[]} names={names} />
          <LeftOut result={result} names={names} />
          {effect && <EffectOfExemption effect={effect} names={names} />}
          <details className="pl-card">
            <summary>
              <strong>{t('common:working.title')}</strong>
            </summary>
            <WorkingTree working={getAt(result, 'working')} />
          </details>
          <p className="pl-muted pl-small">
            {t('runNote', { engine: 'costshare', run: textAt(result, 'runId') || '—' })}{' '}
            <code className="pl-hash">{textAt(result, 'inputHash')}</code>
          </p>
        </>
      )}
      <Paid received={received} costShare={result} names={names} />
    </>
  );
}

/** Who pays, cash flow and the schedules of the recorded run. */
function Paid({ received, costShare, names }: { received: Received; costShare: unknown; names: ReadonlyMap<string, string> }) {
  const { pick } = useLanguage();
  const [{ data }] = useQuery({ query: CostPlanDocument, variables: { input: { submissionId: received.id } } });
  const form = received.round.programme.sections.find((each) => each.code === 'budget');
  const fields = form ? readFragment(FieldData, form.fields) : [];
  const options = fields.find((field) => field.path === 'lines[].scope')?.options ?? [];
  return (
    <>
      <ErrorSummary problems={readProblems(data?.costPlan.problems)} takeFocus={false} />
      <CostSchedules
        costShare={costShare}
        plan={readPlan(data?.costPlan.plan)}
        schemes={readSchemes(data?.costPlan.schemes)}
        names={names}
        scopes={new Map(options.map((option) => [option.code, pick(option.label)]))}
      />
    </>
  );
}

function Stated({ received }: { received: Received }) {
  const { t } = useTranslation(['funder', 'common']);
  const { pick } = useLanguage();
  const section = sectionOf(received.document, 'cost_sharing');
  const form = received.round.programme.sections.find((each) => each.code === 'cost_sharing');
  const fields = form ? readFragment(FieldData, form.fields) : [];
  const bases = fields.find((field) => field.path === 'pools[].basis')?.options ?? [];
  const basis = (code: string) => {
    const option = bases.find((each) => each.code === code);
    return option ? pick(option.label) : code;
  };
  const pools = rowsAt(section, 'pools');
  if (pools.length === 0) return null;
  return (
    <section className="pl-card" aria-labelledby="pools-title">
      <h2 id="pools-title">{t('costs.stated', { year: textAt(section, 'financial_year') })}</h2>
      <div className="pl-scroll" tabIndex={0} role="group" aria-label={t('costs.stated', { year: '' })}>
        <table className="pl-table fu-dense">
          <thead>
            <tr>
              <th scope="col">{t('costs.pool')}</th>
              <th scope="col" className="pl-end">
                {t('costs.amount')}
              </th>
              <th scope="col">{t('costs.basis')}</th>
              <th scope="col">{t('costs.weights')}</th>
              <th scope="col">{t('costs.evidence')}</th>
            </tr>
          </thead>
          <tbody>
            {pools.map((pool, position) => (
              <tr key={textAt(pool, 'id') || position}>
                <th scope="row">{textAt(pool, 'name') || textAt(pool, 'id')}</th>
                <td className="pl-end">{textAt(pool, 'amount') === '' ? '' : money(textAt(pool, 'amount'))}</td>
                <td>{basis(textAt(pool, 'basis'))}</td>
                <td>
                  {Object.entries((pool['weights'] ?? {}) as Record<string, unknown>).map(([activity, weight]) => (
                    <div key={activity} className="pl-num">
                      {activity}: {plainNumber(String(weight))}
                    </div>
                  ))}
                </td>
                <td>{textAt(pool, 'evidence') || t('common:state.notGiven')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** Activities whose weight leaves the basis because every project naming them is exempt. */
function LeftOut({ result, names }: { result: unknown; names: ReadonlyMap<string, string> }) {
  const { t } = useTranslation(['funder', 'common']);
  const { language } = useLanguage();
  const rows = rowsAt(result, 'pools').flatMap((pool) =>
    rowsAt(pool, 'left_out').map((out) => ({ pool: textAt(pool, 'id'), out })),
  );
  if (rows.length === 0) return null;
  return (
    <ul>
      {rows.map(({ pool, out }) => {
        const projects = Array.isArray(out['projects']) ? (out['projects'] as unknown[]).map(String) : [];
        return (
          <li key={`${pool}${textAt(out, 'activity')}`}>
            {t('costs.leftOut', {
              pool: names.get(pool) ?? pool,
              activity: textAt(out, 'activity'),
              projects: projects.map((id) => names.get(id) ?? id).join(language === 'zh' ? '、' : ', '),
            })}
          </li>
        );
      })}
    </ul>
  );
}
