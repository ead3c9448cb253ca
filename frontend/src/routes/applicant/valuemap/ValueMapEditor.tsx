// Why: the value map with its live result: what is typed on the left, what it comes to on top, why
// below. Every figure is the server's. Serves a draft and, later, what came of the project.
import { Button, Group } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { readProblems } from '@/api/problems';
import { EmptyState } from '@/components/PageStates';
import { problemWords, ProblemText, type ProblemLike } from '@/components/ProblemText';
import { RatioCard } from '@/components/RatioCard';
import { WorkingDrawer, WorkingNames } from '@/components/WorkingDrawer';
import { percent } from '@/format';
import { readFragment, type FragmentType } from '@/gql';
import { labelled, useLanguage } from '@/i18n';
import { LiveSroi } from '../preview';
import { errorAt, fieldElementId, questionName, useSectionContext } from '../section/context';
import { newRowId, rowsAt } from '../section/path';
import { followProblem, REVEAL_FIELD } from '../section/reveal';
import { COLUMNS } from './columns';
import { LiveFigures, type ExploreTarget } from './LiveFigures';
import { columnsOf, headingsOf } from './mapColumns';
import { bandsOf, MapDataContext, useMapReference } from './mapData';
import { MapLists } from './MapLists';
import { OutcomeDetails } from './OutcomeDetails';
import { ProxyPicker } from './ProxyPicker';
import { ValueCards } from './ValueCards';
import { ValueGrid, type GridProps } from './ValueGrid';

interface Props {
  sroi: FragmentType<typeof LiveSroi> | null | undefined;
  /** Why there is no result. */
  problems: readonly ProblemLike[];
  discountRate: string;
  target: ExploreTarget;
  /** What else can be done with this value map, below the grid. */
  children?: ReactNode;
}

/** The first few reasons why there is no ratio yet are enough to go on with. */
const REASONS_SHOWN = 5;
const GRID_KEYS = new Set(COLUMNS.map((column) => column.key));

export function ValueMapEditor({ sroi: live, problems, discountRate, target, children }: Props) {
  const { t } = useTranslation('valuemap');
  const { pick } = useLanguage();
  const { form, fields, shown } = useSectionContext();
  const small = useMediaQuery('(max-width: 40em)');
  const reference = useMapReference();
  const sroi = readFragment(LiveSroi, live);
  const fresh = form.status === 'saved';
  const outcomes = rowsAt(form.content, 'outcomes');
  const [details, setDetails] = useState<number | null>(null);
  const [workingOf, setWorkingOf] = useState<string | null>(null);
  const [picking, setPicking] = useState<number | null>(null);

  useEffect(() => {
    const reveal = (event: Event) => {
      const path = (event as CustomEvent<string>).detail;
      const match = /^outcomes\[(\d+)\]\.([^.]+)/.exec(path);
      if (match && !GRID_KEYS.has(match[2] ?? '')) setDetails(Number(match[1]));
    };
    window.addEventListener(REVEAL_FIELD, reveal);
    return () => window.removeEventListener(REVEAL_FIELD, reveal);
  }, []);

  function openDetails(row: number) {
    setDetails(row);
    requestAnimationFrame(() => document.getElementById('details-title')?.focus());
  }
  const { catalogue, volunteerRates } = reference;
  const data = useMemo(
    () => ({ catalogue, volunteerRates, bands: bandsOf(sroi?.convention) }),
    [catalogue, volunteerRates, sroi?.convention],
  );
  const headings = headingsOf(fields, pick);
  const columns = columnsOf(fields, catalogue, pick);
  const gridProps: GridProps = {
    outcomes,
    columns,
    headings,
    values: new Map(sroi?.outcomes.map((outcome) => [outcome.id, outcome.presentValue])),
    fresh,
    onDetails: openDetails,
    onWorking: (id: string) => setWorkingOf(`outcome.${id}.present_value`),
    onPick: setPicking,
    openRow: details,
  };
  const add = () => form.set('outcomes', [...outcomes, { id: newRowId('o', outcomes), start: 1 }], true);
  const error = errorAt(shown, 'outcomes');
  const names = new Map(outcomes.map((outcome) => [String(outcome['id']), String(outcome['name'] ?? '')]));
  return (
    <MapDataContext value={data}>
      <WorkingNames value={names}>
        <div className="pl-valuehead">
          <div className={fresh ? undefined : 'pl-stale'}>
            <RatioCard sroi={sroi} fresh={fresh} />
          </div>
          <div className="pl-small">
            <p className="pl-muted">{t('conventions', { rate: percent(discountRate) })}</p>
            <p className="pl-muted" style={{ minHeight: '1.4em' }}>
              {fresh ? '' : t('computing')}
            </p>
            {problems.slice(0, REASONS_SHOWN).map((problem) => (
              <p key={problem.code + problem.path}>
                <button type="button" className="pl-linkbutton" onClick={() => followProblem(problem.path)}>
                  {labelled(questionName(fields, problem.path, pick) ?? t('figures'), problemWords(problem))}
                </button>
              </p>
            ))}
            {readProblems(sroi?.warnings).map((warning) => (
              <p key={warning.code + warning.path} className="pl-mark-warn">
                <ProblemText problem={warning} />
              </p>
            ))}
          </div>
        </div>
        <div id={fieldElementId('outcomes')} tabIndex={-1}>
          {error && <p className="pl-mark-bad pl-word">{error}</p>}
          {outcomes.length === 0 && <EmptyState>{t('empty')}</EmptyState>}
          {outcomes.length > 0 && (small ? <ValueCards {...gridProps} /> : <ValueGrid {...gridProps} />)}
        </div>
        {!form.readOnly && (
          <Group mb="md">
            <Button variant="default" onClick={add}>
              {t('add')}
            </Button>
          </Group>
        )}
        {details !== null && (
          <OutcomeDetails
            key={String(outcomes[details]?.['id'] ?? details)}
            row={details}
            columns={columns}
            headings={headings}
            onClose={() => setDetails(null)}
            onPick={setPicking}
          />
        )}
        <ProxyPicker row={picking} onClose={() => setPicking(null)} />
        {children}
        <MapLists working={sroi?.working} fresh={fresh} />
        {sroi && (
          <LiveFigures sroi={sroi} fresh={fresh} rate={discountRate} target={target} outcomes={outcomes} />
        )}
        <WorkingDrawer
          working={sroi?.working}
          stepId={workingOf ?? undefined}
          opened={workingOf !== null}
          onClose={() => setWorkingOf(null)}
        />
      </WorkingNames>
    </MapDataContext>
  );
}
