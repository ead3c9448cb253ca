// Why: after an award, what was promised is set beside what came of it: the same value map with what
// really happened, and what was spent. Saved as typed; sent once.
import { Button } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { problemsOf, readProblems } from '@/api/problems';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { Difference } from '@/components/Difference';
import { ErrorSummary } from '@/components/ErrorSummary';
import { QueryWait } from '@/components/PageStates';
import { PageTitle } from '@/components/PageTitle';
import type { ProblemLike } from '@/components/ProblemText';
import { dateTime } from '@/format';
import { readFragment } from '@/gql';
import type { OutturnPageQuery, OutturnShownFragment } from '@/gql/graphql';
import { useLanguage } from '@/i18n';
import { useSession, type Me } from '@/session/session';
import { mayEdit, maySubmit } from '../may';
import { FieldData, problemsToShow, questionName, SectionContext } from '../section/context';
import { rowsAt } from '../section/path';
import { followProblem } from '../section/reveal';
import { ConflictPanel, SaveLine } from '../section/SaveLine';
import { useMapQuestions } from '../valuemap/mapQuestions';
import { ValueMapEditor } from '../valuemap/ValueMapEditor';
import { OutturnPageDocument, OutturnSend, OutturnShown } from './query';
import { firstBudgetYear } from './spent';
import { SpentTable } from './SpentTable';
import { partOf, problemsUnder, useOutturn } from './useOutturn';

type Application = NonNullable<OutturnPageQuery['application']>;

export default function OutturnPage() {
  const { org, id } = useParams({ from: '/o/$org/applications/$id/outturn' });
  return <Loaded key={id} org={org} id={id} />;
}

function Loaded({ org, id }: { org: string; id: string }) {
  const { t } = useTranslation('valuemap');
  const { me } = useSession();
  const [state, ask] = useQuery({ query: OutturnPageDocument, variables: { id }, requestPolicy: 'cache-and-network' });
  // Opened once with fresh content; later answers must not replace what is being typed.
  const [opened, setOpened] = useState<Application | null>(null);
  const application = state.data?.application;
  if (opened === null && application && !state.stale && !state.fetching) setOpened(application);
  const start = readFragment(OutturnShown, opened?.outturn);
  if (opened === null || !me) {
    return (
      <QueryWait
        state={{ fetching: state.fetching || state.stale, error: state.error }}
        found={false}
        retry={() => ask({ requestPolicy: 'network-only' })}
      />
    );
  }
  if (start) return <Open org={org} application={opened} start={start} me={me} />;
  return (
    <>
      <PageTitle>{t('outturn.title')}</PageTitle>
      <p>{t('outturn.notYet')}</p>
    </>
  );
}

function Open({ org, application, start, me }: { org: string; application: Application; start: OutturnShownFragment; me: Me }) {
  const { t } = useTranslation('valuemap');
  const { t: words } = useTranslation('applicant');
  const { pick, language } = useLanguage();
  const [sentNow, setSentNow] = useState<OutturnShownFragment | null>(null);
  const readOnly = start.sent || sentNow !== null || !mayEdit(me.roles, 'value_map');
  const form = useOutturn(application.id, start, me.userId, readOnly);
  const [summary, setSummary] = useState<readonly ProblemLike[]>([]);
  const section = application.round.programme.sections.find(({ code }) => code === 'value_map');
  const fields = useMapQuestions('value_map', readFragment(FieldData, section?.fields ?? NO_FIELDS));
  const outside = fields.map((field) => ({ ...field, path: `value_map.${field.path}` }));
  const known = sentNow ?? form.preview ?? start;
  const map = partOf(form, 'value_map');
  const sentAt = sentNow?.sentAt ?? start.sentAt;
  const budget = application.sections.find(({ code }) => code === 'budget')?.content;
  const names = new Map(
    [...rowsAt(start.forecast, 'value_map.outcomes'), ...rowsAt(map.content, 'outcomes')].map((row) => [
      String(row['id']),
      String(row['name'] ?? ''),
    ]),
  );
  return (
    <SectionContext value={{ form, fields: outside, shown: form.problems }}>
      <p className="pl-small">
        <Link to="/o/$org/applications/$id/submitted" params={{ org, id: application.id }}>
          ‹ {words('tasks.submitted')}
        </Link>{' '}
        · {application.reference} · {pick(application.title)}
      </p>
      <PageTitle>{t('outturn.title')}</PageTitle>
      <p className="pl-narrow">{t('outturn.intro')}</p>
      <div className="pl-saveline">
        {readOnly ? <strong>{words('section.readOnly')}</strong> : <SaveLine form={form} />}
        {sentAt !== null && <span role="status">{t('outturn.sent', { when: dateTime(sentAt, language) })}</span>}
      </div>
      {form.restored && !form.conflict && <p className="pl-note">{words('save.restored')}</p>}
      <ErrorSummary
        problems={summary}
        nameOf={(problem) => questionName(outside, problem.path, pick)}
        onFollow={(problem) => followProblem(problem.path.replace(/^value_map\./, ''))}
      />
      <ConflictPanel />
      <SpentTable forecast={start.forecast} firstYear={firstBudgetYear(budget)} />
      <h2>{t('outturn.mapTitle')}</h2>
      <SectionContext value={{ form: map, fields, shown: problemsToShow(problemsUnder(form.problems, 'value_map'), summary.length > 0) }}>
        <ValueMapEditor
          sroi={known.sroi}
          problems={readProblems(known.sroiProblems)}
          discountRate={application.round.programme.discountRate}
          target={{ applicationId: application.id, copy: 'OUTTURN' }}
        />
      </SectionContext>
      <section className={form.status === 'saved' ? 'pl-card' : 'pl-card pl-stale'} aria-labelledby="difference-title">
        <h2 id="difference-title">{t('outturn.differenceTitle')}</h2>
        {known.difference ? <Difference difference={known.difference} names={names} kind="outturn" /> : <p>{t('outturn.noDifference')}</p>}
      </section>
      {!readOnly &&
        (maySubmit(me.roles) ? (
          <Send id={application.id} save={form.saveNow} onProblems={setSummary} onSent={setSentNow} />
        ) : (
          <p>{t('outturn.endorserOnly')}</p>
        ))}
    </SectionContext>
  );
}

const NO_FIELDS: never[] = [];

interface SendProps {
  id: string;
  save: () => Promise<readonly ProblemLike[] | null>;
  onProblems: (problems: readonly ProblemLike[]) => void;
  onSent: (outturn: OutturnShownFragment) => void;
}

function Send({ id, save, onProblems, onSent }: SendProps) {
  const { t } = useTranslation('valuemap');
  const [state, send] = useMutation(OutturnSend);
  const [asking, setAsking] = useState(false);
  const [saving, setSaving] = useState(false);
  // Sending twice sends once.
  const key = useRef(crypto.randomUUID());

  async function ask() {
    setSaving(true);
    const left = await save();
    setSaving(false);
    onProblems(left ?? []);
    if (left !== null && left.length === 0) setAsking(true);
  }
  async function confirmed() {
    const answer = await send({ input: { applicationId: id, idempotencyKey: key.current } });
    setAsking(false);
    const payload = answer.data?.outturnSend;
    const sent = readFragment(OutturnShown, payload?.application?.outturn);
    onProblems(problemsOf(payload));
    if (payload?.problems.length === 0 && sent) onSent(sent);
  }
  return (
    <>
      <Button loading={saving} onClick={() => void ask()}>
        {t('outturn.send')}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={t('outturn.confirmTitle')}
        confirm={t('outturn.send')}
        busy={state.fetching}
        onConfirm={() => void confirmed()}
        onClose={() => setAsking(false)}
      >
        <p>{t('outturn.confirmBody')}</p>
      </ConfirmDialog>
    </>
  );
}
