// Why: one section of an application: its question set decides the editor, everything typed is
// saved by itself, and the live result stands beside it.
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useQuery } from 'urql';
import { QueryWait } from '@/components/PageStates';
import { graphql } from '@/gql';
import type { SectionPageQuery } from '@/gql/graphql';
import { useSession } from '@/session/session';
import { mayEdit } from './may';
import { SectionEditor } from './section/SectionEditor';

const SectionPageDocument = graphql(`
  query SectionPage($id: ID!) {
    application(id: $id) {
      id
      reference
      stage
      organisationFacts
      title {
        en
        zh
      }
      round {
        id
        closesAt
        programme {
          discountRate
          sections {
            code
            editor
            title {
              en
              zh
            }
            intro {
              en
              zh
            }
            fields {
              ...FieldData
            }
          }
        }
      }
      sections {
        code
        content
        version
        savedAt
        state
        problems {
          ...ProblemShown
        }
      }
      preview {
        ...PreviewFigures
      }
    }
  }
`);

export type SectionApplication = NonNullable<SectionPageQuery['application']>;

export default function SectionPage() {
  const { org, id, section } = useParams({ from: '/o/$org/applications/$id/$section' });
  return <LoadedSection key={`${id}/${section}`} org={org} id={id} section={section} />;
}

function LoadedSection({ org, id, section }: { org: string; id: string; section: string }) {
  const { me } = useSession();
  const [state, ask] = useQuery({
    query: SectionPageDocument,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  // Opened once with fresh content; later answers must not replace what is being typed.
  const [opened, setOpened] = useState<SectionApplication | null>(null);
  const application = state.data?.application;
  if (opened === null && application && !state.stale && !state.fetching) setOpened(application);
  if (opened === null || !me) {
    return (
      <QueryWait
        state={{ fetching: state.fetching || state.stale, error: state.error }}
        found={false}
        retry={() => ask({ requestPolicy: 'network-only' })}
      />
    );
  }
  return (
    <SectionEditor
      org={org}
      application={opened}
      code={section}
      userId={me.userId}
      readOnly={opened.stage !== 'DRAFT' || !mayEdit(me.roles, section)}
    />
  );
}
