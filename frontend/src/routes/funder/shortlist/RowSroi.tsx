// Why: in a ranked row, whether its SROI is the claim or the funder's assessment, and who assured it.
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { AssuranceBadge, AssuranceShown } from '@/components/Assurances';
import { ratio } from '@/format';
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
            assessed: ratio(received.sroiAssessed.ratio),
            claimed: received.sroi ? ratio(received.sroi.ratio) : '—',
          })
        : t('shortlist.readsClaim')}{' '}
      <AssuranceBadge assurances={readFragment(AssuranceShown, read.assurances)} />
    </p>
  );
}
