// Why: who decides an appeal names the bundle it rests on and gives a reason that the applicant reads; it
// is confirmed, because it cannot be changed. What is typed is kept on this device until then.
import { Button, Group, Radio, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { problemsOf } from '@/api/problems';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { ErrorSummary } from '@/components/ErrorSummary';
import { problemWords, type ProblemLike } from '@/components/ProblemText';
import { graphql } from '@/gql';
import type { AppealOutcome } from '@/gql/graphql';
import { useSession } from '@/session/session';
import { textAt, type Content } from '../../applicant/section/path';
import { useKept } from '../../applicant/section/useKept';
import type { BundleRead } from './AppealBundle';

const AppealDecideDocument = graphql(`
  mutation AppealDecide($input: AppealDecideInput!) {
    appealDecide(input: $input) {
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

const OUTCOMES = ['UPHELD', 'DISMISSED'] as const satisfies readonly AppealOutcome[];
type Field = 'outcome' | 'reason';

interface Typed {
  outcome: AppealOutcome | null;
  reason: string;
}

function readTyped(kept: Content): Typed {
  return { outcome: OUTCOMES.find((each) => each === kept['outcome']) ?? null, reason: textAt(kept, 'reason') };
}

interface Props {
  appealId: string;
  /** Null until it was opened: nobody decides unseen. */
  bundle: BundleRead | null;
  onDone: () => void;
}

function missing(code: string, path: Field): ProblemLike {
  return { code, path, message: '', params: [] };
}

export function AppealDecide({ appealId, bundle, onDone }: Props) {
  const { t } = useTranslation(['award', 'funder']);
  const { me } = useSession();
  const { typed, restored, change, clear } = useKept({ userId: me?.userId ?? '', thing: appealId, part: 'answer' }, readTyped);
  const { outcome, reason } = typed;
  const [problems, setProblems] = useState<readonly ProblemLike[]>([]);
  const [asking, setAsking] = useState(false);
  const [state, decide] = useMutation(AppealDecideDocument);
  if (bundle === null) return <p className="pl-small pl-muted">{t('appeals.openFirst')}</p>;
  const { sha256 } = bundle;
  const idOf = (field: string) => `appeal-${appealId}-${field}`;
  const names: Record<Field, string> = { outcome: t('appeals.choose'), reason: t('appeals.reason') };
  const isField = (path: string): path is Field => path === 'outcome' || path === 'reason';
  const errorAt = (field: Field) => {
    const own = problems.filter((each) => each.path === field);
    return own.length === 0 ? undefined : own.map(problemWords).join(' ');
  };
  function check() {
    const found = [
      ...(outcome === null ? [missing('missing', 'outcome')] : []),
      ...(reason.trim() === '' ? [missing('reason_missing', 'reason')] : []),
    ];
    setProblems(found);
    setAsking(found.length === 0);
  }
  async function confirmed() {
    if (outcome === null) return;
    const answer = await decide({ input: { appealId, outcome, reason, bundleSha256: sha256 } });
    setAsking(false);
    const found = problemsOf(answer.data?.appealDecide);
    setProblems(found);
    if (found.length > 0) return;
    clear();
    onDone();
  }
  return (
    <section className="pl-noprint" aria-label={t('appeals.decide')}>
      <h3>{t('appeals.decide')}</h3>
      {restored && <p className="pl-note">{t('funder:review.restored')}</p>}
      <ErrorSummary
        problems={problems}
        fieldId={(each) => (isField(each.path) ? idOf(each.path) : undefined)}
        nameOf={(each) => (isField(each.path) ? names[each.path] : undefined)}
      />
      <Radio.Group
        id={idOf('outcome')}
        className="pl-field"
        label={names.outcome}
        value={outcome ?? ''}
        error={errorAt('outcome')}
        onChange={(value) => change({ outcome: OUTCOMES.find((each) => each === value) ?? null })}
      >
        <Group gap="lg" py="xs">
          {OUTCOMES.map((each) => (
            <Radio key={each} value={each} label={t(`appeals.outcome.${each}`)} />
          ))}
        </Group>
      </Radio.Group>
      <Textarea
        id={idOf('reason')}
        className="pl-field"
        label={names.reason}
        description={t('appeals.reasonHelp')}
        withAsterisk
        autosize
        minRows={3}
        value={reason}
        error={errorAt('reason')}
        onChange={(event) => change({ reason: event.currentTarget.value })}
      />
      <Button onClick={check}>{t('appeals.decide')}</Button>
      <ConfirmDialog
        opened={asking}
        title={t('appeals.confirmTitle')}
        confirm={t('appeals.decide')}
        busy={state.fetching}
        onConfirm={() => void confirmed()}
        onClose={() => setAsking(false)}
      >
        <p>
          <strong>{outcome === null ? '' : t(`appeals.outcome.${outcome}`)}</strong>
        </p>
        <p>{t('appeals.confirmBody')}</p>
      </ConfirmDialog>
    </section>
  );
}
