// Why: a proposal names everything the library shows of a proxy; what is missing or cannot be read
// is said all at once, beside its field.
import { Button, Group, MultiSelect, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { problemsOf } from '@/api/problems';
import { ErrorSummary } from '@/components/ErrorSummary';
import { problemWords, type ProblemLike } from '@/components/ProblemText';
import { useLanguage, wordFor } from '@/i18n';
import { GRADES } from './columns';
import { useMapData } from './mapData';
import { ProxyPropose } from './proxies';
import { EMPTY_PROPOSAL, fieldOf, proposalInput, type ProposalDraft, type ProposalField } from './proposal';

interface Props {
  onDone: () => void;
  onCancel: () => void;
}

const LONG = new Set<ProposalField>(['description.en', 'description.zh']);
const ORDER: readonly ProposalField[] = [
  'name.en', 'name.zh', 'description.en', 'description.zh', 'value', 'low', 'high', 'unit.en', 'unit.zh',
  'source', 'sourceUrl', 'priceYear', 'region', 'licence',
];

export function ProxyProposeForm({ onDone, onCancel }: Props) {
  const { t } = useTranslation('valuemap');
  const { t: common } = useTranslation();
  const { pick } = useLanguage();
  const { catalogue } = useMapData();
  const [draft, setDraft] = useState<ProposalDraft>(EMPTY_PROPOSAL);
  const [problems, setProblems] = useState<readonly ProblemLike[]>([]);
  const [state, propose] = useMutation(ProxyPropose);
  // Sending the same proposal twice proposes it once.
  const key = useRef(crypto.randomUUID());
  const set = (field: ProposalField, text: string) => setDraft({ ...draft, [field]: text });
  const errorOf = (field: string) =>
    problems.filter((problem) => fieldOf(problem.path) === field).map(problemWords).join(' ') || false;

  async function send() {
    const { input, problems: own } = proposalInput(draft);
    if (input === null) {
      setProblems(own);
      return;
    }
    const answer = await propose({ input: { ...input, idempotencyKey: key.current } });
    const found = problemsOf(answer.data?.proxyPropose);
    setProblems(found);
    if (found.length === 0) onDone();
    else key.current = crypto.randomUUID();
  }
  return (
    <>
      <ErrorSummary
        problems={problems}
        fieldId={(problem) => `propose-${fieldOf(problem.path)}`}
        nameOf={(problem) => {
          return wordFor(`valuemap:proposals.field.${fieldOf(problem.path)}`) ?? undefined;
        }}
      />
      <div className="pl-fields pl-fields-start">
        {ORDER.map((field) => {
          const shared = {
            id: `propose-${field}`,
            label: t(`proposals.field.${field}`),
            value: draft[field],
            error: errorOf(field),
          };
          return LONG.has(field) ? (
            <Textarea key={field} {...shared} autosize minRows={2} onChange={(event) => set(field, event.currentTarget.value)} />
          ) : (
            <TextInput key={field} {...shared} onChange={(event) => set(field, event.currentTarget.value)} />
          );
        })}
        <NativeSelect
          id="propose-evidenceGrade"
          label={t('proposals.field.evidenceGrade')}
          value={draft.evidenceGrade}
          error={errorOf('evidenceGrade')}
          onChange={(event) => set('evidenceGrade', event.currentTarget.value)}
          data={['', ...GRADES]}
        />
        <MultiSelect
          id="propose-outcomes"
          label={t('proposals.field.outcomes')}
          value={draft.outcomes}
          error={errorOf('outcomes')}
          onChange={(outcomes) => setDraft({ ...draft, outcomes })}
          data={catalogue.map(({ code, label }) => ({ value: code, label: pick(label) }))}
        />
      </div>
      <Group mt="md">
        <Button loading={state.fetching} onClick={() => void send()}>
          {t('proposals.send')}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {common('actions.cancel')}
        </Button>
      </Group>
    </>
  );
}
