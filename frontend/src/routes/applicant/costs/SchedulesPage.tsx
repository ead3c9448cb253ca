// Why: finance prints the schedules of a cost plan and keeps them with the accounts; they are computed
// from the draft as it is saved, by the engine that the funder's run will use.
import { Button } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { readProblems } from '@/api/problems';
import { CostSchedules } from '@/components/cost/CostSchedules';
import { EffectOfExemption } from '@/components/cost/EffectOfExemption';
import { CostPlanDocument } from '@/components/cost/query';
import { readEffect, readPlan, readSchemes } from '@/components/cost/read';
import { ErrorSummary } from '@/components/ErrorSummary';
import { EmptyState, QueryWait } from '@/components/PageStates';
import { PageTitle } from '@/components/PageTitle';
import { graphql, readFragment } from '@/gql';
import { useLanguage } from '@/i18n';
import { NoFigures } from '../NoFigures';
import { figuresOf } from '../preview';
import { FieldData, problemsToShow } from '../section/context';
import { rowsAt, textAt } from '../section/path';

const SchedulesDocument = graphql(`
  query CostSchedulesPage($id: ID!) {
    application(id: $id) {
      id
      reference
      title {
        en
        zh
      }
      round {
        id
        programme {
          sections {
            code
            fields {
              ...FieldData
            }
          }
        }
      }
      sections {
        code
        content
      }
      preview {
        ...PreviewFigures
      }
    }
  }
`);

export default function SchedulesPage() {
  const { t } = useTranslation(['cost', 'applicant']);
  const { pick } = useLanguage();
  const { org, id } = useParams({ from: '/o/$org/applications/$id/schedules' });
  const [state, ask] = useQuery({ query: SchedulesDocument, variables: { id }, requestPolicy: 'cache-and-network' });
  const [planned] = useQuery({ query: CostPlanDocument, variables: { input: { applicationId: id } }, requestPolicy: 'network-only' });
  const application = state.data?.application;
  if (!application) return <QueryWait state={state} found={false} retry={() => ask({ requestPolicy: 'network-only' })} />;
  const figures = figuresOf(application.preview);
  const content = (code: string) => application.sections.find((each) => each.code === code)?.content;
  const shared = content('cost_sharing');
  const rows = [...rowsAt(shared, 'pools'), ...rowsAt(shared, 'projects')];
  const names = new Map(rows.map((row) => [textAt(row, 'id'), textAt(row, 'name') || textAt(row, 'id')]));
  const form = application.round.programme.sections.find((each) => each.code === 'budget');
  const options = (form ? readFragment(FieldData, form.fields) : []).find((field) => field.path === 'lines[].scope')?.options ?? [];
  const plan = readPlan(planned.data?.costPlan.plan);
  const effect = readEffect(figures?.costShare);
  const where = { org, id };
  return (
    <>
      <p className="pl-small pl-noprint">
        <Link to="/o/$org/applications/$id" params={where}>
          ‹ {t('applicant:section.backToTasks')}
        </Link>{' '}
        · {application.reference}
      </p>
      <PageTitle>{t('schedules.title')}</PageTitle>
      <p>
        <strong>{pick(application.title) || t('applicant:home.untitled')}</strong> · {application.reference}
      </p>
      <p className="pl-muted">{t('schedules.intro')}</p>
      <Button className="pl-noprint" variant="default" onClick={() => window.print()}>
        {t('schedules.print')}
      </Button>
      <NoFigures missing={figures === null} />
      <ErrorSummary
        problems={[...problemsToShow(readProblems(figures?.costShareProblems), false), ...readProblems(planned.data?.costPlan.problems)]}
        takeFocus={false}
      />
      {!plan && !planned.fetching && <EmptyState>{t('schedules.none')}</EmptyState>}
      {effect && <EffectOfExemption effect={effect} names={names} />}
      <CostSchedules
        costShare={figures?.costShare}
        plan={plan}
        schemes={readSchemes(planned.data?.costPlan.schemes)}
        names={names}
        scopes={new Map(options.map((option) => [option.code, pick(option.label)]))}
      />
    </>
  );
}
