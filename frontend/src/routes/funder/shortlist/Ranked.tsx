// Why: the list itself with everything that may be asked of it: filters, a what-if over it, the line that
// may be moved, the exact set beside it. What is recorded stays as it is.
import { Button, NativeSelect, Switch } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { DateTimeHkt } from '@/components/Figures';
import { ErrorSummary } from '@/components/ErrorSummary';
import { EmptyState } from '@/components/PageStates';
import { money } from '@/format';
import type { ShortlistShownFragment } from '@/gql/graphql';
import { useLanguage } from '@/i18n';
import { personName } from '@/personName';
import { districtsOf, Filters } from '../Filters';
import { changed, matches } from '../search';
import { Runs, SecondOpinionNote, SeverityNote, SmallestMove } from './ListNotes';
import { placesOf } from './line';
import type { Trial } from './query';
import { readPoints, STANDINGS, type ShortlistSearch } from './search';
import { SelectionPanel } from './SelectionPanel';
import { ShortlistTable } from './ShortlistTable';
import { StabilityHelp } from './Stability';
import { useTrial, withTrial, type Answer, type Shown } from './trial';
import { Weights } from './Weights';
import { WhatIf } from './WhatIf';

const FROM = '/f/$funder/rounds/$round/shortlist';
type Change = { [K in keyof ShortlistSearch]?: ShortlistSearch[K] | undefined };

function keeps(search: ShortlistSearch, row: Shown): boolean {
  const { organisation, title } = row;
  return (
    matches(search.q, [row.reference, organisation.en, organisation.zh, title.en, title.zh]) &&
    (search.district === undefined || row.districts.some((each) => each.code === search.district)) &&
    (search.area === undefined || row.serviceAreas.some((each) => each.code === search.area)) &&
    (search.standing === undefined || row.standing === search.standing) &&
    (search.size === undefined || row.sizeBand === search.size)
  );
}

export function Ranked({ shortlist, roundId }: { shortlist: ShortlistShownFragment; roundId: string }) {
  const { t } = useTranslation(['funder', 'ranking']);
  const search = useSearch({ from: FROM });
  const navigate = useNavigate({ from: FROM });
  const change = useCallback(
    (part: Change) => void navigate({ search: (old) => changed<ShortlistSearch>(old, part), replace: true, resetScroll: false }),
    [navigate],
  );
  const points = useMemo(() => readPoints(search.w, shortlist.weights.map((each) => each.criterion)), [search.w, shortlist.weights]);
  const answer = useTrial(roundId, { points, budget: search.budget ?? null });
  const all = useMemo(() => withTrial(shortlist.rows, answer.trial), [shortlist.rows, answer.trial]);
  const shown = useMemo(() => all.filter((row) => keeps(search, row)), [all, search]);
  const active = points !== null || search.budget !== undefined;
  const selection = answer.trial === null ? shortlist.selection : answer.trial.selection;
  const computed = answer.trial?.places ?? placesOf(shortlist);
  return (
    <>
      <Weights shortlist={shortlist} />
      <WhatIf shortlist={shortlist} search={search} onChange={change} />
      {active && <Banner shortlist={shortlist} answer={answer} onReset={() => change({ w: undefined, budget: undefined, line: undefined })} />}
      {!active && <SmallestMove shortlist={shortlist} />}
      <SeverityNote shortlist={shortlist} />
      <ListFilters shortlist={shortlist} search={search} shown={shown.length} onChange={change} />
      {search.second && <SecondOpinionNote shortlist={shortlist} />}
      <BudgetBar figures={answer.trial ?? shortlist} funded={computed} />
      {shown.length === 0 && <EmptyState>{t('filter.nothing')}</EmptyState>}
      {shown.length > 0 && (
        <ShortlistTable
          key={shortlist.rankingId}
          shortlist={shortlist}
          roundId={roundId}
          all={all}
          rows={shown}
          budget={answer.trial?.budget ?? shortlist.budget}
          computed={computed}
          moved={search.line}
          second={search.second === true && shortlist.secondOpinion !== null}
          onMove={(places) => change({ line: places === computed ? undefined : places })}
        />
      )}
      <StabilityHelp robust={shortlist.robust} />
      {selection && <SelectionPanel rows={all} selection={selection} />}
      <Foot shortlist={shortlist} />
    </>
  );
}

interface BannerProps {
  shortlist: ShortlistShownFragment;
  answer: Answer;
  onReset: () => void;
}

/** Says that what is shown is a what-if, and what stands in its way. */
function Banner({ shortlist, answer, onReset }: BannerProps) {
  const { t } = useTranslation('ranking');
  const state = t(shortlist.adopted ? 'whatIf.state.adopted' : 'whatIf.state.proposed');
  return (
    <div className="pl-note fu-warn">
      <p>
        <strong>{t('whatIf.banner', { state })}</strong>{' '}
        <span role="status">{answer.waiting ? t('whatIf.waiting') : ''}</span>
      </p>
      <ErrorSummary problems={answer.problems} takeFocus={false} />
      <Button variant="default" size="compact-sm" className="pl-noprint" onClick={onReset}>
        {t('whatIf.reset')}
      </Button>
    </div>
  );
}

interface FilterProps {
  shortlist: ShortlistShownFragment;
  search: ShortlistSearch;
  shown: number;
  onChange: (change: Change) => void;
}

function ListFilters({ shortlist, search, shown, onChange }: FilterProps) {
  const { t } = useTranslation(['ranking', 'funder']);
  const { pick } = useLanguage();
  const areas = districtsOf(shortlist.rows.map((row) => ({ districts: row.serviceAreas })));
  return (
    <Filters search={search} districts={districtsOf(shortlist.rows)} onChange={onChange} shown={shown} all={shortlist.rows.length}>
      <NativeSelect
        label={t('funder:filter.area')}
        value={search.area ?? ''}
        onChange={(event) => onChange({ area: event.currentTarget.value })}
        data={[{ value: '', label: t('funder:filter.any') }, ...areas.map(({ code, label }) => ({ value: code, label: pick(label) }))]}
      />
      <NativeSelect
        label={t('stability.filter')}
        value={search.standing ?? ''}
        onChange={(event) => onChange({ standing: STANDINGS.find((each) => each === event.currentTarget.value) })}
        data={[{ value: '', label: t('funder:filter.any') }, ...STANDINGS.map((each) => ({ value: each, label: t(`standing.${each}`) }))]}
      />
      {shortlist.secondOpinion !== null && (
        <Switch
          label={t('second.show')}
          checked={search.second === true}
          onChange={(event) => onChange({ second: event.currentTarget.checked })}
        />
      )}
    </Filters>
  );
}

function BudgetBar({ figures, funded }: { figures: Pick<Trial, 'budget' | 'committed'>; funded: number }) {
  const { t } = useTranslation('funder');
  const words = t('shortlist.committed', { committed: money(figures.committed), budget: money(figures.budget), count: funded });
  return (
    <div className="fu-budget">
      <strong id="budget-words">{words}</strong>
      <progress value={Number(figures.committed)} max={Number(figures.budget)} aria-labelledby="budget-words" />
    </div>
  );
}

function Foot({ shortlist }: { shortlist: ShortlistShownFragment }) {
  const { t } = useTranslation('funder');
  return (
    <div className="pl-muted pl-small">
      {t('shortlist.foot', { run: shortlist.rankingId, engine: shortlist.engineVersion })}{' '}
      <code className="pl-hash">{shortlist.inputHash}</code>
      <br />
      {t('shortlist.computedAt')} <DateTimeHkt at={shortlist.computedAt} />
      {shortlist.adoptedBy !== null && shortlist.adoptedAt !== null && (
        <>
          {' '}
          · {t('shortlist.adoptedBy', { name: personName(shortlist.adoptedBy) })} <DateTimeHkt at={shortlist.adoptedAt} />
        </>
      )}
      <Runs shortlist={shortlist} />
      <p>{t('shortlist.person')}</p>
    </div>
  );
}
