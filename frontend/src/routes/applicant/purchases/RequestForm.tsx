// Why: a request is written beside what it would come to: the tier, how many quotations, what it is summed
// with, who takes which step. The same form asks again after a return.
import { Button, Checkbox, Group, NativeSelect, Radio, Textarea, TextInput } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { ErrorSummary } from '@/components/ErrorSummary';
import { labelled } from '@/i18n';
import type { ProblemLike } from '@/components/ProblemText';
import { money } from '@/format';
import { readFragment } from '@/gql';
import { useLanguage } from '@/i18n';
import type { Content } from '../section/path';
import { EMPTY_PART, requestContent, type RequestDraft } from './drafts';
import { CheckPanel, Steps, ValueInputs } from './parts';
import { CheckShown, PurchaseChecked, StepShown } from './query';
import { policyCodes } from './words';

const TIERS = ['goods', 'services', 'works'] as const;
const PAUSE_MILLISECONDS = 500;

export interface Sent {
  lineId: string;
  content: Content;
  interest: boolean | null;
  note: string;
}

interface Props {
  applicationId: string;
  purchaseId?: string;
  lines: readonly { id: string; description: string; left: string | null }[];
  lineId: string;
  policy: unknown;
  start: RequestDraft;
  busy: boolean;
  problems: readonly ProblemLike[];
  onSend: (sent: Sent) => void;
}

/** A value that has not changed for a moment. */
export function useRested<T>(value: T): T {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), PAUSE_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [value]);
  return rested;
}

/** What a draft would come to, asked once it has rested. */
export function useChecked(applicationId: string, purchaseId: string | undefined, lineId: string, content: Content, pause: boolean) {
  const text = JSON.stringify(content);
  const input = useMemo(
    () => ({ applicationId, ...(purchaseId === undefined ? {} : { purchaseId }), lineId, content: JSON.parse(text) as Content }),
    [applicationId, purchaseId, lineId, text],
  );
  const [state] = useQuery({ query: PurchaseChecked, variables: { input: useRested(input) }, pause, requestPolicy: 'network-only' });
  const found = state.data?.purchaseCheck;
  return {
    check: readFragment(CheckShown, found?.check) ?? null,
    steps: (found?.steps ?? []).map((step) => readFragment(StepShown, step)),
    lineLeft: found?.lineLeft ?? null,
    fetching: state.fetching,
  };
}

const FIELD_IDS: Record<string, string> = {
  title: 'pu-title',
  department: 'pu-department',
  category: 'pu-category',
  requirement: 'pu-requirement',
  invited_on: 'pu-invited',
  needed_on: 'pu-needed',
  lineId: 'pu-line',
  interest: 'pu-interest',
};

export function RequestForm({ applicationId, purchaseId, lines, lineId, policy, start, busy, problems, onSend }: Props) {
  const { t } = useTranslation('purchases');
  const { pick } = useLanguage();
  const [draft, setDraft] = useState(start);
  const [line, setLine] = useState(lineId);
  const [interest, setInterest] = useState('');
  const [note, setNote] = useState('');
  const content = requestContent(draft);
  const live = useChecked(applicationId, purchaseId, line, content, line === '');
  const set = (part: Partial<RequestDraft>) => setDraft((old) => ({ ...old, ...part }));
  const options = (path: string) => [
    { value: '', label: t('form.choose') },
    ...policyCodes(policy, path).map(({ code, label }) => ({ value: code, label: pick(label) })),
  ];
  return (
    <div className="pl-with-side">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          onSend({ lineId: line, content, interest: interest === '' ? null : interest === 'yes', note });
        }}
      >
        <ErrorSummary problems={problems} fieldId={(problem) => FIELD_IDS[problem.path]} nameOf={(problem) => fieldName(problem.path, t)} />
        <section className="pl-card" aria-label={t('form.what')}>
          <h2>{t('form.what')}</h2>
          <div className="pl-fields pl-fields-start">
            <div className="pl-wide">
              <TextInput id="pu-title" label={t('form.title')} value={draft.title} maxLength={160} onChange={(event) => set({ title: event.currentTarget.value })} />
            </div>
            <NativeSelect id="pu-department" label={t('form.department')} value={draft.department} data={options('departments')} onChange={(event) => set({ department: event.currentTarget.value })} />
            <NativeSelect id="pu-category" label={t('form.category')} value={draft.category} data={options('categories')} onChange={(event) => set({ category: event.currentTarget.value })} />
            <NativeSelect
              id="pu-line"
              label={t('form.line')}
              value={line}
              disabled={purchaseId !== undefined}
              onChange={(event) => setLine(event.currentTarget.value)}
              data={[
                { value: '', label: t('form.choose') },
                ...lines.map(({ id, description, left }) => ({
                  value: id,
                  label: left === null ? description : t('form.lineLeft', { line: description, left: money(left) }),
                })),
              ]}
            />
            <TextInput id="pu-invited" type="date" label={t('form.invitedOn')} description={t('form.invitedHelp')} value={draft.invitedOn} onChange={(event) => set({ invitedOn: event.currentTarget.value })} />
            <TextInput id="pu-needed" type="date" label={t('form.neededOn')} description={t('form.neededHelp')} value={draft.neededOn} onChange={(event) => set({ neededOn: event.currentTarget.value })} />
            <div className="pl-wide">
              <TextInput
                id="pu-requirement"
                label={t('form.requirement')}
                description={t('form.requirementHelp')}
                value={draft.once ? '' : draft.requirement}
                disabled={draft.once}
                maxLength={160}
                onChange={(event) => set({ requirement: event.currentTarget.value })}
              />
              <Checkbox mt={6} label={t('form.once')} checked={draft.once} onChange={(event) => set({ once: event.currentTarget.checked })} />
            </div>
          </div>
        </section>
        <section className="pl-card" aria-label={t('form.value')}>
          <h2>{t('form.value')}</h2>
          <p className="pl-muted pl-small">{t('form.valueHelp')}</p>
          {draft.parts.map((part, position) => (
            <fieldset key={position} className="pl-fieldset pu-part">
              <legend>{t('form.part', { number: position + 1 })}</legend>
              <div className="pl-fields pl-fields-start">
                <NativeSelect
                  label={t('form.partCategory')}
                  value={part.category}
                  data={[{ value: '', label: t('form.choose') }, ...TIERS.map((code) => ({ value: code, label: t(`category.${code}`) }))]}
                  onChange={(event) => {
                    const { value } = event.currentTarget;
                    set({ parts: draft.parts.map((old, at) => (at === position ? { ...old, category: value } : old)) });
                  }}
                />
                <ValueInputs
                  idPrefix={`pu-part-${position}`}
                  value={part}
                  onChange={(value) => set({ parts: draft.parts.map((old, at) => (at === position ? { ...old, ...value } : old)) })}
                />
              </div>
              {draft.parts.length > 1 && (
                <Button variant="default" size="xs" mt={6} onClick={() => set({ parts: draft.parts.filter((_, at) => at !== position) })}>
                  {t('form.removePart', { number: position + 1 })}
                </Button>
              )}
            </fieldset>
          ))}
          <Button variant="default" mt="sm" onClick={() => set({ parts: [...draft.parts, EMPTY_PART] })}>
            {t('form.addPart')}
          </Button>
        </section>
        <section className="pl-card" aria-label={t('form.send')}>
          <Interest value={interest} onChange={setInterest} />
          <Textarea mt="sm" label={t('form.note')} value={note} autosize minRows={2} onChange={(event) => setNote(event.currentTarget.value)} />
          <Group mt="md">
            <Button type="submit" loading={busy}>
              {t('form.send')}
            </Button>
          </Group>
        </section>
      </form>
      <aside aria-label={t('form.live')} aria-live="polite">
        {live.check ? (
          <>
            <CheckPanel check={live.check} title={t('form.live')} />
            {live.steps.length > 0 && (
              <section className="pl-card" aria-label={t('form.who')}>
                <h2>{t('form.who')}</h2>
                <Steps steps={live.steps} next={null} />
              </section>
            )}
          </>
        ) : (
          <p className="pl-card pl-muted">{t('form.liveEmpty')}</p>
        )}
      </aside>
    </div>
  );
}

/** Whoever decides says first whether they have an interest. */
export function Interest({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation('purchases');
  return (
    <Radio.Group id="pu-interest" name="interest" label={t('interest.question')} description={t('interest.help')} value={value} onChange={onChange}>
      <Group mt="xs" gap="lg">
        <Radio value="no" label={t('interest.no')} />
        <Radio value="yes" label={t('interest.yes')} />
      </Group>
    </Radio.Group>
  );
}

type Words = (key: 'form.title' | 'form.department' | 'form.category' | 'form.requirement' | 'form.invitedOn' | 'form.neededOn' | 'form.line' | 'form.item' | 'form.maintenance' | 'form.partCategory') => string;

/** The field that a problem's path names, as the form calls it. */
function fieldName(path: string, t: Words): string | undefined {
  const names: Record<string, string> = {
    title: t('form.title'),
    department: t('form.department'),
    category: t('form.category'),
    requirement: t('form.requirement'),
    invited_on: t('form.invitedOn'),
    needed_on: t('form.neededOn'),
    lineId: t('form.line'),
  };
  const last = path.split('.').pop() ?? '';
  const inPart: Record<string, string> = { item: t('form.item'), maintenance: t('form.maintenance'), category: t('form.partCategory') };
  const part = /^parts\[(\d+)\]/.exec(path)?.[1];
  if (part === undefined) return names[path];
  return inPart[last] === undefined ? undefined : labelled(String(Number(part) + 1), inPart[last]);
}
