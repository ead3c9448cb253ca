// Why: in a ranked row, whether its SROI is the claim or the funder's assessment, and who assured it.
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { AssuranceBadge, AssuranceShown } from '@/components/Assurances';
import { grouped } from '@/format';
import { graphql, readFragment } from '@/gql';

const RowSroiDocument = graphql(`
  query RowSroi($id: ID!) {
    received(id: $id) {
      id
      sroi {
        ratio
        assurances {
          ...AssuranceShown
        }
      }
      sroiAssessed {
        ratio
        assurances {
          ...AssuranceShown
        }
      }
    }
  }
`);

/** All digits, so that nothing is rounded twice. */
function shown(ratio: string): string {
  return `${grouped(ratio)} : 1`;
}

export function RowSroi({ submissionId }: { submissionId: string }) {
  const { t } = useTranslation('funder');
  const [{ data }] = useQuery({ query: RowSroiDocument, variables: { id: submissionId } });
  const received = data?.received;
  const read = received?.sroiAssessed ?? received?.sroi;
  if (!received || !read) return null;
  return (
    <p className="pl-small">
      {received.sroiAssessed
        ? t('shortlist.readsAssessed', {
            assessed: shown(received.sroiAssessed.ratio),
            claimed: received.sroi ? shown(received.sroi.ratio) : '—',
          })
        : t('shortlist.readsClaim')}{' '}
      <AssuranceBadge assurances={readFragment(AssuranceShown, read.assurances)} />
    </p>
  );
}
