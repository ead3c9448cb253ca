// Why: the frame around each editor: title, save line, problems, editor, live result, next step.
import { Button, Group } from '@mantine/core';
import { Link, useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readProblems } from '@/api/problems';
import { PageTitle } from '@/components/PageTitle';
import { ErrorSummary } from '@/components/ErrorSummary';
import { Countdown } from '@/components/Figures';
import { NotFound } from '@/components/PageStates';
import type { ProblemLike } from '@/components/ProblemText';
import { readFragment, type FragmentType } from '@/gql';
import { useLanguage } from '@/i18n';
import { BudgetEditor } from '../editors/BudgetEditor';
import { CostSharingEditor } from '../editors/CostSharingEditor';
import { FormEditor } from '../editors/FormEditor';
import { OrganisationEditor } from '../editors/OrganisationEditor';
import { ProcurementEditor } from '../editors/ProcurementEditor';
import type { PreviewFigures } from '../preview';
import type { SectionApplication } from '../SectionPage';
import { DraftValueMap } from '../valuemap/DraftValueMap';
import { useMapQuestions } from '../valuemap/mapQuestions';
import { FieldData, problemsToShow, questionName, SectionContext } from './context';
import { followProblem } from './reveal';
import { ConflictPanel, SaveLine } from './SaveLine';
import { useSection } from './useSection';

interface Props {
  org: string;
  application: SectionApplication;
  code: string;
  userId: string;
  readOnly: boolean;
}

export function SectionEditor(props: Props) {
  const { application, code } = props;
  const info = application.round.programme.sections.find((each) => each.code === code);
  const start = application.sections.find((each) => each.code === code);
  if (!info || !start) return <NotFound />;
  return <OpenSection {...props} info={info} start={start} />;
}

interface OpenProps extends Props {
  info: SectionApplication['round']['programme']['sections'][number];
  start: SectionApplication['sections'][number];
}

function OpenSection({ org, application, code, userId, readOnly, info, start }: OpenProps) {
  const { t } = useTranslation('applicant');
  const { pick } = useLanguage();
  const navigate = useNavigate();
  const form = useSection({ ...start, problems: readProblems(start.problems) }, { applicationId: application.id, userId, readOnly });
  const fields = useMapQuestions(code, readFragment(FieldData, info.fields));
  const [all, setAll] = useState(false);
  const [summary, setSummary] = useState<readonly ProblemLike[]>([]);
  const shown = problemsToShow(form.problems, all);
  const where = { org, id: application.id };
  const codes = application.round.programme.sections.map((each) => each.code);
  const next = codes[codes.indexOf(code) + 1];

  const hash = useLocation({ select: (location) => location.hash });
  useEffect(() => {
    if (hash !== '') followProblem(decodeURIComponent(hash));
  }, [hash]);

  async function goOn() {
    const left = readOnly ? [] : await form.saveNow();
    if (left === null) return;
    if (left.length > 0 && !all) {
      setAll(true);
      setSummary(left);
      return;
    }
    if (next === undefined) await navigate({ to: '/o/$org/applications/$id', params: where });
    else await navigate({ to: '/o/$org/applications/$id/$section', params: { ...where, section: next } });
  }

  return (
    <SectionContext value={{ form, fields, shown }}>
      <p className="pl-small">
        <Link to="/o/$org/applications/$id" params={where}>
          ‹ {t('section.backToTasks')}
        </Link>{' '}
        · {application.reference}
      </p>
      <PageTitle>{pick(info.title)}</PageTitle>
      <p className="pl-narrow">{pick(info.intro)}</p>
      <div className="pl-saveline">
        {readOnly ? <strong>{t('section.readOnly')}</strong> : <SaveLine form={form} />}
        <Countdown closesAt={application.round.closesAt} />
      </div>
      {form.restored && !form.conflict && <p className="pl-note">{t('save.restored')}</p>}
      <ErrorSummary
        problems={summary}
        nameOf={(problem) => questionName(fields, problem.path, pick, form.content)}
        onFollow={(problem) => followProblem(problem.path)}
      />
      <ConflictPanel />
      <EditorOf editor={info.editor} application={application} preview={form.preview ?? application.preview} />
      <Group mt="lg" className="pl-noprint">
        <Button onClick={() => void goOn()}>
          {all && form.problems.length > 0 ? t('section.continueAnyway') : t('section.saveAndContinue')}
        </Button>
        <Link to="/o/$org/applications/$id" params={where}>
          {t('section.backToTasks')}
        </Link>
      </Group>
    </SectionContext>
  );
}

interface EditorProps {
  editor: string;
  application: SectionApplication;
  preview: FragmentType<typeof PreviewFigures> | null;
}

function EditorOf({ editor, application, preview }: EditorProps) {
  switch (editor) {
    case 'organisation':
      return <OrganisationEditor facts={application.organisationFacts} />;
    case 'budget':
      return <BudgetEditor preview={preview} project={projectOf(application)} applicationId={application.id} />;
    case 'procurement':
      return <ProcurementEditor />;
    case 'cost_sharing':
      return <CostSharingEditor preview={preview} applicationId={application.id} reference={application.reference} />;
    case 'value_map':
      return <DraftValueMap application={application} preview={preview} />;
    default:
      return <FormEditor />;
  }
}

function projectOf(application: SectionApplication): unknown {
  return application.sections.find((each) => each.code === 'project')?.content;
}
