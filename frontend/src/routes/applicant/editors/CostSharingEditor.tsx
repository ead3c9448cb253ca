// Why: shared costs: pools with a basis and weights by activity, and the projects that may be
// exempt. The split itself comes from the server, to the cent, with its working.
import { useTranslation } from 'react-i18next';
import { readFragment, type FragmentType } from '@/gql';
import { PreviewFigures } from '../preview';
import { problemsToShow, useSectionContext } from '../section/context';
import { Field } from '../section/Field';
import { rowsAt } from '../section/path';
import { ApportionmentResult } from './ApportionmentResult';
import { Rows } from './Rows';
import { WeightsField } from './WeightsField';

export function CostSharingEditor({ preview }: { preview: FragmentType<typeof PreviewFigures> | null }) {
  const { t } = useTranslation('applicant');
  const { form } = useSectionContext();
  const figures = readFragment(PreviewFigures, preview);
  const rows = [...rowsAt(form.content, 'pools'), ...rowsAt(form.content, 'projects')];
  const names = new Map(rows.map((row) => [String(row['id']), String(row['name'] ?? row['id'])]));
  return (
    <>
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
              <WeightsField path={`${path}.weights`} />
            </div>
            <div className="pl-wide">
              <Field path={`${path}.evidence`} />
            </div>
          </div>
        )}
      </Rows>
      <h2 style={{ marginTop: '1.5rem' }}>{t('costSharing.projects')}</h2>
      <p className="pl-muted">{t('costSharing.projectsHelp')}</p>
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
          </div>
        )}
      </Rows>
      <ApportionmentResult result={figures?.costShare} problems={problemsToShow(figures?.costShareProblems ?? [], false)} names={names} />
    </>
  );
}
