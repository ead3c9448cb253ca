// Why: an appeal is decided on what was decided on: each run behind the decision, asked again and
// compared byte by byte, under one fingerprint.
import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { download } from '@/api/files';
import { ErrorSummary } from '@/components/ErrorSummary';
import { QueryWait } from '@/components/PageStates';
import type { ProblemLike } from '@/components/ProblemText';
import { graphql } from '@/gql';
import type { AppealBundleQuery } from '@/gql/graphql';
import { wordFor } from '@/i18n';

const AppealBundleDocument = graphql(`
  query AppealBundle($appealId: ID!) {
    appealBundle(appealId: $appealId) {
      appealId
      sha256
      allEqual
      checks {
        runId
        kind
        inputHash
        engineVersion
        equal
      }
    }
  }
`);

/** What a decision on the appeal names. */
export interface BundleRead {
  sha256: string;
}

interface Props {
  appealId: string;
  reference: string;
  onRead: (bundle: BundleRead) => void;
}

export function AppealBundle({ appealId, reference, onRead }: Props) {
  const { t } = useTranslation('award');
  const [state, ask] = useQuery({ query: AppealBundleDocument, variables: { appealId }, requestPolicy: 'network-only' });
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<readonly ProblemLike[]>([]);
  const bundle = state.data?.appealBundle;
  const sha256 = bundle?.sha256;
  useEffect(() => {
    if (sha256 !== undefined) onRead({ sha256 });
  }, [sha256, onRead]);
  async function take() {
    setBusy(true);
    setProblems(await download(`/files/appeals/${appealId}.json`, `${reference}-appeal.json`));
    setBusy(false);
  }
  if (!bundle) return <QueryWait state={state} found={false} retry={() => ask({ requestPolicy: 'network-only' })} />;
  return (
    <section aria-label={t('appeals.bundle')}>
      <h3>{t('appeals.bundle')}</h3>
      <p className="pl-small pl-muted">{t('appeals.bundleHelp')}</p>
      <p className={bundle.allEqual ? 'pl-note' : 'pl-note fu-warn'}>{t(bundle.allEqual ? 'appeals.allEqual' : 'appeals.notEqual')}</p>
      <Checks checks={bundle.checks} />
      <p className="pl-small">
        {t('appeals.fingerprint')} <code className="pl-hash">{bundle.sha256}</code>
      </p>
      <ErrorSummary problems={problems} />
      <p className="pl-noprint">
        <Button size="compact-sm" variant="default" loading={busy} onClick={() => void take()}>
          {t('appeals.download')}
        </Button>
      </p>
    </section>
  );
}

function Checks({ checks }: { checks: AppealBundleQuery['appealBundle']['checks'] }) {
  const { t } = useTranslation('award');
  return (
    <div className="pl-scroll" tabIndex={0} role="group" aria-label={t('appeals.bundle')}>
      <table className="pl-table fu-dense">
        <caption className="pl-hidden">{t('appeals.bundle')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('appeals.kind')}</th>
            <th scope="col">{t('appeals.equal')}</th>
            <th scope="col">{t('appeals.engine')}</th>
            <th scope="col">{t('appeals.run')}</th>
            <th scope="col">{t('appeals.input')}</th>
          </tr>
        </thead>
        <tbody>
          {checks.map((check) => (
            <tr key={check.runId} className={check.equal ? undefined : 'fu-differs'}>
              <th scope="row">{wordFor(`award:appeals.kinds.${check.kind}`) ?? check.kind}</th>
              <td>{t(check.equal ? 'appeals.yes' : 'appeals.no')}</td>
              <td>{check.engineVersion}</td>
              <td>
                <code className="pl-hash">{check.runId}</code>
              </td>
              <td>
                <code className="pl-hash">{check.inputHash}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
