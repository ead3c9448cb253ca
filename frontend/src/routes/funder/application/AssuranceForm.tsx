// Why: a named assurer's statement is attached to one run and shown wherever its figure is; it cannot be
// taken back, so it is confirmed by naming who, what and with which conclusion. Until then it is kept on this device.
import { Button, Group, Radio, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { problemsOf } from '@/api/problems';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { ErrorSummary } from '@/components/ErrorSummary';
import { conclusionWords } from '@/components/Assurances';
import { problemWords, type ProblemLike } from '@/components/ProblemText';
import { graphql } from '@/gql';
import { useSession } from '@/session/session';
import { textAt, type Content } from '../../applicant/section/path';
import { useKept } from '../../applicant/section/useKept';

const AssuranceRecord = graphql(`
  mutation AssuranceRecord($input: AssuranceRecordInput!) {
    assuranceRecord(input: $input) {
      received {
        id
      }
      problems {
        ...ProblemShown
      }
    }
  }
`);

const CONCLUSIONS = ['unqualified', 'qualified', 'adverse'] as const;
const LINES = ['assurer', 'organisation', 'assuredOn'] as const;
const TEXTS = ['scope', 'findings'] as const;
type Field = (typeof LINES)[number] | (typeof TEXTS)[number] | 'conclusion';
type Typed = Record<Field, string>;

function readTyped(kept: Content): Typed {
  const at = (field: Field) => textAt(kept, field);
  return {
    assurer: at('assurer'),
    organisation: at('organisation'),
    scope: at('scope'),
    findings: at('findings'),
    conclusion: at('conclusion'),
    assuredOn: at('assuredOn'),
  };
}

/** What is left empty; everything else is judged by the server. */
function unfilledAssurance(typed: Typed): ProblemLike[] {
  return (['assurer', 'scope', 'findings', 'conclusion', 'assuredOn'] as const)
    .filter((field) => typed[field].trim() === '')
    .map((field) => ({ code: 'missing', path: field, message: '', params: [] }));
}

export function AssuranceForm({ runId, onDone }: { runId: string; onDone: () => void }) {
  const { t } = useTranslation(['funder', 'common']);
  const { me } = useSession();
  const { typed, restored, change: put, clear } = useKept({ userId: me?.userId ?? '', thing: runId, part: 'assurance' }, readTyped);
  const [problems, setProblems] = useState<readonly ProblemLike[]>([]);
  const [asking, setAsking] = useState(false);
  const [state, record] = useMutation(AssuranceRecord);
  const change = (field: Field, value: string) => put({ [field]: value });
  const errorAt = (field: Field) => {
    const own = problems.filter((each) => each.path === field || each.path.endsWith(`.${field}`));
    return own.length === 0 ? undefined : own.map(problemWords).join(' ');
  };
  const check = () => {
    const found = unfilledAssurance(typed);
    setProblems(found);
    setAsking(found.length === 0);
  };
  async function confirmed() {
    const answer = await record({ input: { runId, ...typed } });
    setAsking(false);
    const payload = answer.data?.assuranceRecord;
    setProblems(problemsOf(payload));
    if (payload && payload.problems.length === 0) {
      clear();
      onDone();
    }
  }
  return (
    <details className="pl-card pl-noprint" open={restored || undefined}>
      <summary>
        <strong>{t('assurance.record')}</strong>
      </summary>
      <p className="pl-muted pl-small">{t('assurance.help')}</p>
      {restored && <p className="pl-note">{t('review.restored')}</p>}
      <ErrorSummary
        problems={problems}
        fieldId={(each) => `assurance-${each.path}`}
        nameOf={(each) => labelOf(each.path, t)}
      />
      <div className="pl-fields pl-fields-start">
        {LINES.map((field) => (
          <TextInput
            key={field}
            id={`assurance-${field}`}
            type={field === 'assuredOn' ? 'date' : 'text'}
            label={t(`assurance.field.${field}`)}
            withAsterisk={field !== 'organisation'}
            value={typed[field]}
            error={errorAt(field)}
            onChange={(event) => change(field, event.currentTarget.value)}
          />
        ))}
      </div>
      {TEXTS.map((field) => (
        <Textarea
          key={field}
          id={`assurance-${field}`}
          className="pl-field"
          mt="sm"
          label={t(`assurance.field.${field}`)}
          withAsterisk
          autosize
          minRows={2}
          value={typed[field]}
          error={errorAt(field)}
          onChange={(event) => change(field, event.currentTarget.value)}
        />
      ))}
      <Radio.Group
        id="assurance-conclusion"
        className="pl-field"
        label={t('assurance.field.conclusion')}
        value={typed.conclusion}
        error={errorAt('conclusion')}
        onChange={(value) => change('conclusion', value)}
      >
        <Group gap="lg" py="xs">
          {CONCLUSIONS.map((each) => (
            <Radio key={each} value={each} label={conclusionWords(each)} />
          ))}
        </Group>
      </Radio.Group>
      <Button onClick={check}>{t('assurance.record')}</Button>
      <ConfirmDialog
        opened={asking}
        title={t('assurance.confirmTitle')}
        confirm={t('assurance.record')}
        busy={state.fetching}
        onConfirm={() => void confirmed()}
        onClose={() => setAsking(false)}
      >
        <p>
          <strong>{typed.assurer}</strong>
          {typed.organisation !== '' && <>, {typed.organisation}</>}: {conclusionWords(typed.conclusion)}
        </p>
        <p>{t('assurance.confirmBody')}</p>
      </ConfirmDialog>
    </details>
  );
}

function labelOf(path: string, t: (key: `assurance.field.${Field}`) => string): string | undefined {
  const field = ([...LINES, ...TEXTS, 'conclusion'] as const).find((each) => each === path);
  return field === undefined ? undefined : t(`assurance.field.${field}`);
}
