// Why: publishing is an act of the chair: a name, the day from which it holds, and a note. Refused
// while anything in the draft is wrong, with a link to each place.
import { Button, Textarea, TextInput } from '@mantine/core';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { useServerNow } from '@/api/clock';
import { problemsOf } from '@/api/problems';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { ErrorSummary } from '@/components/ErrorSummary';
import { problemWords, type ProblemLike } from '@/components/ProblemText';
import { date } from '@/format';
import { useLanguage } from '@/i18n';
import { useSession } from '@/session/session';
import { mayDecide } from '../../roles';
import { RuleDraftPublish } from '../query';
import { useDraft, usePlaceNames } from './context';

interface Props {
  /** The version of the draft that was seen last. */
  latestVersion: () => number;
  basedOn: string;
}

interface Typed {
  version: string;
  effectiveFrom: string;
  note: string;
}

const FIELDS = ['version', 'effectiveFrom', 'note'] as const;

/** The day in Hong Kong. */
function today(now: number): string {
  return new Date(now + 8 * 3_600_000).toISOString().slice(0, 10);
}

export function PublishTab({ latestVersion, basedOn }: Props) {
  const { t } = useTranslation('rules');
  const { me } = useSession();
  const { form, goTo } = useDraft();
  const nameOf = usePlaceNames(form.content);
  if (!mayDecide(me?.roles ?? [])) return <p className="pl-note">{t('publish.chairOnly')}</p>;
  if (form.problems.length > 0) {
    return (
      <>
        <p>{t('publish.refused')}</p>
        <ErrorSummary problems={form.problems} nameOf={nameOf} takeFocus={false} onFollow={(problem) => goTo(problem.path)} />
      </>
    );
  }
  return <PublishForm latestVersion={latestVersion} basedOn={basedOn} />;
}

function suggested(basedOn: string): string {
  return /^\d+$/.test(basedOn) ? String(Number(basedOn) + 1) : '';
}

function PublishForm({ latestVersion, basedOn }: Props) {
  const { t } = useTranslation('rules');
  const { draftId, programmeId, form } = useDraft();
  const { funder } = useParams({ from: '/f/$funder' });
  const navigate = useNavigate();
  const now = useServerNow(60_000);
  const [typed, setTyped] = useState<Typed>({ version: suggested(basedOn), effectiveFrom: today(now), note: '' });
  const [problems, setProblems] = useState<readonly ProblemLike[]>([]);
  const [asking, setAsking] = useState(false);
  const [state, publish] = useMutation(RuleDraftPublish);

  function check() {
    const missing = FIELDS.filter((field) => typed[field].trim() === '').map((field) => ({ code: 'missing', path: field, message: '', params: [] }));
    setProblems(missing);
    setAsking(missing.length === 0);
  }
  async function confirmed() {
    const saved = form.status === 'saved' || (await form.saveNow()) !== null;
    const answer = saved ? await publish({ input: { id: draftId, expectedVersion: latestVersion(), ...typed } }) : undefined;
    setAsking(false);
    const found = problemsOf(answer?.data?.ruleDraftPublish);
    setProblems(found);
    if (found.length === 0) await navigate({ to: '/f/$funder/rules/$programme', params: { funder, programme: programmeId } });
  }
  return (
    <form
      className="fr-form pl-card"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        check();
      }}
    >
      <p>{t('publish.intro')}</p>
      <ErrorSummary problems={problems} fieldId={(problem) => (isField(problem.path) ? `publish-${problem.path}` : undefined)} nameOf={({ path }) => (isField(path) ? t(`publish.${path}`) : undefined)} />
      <Fields typed={typed} setTyped={setTyped} problems={problems} />
      <div>
        <Button type="submit">{t('publish.act')}</Button>
      </div>
      <Confirm asking={asking} busy={state.fetching} typed={typed} onConfirm={() => void confirmed()} onClose={() => setAsking(false)} />
    </form>
  );
}

function isField(path: string): path is (typeof FIELDS)[number] {
  return FIELDS.some((field) => field === path);
}

interface FieldsProps {
  typed: Typed;
  setTyped: (typed: Typed) => void;
  problems: readonly ProblemLike[];
}

function Fields({ typed, setTyped, problems }: FieldsProps) {
  const { t } = useTranslation('rules');
  const { language } = useLanguage();
  const shared = (field: (typeof FIELDS)[number]) => {
    const own = problems.find((problem) => problem.path === field);
    return { id: `publish-${field}`, label: t(`publish.${field}`), error: own ? problemWords(own) : undefined, value: typed[field] };
  };
  return (
    <>
      <TextInput
        {...shared('version')} description={t('publish.versionHelp')} styles={{ wrapper: { maxWidth: '12rem' } }}
        onChange={(event) => setTyped({ ...typed, version: event.currentTarget.value.trim() })}
      />
      <div>
        <TextInput
          {...shared('effectiveFrom')} type="date" description={t('publish.effectiveHelp')} styles={{ wrapper: { maxWidth: '12rem' } }}
          onChange={(event) => setTyped({ ...typed, effectiveFrom: event.currentTarget.value })}
        />
        {typed.effectiveFrom !== '' && <div className="pl-small pl-muted">{date(typed.effectiveFrom, language)}</div>}
      </div>
      <Textarea
        {...shared('note')} description={t('publish.noteHelp')} autosize minRows={2}
        onChange={(event) => setTyped({ ...typed, note: event.currentTarget.value })}
      />
    </>
  );
}

interface ConfirmProps {
  asking: boolean;
  busy: boolean;
  typed: Typed;
  onConfirm: () => void;
  onClose: () => void;
}

function Confirm({ asking, busy, typed, onConfirm, onClose }: ConfirmProps) {
  const { t } = useTranslation('rules');
  const { language } = useLanguage();
  return (
    <ConfirmDialog opened={asking} title={t('publish.title')} confirm={t('publish.act')} busy={busy} onConfirm={onConfirm} onClose={onClose}>
      <p>{t('publish.body', { version: typed.version, date: date(typed.effectiveFrom, language) })}</p>
      <p>{t('publish.rounds')}</p>
    </ConfirmDialog>
  );
}
