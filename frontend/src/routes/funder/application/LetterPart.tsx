// Why: a decision reaches the applicant as a letter in both languages; it is read before it is sent, sent
// once, and afterwards shown with its date and as PDF.
import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { problemsOf } from '@/api/problems';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { ErrorSummary } from '@/components/ErrorSummary';
import { DateTimeHkt } from '@/components/Figures';
import { BothLetters } from '@/components/letters/BothLetters';
import { LetterPdf } from '@/components/letters/LetterPdf';
import { QueryWait } from '@/components/PageStates';
import type { ProblemLike } from '@/components/ProblemText';
import { graphql } from '@/gql';
import type { DecisionShownFragment } from '@/gql/graphql';
import { personName } from '@/personName';
import { useSession } from '@/session/session';
import { mayManageRound } from '../roles';

const LetterPreview = graphql(`
  query LetterPreview($decisionId: ID!) {
    letterPreview(decisionId: $decisionId) {
      ...LetterShown
    }
  }
`);

const LetterSend = graphql(`
  mutation LetterSend($input: LetterSendInput!) {
    letterSend(input: $input) {
      received {
        id
        ...DeskShown
      }
      problems {
        ...ProblemShown
      }
    }
  }
`);

interface Props {
  decision: DecisionShownFragment;
  reference: string;
  latest: boolean;
  refetch: () => void;
}

export function LetterPart({ decision, reference, latest, refetch }: Props) {
  const { t } = useTranslation('award');
  const { me } = useSession();
  const [shown, setShown] = useState(false);
  const { letter } = decision;
  const sentAt = letter?.sentAt ?? null;
  if (!latest && sentAt === null) return null;
  return (
    <section className="fu-letter" aria-label={t('letter.title')}>
      <h3>{t('letter.title')}</h3>
      {sentAt === null ? (
        <p className="pl-small pl-muted">{t('letter.notSent')}</p>
      ) : (
        <>
          <p className="pl-small">
            {t('letter.sent', { name: personName(letter?.sentBy ?? null) })} <DateTimeHkt at={sentAt} />
          </p>
          {letter?.sha256 && (
            <p className="pl-small pl-muted">
              {t('letter.sha256')} <code className="pl-hash">{letter.sha256}</code>
            </p>
          )}
        </>
      )}
      <Group className="pl-noprint">
        <Button size="compact-sm" variant="default" aria-expanded={shown} onClick={() => setShown(!shown)}>
          {shown ? t('letter.hide') : t('letter.preview')}
        </Button>
        {letter?.id && <LetterPdf letterId={letter.id} name={reference} />}
      </Group>
      {shown && <Preview decisionId={decision.id} sent={sentAt !== null} maySend={mayManageRound(me?.roles ?? [])} onDone={refetch} />}
    </section>
  );
}

interface PreviewProps {
  decisionId: string;
  sent: boolean;
  maySend: boolean;
  onDone: () => void;
}

function Preview({ decisionId, sent, maySend, onDone }: PreviewProps) {
  const { t } = useTranslation('award');
  const [key] = useState(() => crypto.randomUUID());
  const [asking, setAsking] = useState(false);
  const [problems, setProblems] = useState<readonly ProblemLike[]>([]);
  const [state, ask] = useQuery({ query: LetterPreview, variables: { decisionId }, requestPolicy: 'network-only' });
  const [sending, send] = useMutation(LetterSend);
  async function confirmed() {
    const answer = await send({ input: { decisionId, idempotencyKey: key } });
    setAsking(false);
    const found = problemsOf(answer.data?.letterSend);
    setProblems(found);
    if (found.length === 0) onDone();
  }
  if (!state.data) return <QueryWait state={state} found={false} retry={() => ask({ requestPolicy: 'network-only' })} />;
  return (
    <>
      {!sent && <p className="pl-small pl-muted">{t('letter.both')}</p>}
      <BothLetters letter={state.data.letterPreview} />
      <ErrorSummary problems={problems} />
      {maySend && !sent && (
        <Button className="pl-noprint" onClick={() => setAsking(true)}>
          {t('letter.send')}
        </Button>
      )}
      <ConfirmDialog
        opened={asking}
        title={t('letter.confirmTitle')}
        confirm={t('letter.send')}
        busy={sending.fetching}
        onConfirm={() => void confirmed()}
        onClose={() => setAsking(false)}
      >
        <p>{t('letter.confirmBody')}</p>
      </ConfirmDialog>
    </>
  );
}
