// Why: the same eligibility check that runs after submitting, on the draft as it stands, with a way
// from each criterion to its question.
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { PageTitle } from '@/components/PageTitle';
import { QueryWait } from '@/components/PageStates';
import { VerdictPanel } from '@/components/VerdictPanel';
import { graphql } from '@/gql';
import { useLanguage } from '@/i18n';
import { sectionOfFact } from './facts';
import { NoFigures } from './NoFigures';

const EligibilityPage = graphql(`
  query EligibilityPage($id: ID!) {
    application(id: $id) {
      id
      reference
      title {
        en
        zh
      }
      preview {
        eligibility {
          ...VerdictLines
        }
      }
    }
  }
`);

export default function Eligibility() {
  const { t } = useTranslation('applicant');
  const { pick } = useLanguage();
  const { org, id } = useParams({ from: '/o/$org/applications/$id/eligibility' });
  const navigate = useNavigate();
  const [state, ask] = useQuery({ query: EligibilityPage, variables: { id }, requestPolicy: 'cache-and-network' });
  const application = state.data?.application;
  if (!application) {
    return <QueryWait state={state} found={false} retry={() => ask({ requestPolicy: 'network-only' })} />;
  }
  // A preview that failed comes as nothing.
  const preview = application.preview as typeof application.preview | null;
  return (
    <>
      <p className="pl-small">
        <Link to="/o/$org/applications/$id" params={{ org, id }}>
          ‹ {t('section.backToTasks')}
        </Link>{' '}
        · {application.reference}
      </p>
      <PageTitle>{t('eligibility.title', { title: pick(application.title) || t('home.untitled') })}</PageTitle>
      <p>{t('eligibility.intro')}</p>
      <NoFigures missing={preview === null} />
      {preview && <VerdictPanel
        verdict={preview.eligibility}
        fieldHref={(field) => {
          const place = sectionOfFact(field);
          return place && `/o/${org}/applications/${id}/${place.section}#${place.path}`;
        }}
        onGo={(field) => {
          const place = sectionOfFact(field);
          if (!place) return;
          void navigate({
            to: '/o/$org/applications/$id/$section',
            params: { org, id, section: place.section },
            hash: place.path,
          });
        }}
      />}
    </>
  );
}
