// Why: the frozen document, section by section, in the words of the form that asked for it.
import { useTranslation } from 'react-i18next';
import { readFragment } from '@/gql';
import type { FieldDataFragment } from '@/gql/graphql';
import { useLanguage } from '@/i18n';
import { Answers } from '../../applicant/Answers';
import { OrganisationFacts } from '../../applicant/editors/OrganisationEditor';
import { FieldData } from '../../applicant/section/context';
import { getAt } from '../../applicant/section/path';
import { BudgetTable } from './BudgetTable';
import { sectionOf } from './content';
import { ProcurementTable } from './ProcurementTable';
import { FilesPart } from './FilesPart';
import type { Received } from './query';
import { ValueMapTable } from './ValueMapTable';

export function DocumentPart({ received }: { received: Received }) {
  const { t } = useTranslation('funder');
  const { t: files } = useTranslation('files');
  const { pick } = useLanguage();
  const { sections } = received.round.programme;
  return (
    <>
      <nav aria-label={t('application.sections')} className="pl-noprint">
        <ol className="fu-toc">
          {sections.map((section) => (
            <li key={section.code}>
              <a href={`#section-${section.code}`}>{pick(section.title)}</a>
            </li>
          ))}
          <li>
            <a href="#files">{files('title')}</a>
          </li>
        </ol>
      </nav>
      {sections.map((section, position) => (
        <section
          key={section.code}
          className="pl-card"
          id={`section-${section.code}`}
          aria-labelledby={`title-${section.code}`}
        >
          <h2 id={`title-${section.code}`}>
            {position + 1}. {pick(section.title)}
          </h2>
          <Body
            editor={section.editor}
            fields={readFragment(FieldData, section.fields)}
            content={sectionOf(received.document, section.code)}
            received={received}
          />
        </section>
      ))}
      <FilesPart received={received} />
    </>
  );
}

interface BodyProps {
  editor: string;
  fields: readonly FieldDataFragment[];
  content: unknown;
  received: Received;
}

function Body({ editor, fields, content, received }: BodyProps) {
  switch (editor) {
    case 'organisation':
      return <OrganisationFacts facts={getAt(received.document, 'applicant.facts')} />;
    case 'budget':
      return <BudgetTable received={received} fields={fields} />;
    case 'procurement':
      return <ProcurementTable received={received} fields={fields} />;
    case 'value_map':
      return <ValueMapTable received={received} />;
    default:
      return <Answers fields={fields} content={content} />;
  }
}
