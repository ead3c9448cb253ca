// Why: a draft of a programme's rules: saved as it is typed, each tab with an address of its own,
// problems named with a way to them.
import { Button } from '@mantine/core';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { readProblems } from '@/api/problems';
import { ErrorSummary, focusField } from '@/components/ErrorSummary';
import { PageTitle } from '@/components/PageTitle';
import { Badge } from '@/components/StatusBadge';
import { readFragment } from '@/gql';
import type { RuleDraftPageQuery } from '@/gql/graphql';
import { useSession } from '@/session/session';
import { nearestFieldId, SectionContext } from '../../../applicant/section/context';
import { ConflictPanel, SaveLine } from '../../../applicant/section/SaveLine';
import { PageWait } from '../../parts';
import { mayManageRound } from '../../roles';
import { changed } from '../../search';
import { CriteriaTab } from '../criteria/CriteriaTab';
import { RuleDraftPage, RuleDraftShown } from '../query';
import { placeOf, TABS, type DraftSearch, type Tab } from '../search';
import { VocabularyShown, type Vocabulary } from '../vocabulary';
import { RankingTab } from '../rubric/RankingTab';
import { RubricTab } from '../rubric/RubricTab';
import { ChangesTab } from './ChangesTab';
import { DraftContext, useDraft, usePlaceNames, type DraftContextValue } from './context';
import { FormTab } from './FormTab';
import { FileBar } from './Import';
import { ParametersTab } from './ParametersTab';
import { PublishTab } from './PublishTab';
import { TablesTab } from './TablesTab';
import { TestTab } from './TestTab';
import { useRuleDraft } from './useRuleDraft';
import { WordsTab } from './WordsTab';

const FROM = '/f/$funder/rules/drafts/$draft';

export default function Draft() {
  const { t } = useTranslation('rules');
  const { draft: id } = useParams({ from: FROM });
  const [state, ask] = useQuery({ query: RuleDraftPage, variables: { id }, requestPolicy: 'network-only' });
  const [first, setFirst] = useState<RuleDraftPageQuery | null>(null);
  // What is typed lives in the form; a later answer of the server must not replace it.
  if (first?.ruleDraft?.id !== id && state.data?.ruleDraft?.id !== undefined && !state.fetching) setFirst(state.data);
  if (first?.ruleDraft?.id !== id) {
    return <PageWait title={t('draft.word')} state={state} retry={() => ask({ requestPolicy: 'network-only' })} />;
  }
  return <OpenDraft key={id} draft={first.ruleDraft} vocabulary={readFragment(VocabularyShown, first.ruleVocabulary)} />;
}

type DraftData = NonNullable<RuleDraftPageQuery['ruleDraft']>;

/** A frame or two later, because the tab may first have to be drawn. */
function focusSoon(path: string, tries = 20): void {
  requestAnimationFrame(() => {
    const id = nearestFieldId(path);
    if (id === undefined && tries > 0) focusSoon(path, tries - 1);
    if (id === undefined) return;
    openAround(document.getElementById(id));
    focusField(id);
  });
}

/** Opens every closed part of the page that a field stands in. */
function openAround(field: HTMLElement | null): void {
  const closed = field?.closest('details:not([open])');
  if (!(closed instanceof HTMLDetailsElement)) return;
  closed.open = true;
  openAround(closed.parentElement);
}

function OpenDraft({ draft, vocabulary }: { draft: DraftData; vocabulary: Vocabulary }) {
  const { me } = useSession();
  const shown = readFragment(RuleDraftShown, draft);
  const readOnly = !mayManageRound(me?.roles ?? []);
  const start = { ...shown, problems: readProblems(shown.problems), body: draft.body, sections: draft.sections };
  const { form, latestVersion } = useRuleDraft(start, me?.userId ?? '', readOnly);
  const navigate = useNavigate({ from: FROM });
  const goTo = useCallback(
    (path: string) => {
      const place = placeOf(path);
      void navigate({ search: (search) => changed<DraftSearch>(search, { tab: place.tab === 'criteria' ? undefined : place.tab, at: place.at }), resetScroll: false }).then(() => focusSoon(path));
    },
    [navigate],
  );
  const value: DraftContextValue = { draftId: shown.id, programmeId: shown.programmeId, form, vocabulary, goTo };
  const section = useMemo(() => ({ form, fields: [], shown: [] }), [form]);
  return (
    <DraftContext value={value}>
      <SectionContext value={section}>
        <Head basedOn={shown.basedOn} />
        <Tabs />
        <TabBody latestVersion={latestVersion} basedOn={shown.basedOn} />
      </SectionContext>
    </DraftContext>
  );
}

function Head({ basedOn }: { basedOn: string }) {
  const { t } = useTranslation(['rules', 'applicant']);
  const { programmeId, form } = useDraft();
  const { funder } = useParams({ from: FROM });
  return (
    <>
      <p className="pl-small">
        <Link to="/f/$funder/rules/$programme" params={{ funder, programme: programmeId }}>
          ‹ {t('toProgramme')}
        </Link>
      </p>
      <PageTitle>{t('draft.title', { version: basedOn })}</PageTitle>
      <div className="pl-saveline">
        {form.readOnly ? <strong>{t('draft.readOnly')}</strong> : <SaveLine form={form} />}
        <ProblemLine />
        {!form.readOnly && (
          <span className="fu-actions">
            <Button size="compact-sm" variant="subtle" disabled={!form.canUndo} onClick={form.undo}>
              {t('undo')}
            </Button>
            <Button size="compact-sm" variant="subtle" disabled={!form.canRedo} onClick={form.redo}>
              {t('redo')}
            </Button>
          </span>
        )}
      </div>
      {form.restored && !form.conflict && <p className="pl-note">{t('applicant:save.restored')}</p>}
      <ConflictPanel />
      <FileBar name={`rules-draft-${basedOn}`} />
    </>
  );
}

/** How many problems there are; the list on demand. */
function ProblemLine() {
  const { t } = useTranslation('rules');
  const { form, goTo } = useDraft();
  const nameOf = usePlaceNames(form.content);
  const [open, setOpen] = useState(false);
  const count = form.problems.length;
  if (count === 0) return <span>{t('noProblems')}</span>;
  return (
    <>
      <button type="button" className="pl-linkbutton pl-mark-bad pl-word" aria-expanded={open} onClick={() => setOpen(!open)}>
        {t('problemCount', { count })}
      </button>
      {open && (
        <div className="fr-problems">
          <ErrorSummary
            problems={form.problems} takeFocus={false} nameOf={nameOf}
            onFollow={(problem) => {
              setOpen(false);
              goTo(problem.path);
            }}
          />
        </div>
      )}
    </>
  );
}

function Tabs() {
  const { t } = useTranslation('rules');
  const { funder, draft } = useParams({ from: FROM });
  const { tab: current = 'criteria', round } = useSearch({ from: FROM });
  const { form } = useDraft();
  const wrong = (tab: Tab) => form.problems.filter((problem) => placeOf(problem.path).tab === tab).length;
  return (
    <nav aria-label={t('tabs')} className="fu-parts pl-noprint">
      <ul>
        {TABS.map((tab) => (
          <li key={tab}>
            <Link
              to={FROM} params={{ funder, draft }} resetScroll={false}
              search={{ ...(tab === 'criteria' ? {} : { tab }), ...(round === undefined ? {} : { round }) }}
              aria-current={tab === current ? 'page' : undefined} activeOptions={{ exact: true, includeSearch: true }}
            >
              {t(`tab.${tab}`)} {wrong(tab) > 0 && <Badge tone="bad">{String(wrong(tab))}</Badge>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function TabBody({ latestVersion, basedOn }: { latestVersion: () => number; basedOn: string }) {
  const { form } = useDraft();
  const search = useSearch({ from: FROM });
  const navigate = useNavigate({ from: FROM });
  const set = (change: { [K in keyof DraftSearch]?: DraftSearch[K] | undefined }) =>
    void navigate({ search: (old) => changed<DraftSearch>(old, change), replace: true, resetScroll: false });
  switch (search.tab ?? 'criteria') {
    case 'tables':
      return <TablesTab />;
    case 'parameters':
      return <ParametersTab />;
    case 'form':
      return <FormTab />;
    case 'rubric':
      return <RubricTab />;
    case 'ranking':
      return <RankingTab />;
    case 'words':
      return <WordsTab />;
    case 'test':
      return <TestTab search={search} onSearch={set} />;
    case 'changes':
      return <ChangesTab key={form.savedAt} basedOn={basedOn} />;
    case 'publish':
      return <PublishTab latestVersion={latestVersion} basedOn={basedOn} />;
    default:
      return <CriteriaTab at={search.at} onOpen={(at) => set({ at })} />;
  }
}
