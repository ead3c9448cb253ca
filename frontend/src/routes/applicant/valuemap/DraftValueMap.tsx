// Why: the value map of a draft: its live figures come with each save, and it can go to Excel and back.
import { readProblems } from '@/api/problems';
import { readFragment, type FragmentType } from '@/gql';
import { PreviewFigures } from '../preview';
import type { SectionApplication } from '../SectionPage';
import { ValueMapEditor } from './ValueMapEditor';
import { Workbook } from './Workbook';

interface Props {
  application: SectionApplication;
  preview: FragmentType<typeof PreviewFigures> | null;
}

export function DraftValueMap({ application, preview }: Props) {
  const figures = readFragment(PreviewFigures, preview);
  return (
    <ValueMapEditor
      sroi={figures?.sroi}
      problems={readProblems(figures?.sroiProblems)}
      discountRate={application.round.programme.discountRate}
      target={{ applicationId: application.id }}
    >
      <Workbook applicationId={application.id} reference={application.reference} />
    </ValueMapEditor>
  );
}
