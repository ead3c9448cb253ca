// Why: whether the trail holds is asked on purpose and answered in words; the key and the last signed hash
// stand beside it, for whoever checks the trail elsewhere.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { download } from '@/api/files';
import { ErrorSummary } from '@/components/ErrorSummary';
import { DateTimeHkt } from '@/components/Figures';
import { QueryWait } from '@/components/PageStates';
import type { ProblemLike } from '@/components/ProblemText';
import { grouped } from '@/format';
import type { AuditStandingQuery, AuditWalkQuery } from '@/gql/graphql';
import { aside, wordFor } from '@/i18n';
import { AuditWalk } from './query';

const TRAIL = '/files/audit/trail.jsonl';

export function Standing({ state }: { state: AuditStandingQuery['auditState'] }) {
  const { t } = useTranslation('audit');
  const [asked, setAsked] = useState(false);
  const [problems, setProblems] = useState<readonly ProblemLike[]>([]);
  const [walk, ask] = useQuery({ query: AuditWalk, pause: !asked, requestPolicy: 'network-only' });
  const { checkpoint } = state;
  function check() {
    if (asked) ask({ requestPolicy: 'network-only' });
    setAsked(true);
  }
  return (
    <section className="pl-card" aria-labelledby="audit-standing">
      <h2 id="audit-standing">{t('state.title')}</h2>
      {checkpoint === null ? (
        <p>{t('state.never')}</p>
      ) : (
        <Signed sequence={checkpoint.sequence} signedAt={checkpoint.signedAt} />
      )}
      <ErrorSummary problems={problems} fieldId={() => ''} />
      <div className="pl-actions pl-noprint">
        <Button onClick={check} loading={walk.fetching}>
          {t('state.check')}
        </Button>
        <Button variant="default" onClick={() => void download(TRAIL, 'audit-trail.jsonl').then(setProblems)}>
          {t('state.download')}
        </Button>
      </div>
      <p className="pl-muted pl-small">{t('state.downloadHelp')}</p>
      <div role="status">
        {walk.fetching && t('state.checking')}
        {!walk.fetching && walk.data && <Found found={walk.data.auditCheck} />}
      </div>
      {asked && !walk.fetching && walk.error && <QueryWait state={walk} found={false} retry={check} />}
      <details className="pl-details">
        <summary>{t('state.key')}</summary>
        <p className="pl-small">
          <code className="pl-answer">{state.publicKey}</code>
        </p>
        {checkpoint && (
          <p className="pl-small">
            {t('state.chain')}: <code className="pl-answer">{checkpoint.chainSha256}</code>
          </p>
        )}
      </details>
    </section>
  );
}

function Signed({ sequence, signedAt }: { sequence: number; signedAt: string }) {
  const { t } = useTranslation('audit');
  // The time is an element of its own; the sentence is cut where it stands.
  const [before, after] = t('state.last', { time: '\u0000', number: grouped(String(sequence)) }).split('\u0000');
  return (
    <p>
      {before}
      <DateTimeHkt at={signedAt} />
      {after}
    </p>
  );
}

function Found({ found }: { found: AuditWalkQuery['auditCheck'] }) {
  const { t } = useTranslation('audit');
  if (found.findings.length === 0) {
    const [entries, checkpoints] = [grouped(String(found.entries)), grouped(String(found.checkpoints))];
    return <p>✓ {t('state.holds', { entries, checkpoints })}</p>;
  }
  return (
    <div className="pl-card pl-warncard">
      <p>
        <strong>{t('state.broken')}</strong>
      </p>
      <h3>{t('state.findings')}</h3>
      <ul>
        {found.findings.map((finding) => (
          <li key={`${finding.kind} ${finding.sequence} ${finding.entryId}`}>
            {wordFor(`audit:finding.${finding.kind}`) ?? finding.kind}
            {finding.sequence !== null && aside(t('finding.place', { number: String(finding.sequence) }))}
            {finding.entryId !== null && (
              <>
                {' '}
                <code className="pl-small">{finding.entryId}</code>
              </>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
