// Why: shared costs: pools with a basis and weights by activity, and the projects that may be
// exempt. The split itself comes from the server, to the cent, with its working.
import { useTranslation } from 'react-i18next';
import { Link, useParams } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { readProblems } from '@/api/problems';
import { Schemes } from '@/components/cost/CostSchedules';
import { EffectOfExemption } from '@/components/cost/EffectOfExemption';
import { CostPlanDocument } from '@/components/cost/query';
import { readEffect, readSchemes } from '@/components/cost/read';
import { readFragment, type FragmentType } from '@/gql';
import { PreviewFigures } from '../preview';
import { problemsToShow, useSectionContext } from '../section/context';
import { Field } from '../section/Field';
import { rowsAt } from '../section/path';
import { ApportionmentResult } from './ApportionmentResult';
import { Workbook } from '../valuemap/Workbook';
import { Rows } from './Rows';
import { WeightsField } from './WeightsField';

interface Props {
  preview: FragmentType<typeof PreviewFigures> | null;
  applicationId: string;
  reference: string;
}

export function CostSharingEditor({ preview, applicationId, reference }: Props) {
  const { t } = useTranslation(['applicant', 'cost']);
  const { org } = useParams({ from: '/o/$org' });
  const [{ data }] = useQuery({ query: CostPlanDocument, variables: { input: { applicationId } } });
  const { form } = useSectionContext();
  const figures = readFragment(PreviewFigures, preview);
  const rows = [...rowsAt(form.content, 'pools'), ...rowsAt(form.content, 'projects')];
  const names = new Map(rows.map((row) => [String(row['id']), String(row['name'] ?? row['id'])]));
  const effect = readEffect(figures?.costShare);
  const schemes = readSchemes(data?.costPlan.schemes);
  return (
    <>
      <Workbook applicationId={applicationId} reference={reference} kind="cost-plan" />
      <p className="pl-noprint">
        <Link to="/o/$org/applications/$id/schedules" params={{ org, id: applicationId }}>
          {t('cost:schedules.link')}
        </Link>
      </p>
      <div className="pl-card">
        <Field path="financial_year" />
      </div>
      <h2>{t('costSharing.pools')}</h2>
      <Rows
        path="pools"
        idPrefix="pool"
        addLabel={t('costSharing.addPool')}
        emptyText={t('costSharing.noPools')}
        rowName={(row, position) => String(row['name'] ?? '') || t('costSharing.pool', { number: position + 1 })}
      >
        {(path) => (
          <div className="pl-fields">
            <Field path={`${path}.name`} />
            <Field path={`${path}.amount`} />
            <Field path={`${path}.basis`} />
            <div className="pl-wide">
              <WeightsField path={`${path}.weights`} evidencePath={`${path}.weight_evidence`} />
            </div>
            <div className="pl-wide">
              <Field path={`${path}.evidence`} />
            </div>
            <Field path={`${path}.period_from`} />
            <Field path={`${path}.period_to`} />
          </div>
        )}
      </Rows>
      <h2 style={{ marginTop: '1.5rem' }}>{t('costSharing.projects')}</h2>
      <p className="pl-muted">{t('costSharing.projectsHelp')}</p>
      {schemes && <Schemes schemes={schemes} />}
      <Rows
        path="projects"
        idPrefix="project"
        addLabel={t('costSharing.addProject')}
        emptyText={t('costSharing.noProjects')}
        rowName={(row, position) => String(row['name'] ?? '') || t('costSharing.project', { number: position + 1 })}
      >
        {(path) => (
          <div className="pl-fields">
            <Field path={`${path}.name`} />
            <Field path={`${path}.activity`} />
            <Field path={`${path}.scheme`} noneLabel={t('costSharing.noScheme')} />
            <Field path={`${path}.start`} />
            <Field path={`${path}.end`} noneLabel={t('costSharing.openEnded')} />
            <Field path={`${path}.employability`} />
          </div>
        )}
      </Rows>
      <ApportionmentResult result={figures?.costShare} problems={problemsToShow(readProblems(figures?.costShareProblems), false)} names={names} />
      {effect && <EffectOfExemption effect={effect} names={names} />}
    </>
  );
}
