// Why: the value map with its live result: what is typed on the left, what it comes to on top, why
// below. Every figure is the server's.
import { Button, Group } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/PageStates';
import { problemWords, ProblemText } from '@/components/ProblemText';
import { RatioCard, SroiFacts } from '@/components/RatioCard';
import { SroiCharts } from '@/components/SroiCharts';
import { WorkingDrawer, WorkingNames } from '@/components/WorkingDrawer';
import { percent } from '@/format';
import { readFragment, type FragmentType } from '@/gql';
import { labelled, useLanguage } from '@/i18n';
import { Rows } from '../editors/Rows';
import { PreviewFigures } from '../preview';
import { Field } from '../section/Field';
import { errorAt, fieldElementId, questionName, questionOf, useSectionContext } from '../section/context';
import { newRowId, rowsAt } from '../section/path';
import { followProblem, REVEAL_FIELD } from '../section/reveal';
import type { SectionForm } from '../section/useSection';
import { COLUMNS } from './columns';
import { OutcomeDetails } from './OutcomeDetails';
import { ValueCards } from './ValueCards';
import { ValueGrid } from './ValueGrid';

interface Props {
  form: SectionForm;
  preview: FragmentType<typeof PreviewFigures> | null;
  discountRate: string;
}

/** Why there is no ratio yet: the first few reasons are enough to go on with. */
const REASONS_SHOWN = 5;
const GRID_KEYS = new Set(COLUMNS.map((column) => column.key));

export function ValueMapEditor({ form, preview, discountRate }: Props) {
  const { t } = useTranslation('applicant');
  const { pick } = useLanguage();
  const { fields, shown } = useSectionContext();
  const small = useMediaQuery('(max-width: 40em)');
  const figures = readFragment(PreviewFigures, preview);
  const sroi = figures?.sroi;
  const outcomes = rowsAt(form.content, 'outcomes');
  const values = new Map(sroi?.outcomes.map((outcome) => [outcome.id, outcome.presentValue]));
  const [details, setDetails] = useState<number | null>(null);
  const [workingOf, setWorkingOf] = useState<string | null>(null);

  useEffect(() => {
    const reveal = (event: Event) => {
      const path = (event as CustomEvent<string>).detail;
      const match = /^outcomes\[(\d+)\]\.([^.]+)/.exec(path);
      if (match && !GRID_KEYS.has(match[2] ?? '')) setDetails(Number(match[1]));
    };
    window.addEventListener(REVEAL_FIELD, reveal);
    return () => window.removeEventListener(REVEAL_FIELD, reveal);
  }, []);

  const headings = Object.fromEntries(
    COLUMNS.map(({ key }) => {
      const field = questionOf(fields, `outcomes[0].${key}`);
      const heading = shortHeading(field ? pick(field.label) : key);
      return [key, key === 'proxy' ? `${heading} (HK$)` : heading];
    }),
  );
  const gridProps = {
    outcomes,
    headings,
    values,
    onDetails: openDetails,
    onWorking: (id: string) => setWorkingOf(`outcome.${id}.present_value`),
  };
  function openDetails(row: number) {
    setDetails(row);
    requestAnimationFrame(() => document.getElementById('details-title')?.focus());
  }
  const add = () => form.set('outcomes', [...outcomes, { id: newRowId('o', outcomes), start: 1 }], true);
  const error = errorAt(shown, 'outcomes');

  const names = new Map(outcomes.map((outcome) => [String(outcome['id']), String(outcome['name'] ?? '')]));
  return (
    <WorkingNames value={names}>
      <div className="pl-valuehead">
        <RatioCard sroi={sroi} fresh={form.status === 'saved'} />
        <div className="pl-small">
          <p className="pl-muted">{t('valueMap.conventions', { rate: percent(discountRate) })}</p>
          {figures?.sroiProblems.slice(0, REASONS_SHOWN).map((problem) => (
            <p key={problem.code + problem.path}>
              <button type="button" className="pl-linkbutton" onClick={() => followProblem(problem.path)}>
                {labelled(questionName(fields, problem.path, pick) ?? t('valueMap.figures'), problemWords(problem))}
              </button>
            </p>
          ))}
          {sroi?.warnings.map((warning) => (
            <p key={warning.code + warning.path} className="pl-mark-warn">
              <ProblemText problem={warning} />
            </p>
          ))}
        </div>
      </div>
      <div id={fieldElementId('outcomes')} tabIndex={-1}>
        {error && <p className="pl-mark-bad pl-word">{error}</p>}
        {outcomes.length === 0 && <EmptyState>{t('valueMap.empty')}</EmptyState>}
        {outcomes.length > 0 && (small ? <ValueCards {...gridProps} /> : <ValueGrid {...gridProps} />)}
      </div>
      {!form.readOnly && (
        <Group mb="md">
          <Button variant="default" onClick={add}>
            {t('valueMap.add')}
          </Button>
          {form.canUndo && (
            <Button variant="subtle" onClick={form.undo}>
              {t('section.undo')}
            </Button>
          )}
        </Group>
      )}
      {details !== null && <OutcomeDetails row={details} headings={headings} onClose={() => setDetails(null)} />}
      <h2>{t('valueMap.volunteers')}</h2>
      <p className="pl-muted pl-small">{t('valueMap.volunteersHelp')}</p>
      <Rows
        path="volunteers"
        idPrefix="v"
        withUndo={false}
        addLabel={t('valueMap.addVolunteer')}
        emptyText={t('valueMap.noVolunteers')}
        rowName={(row, position) => String(row['name'] ?? '') || t('valueMap.volunteer', { number: position + 1 })}
      >
        {(path) => (
          <div className="pl-fields">
            <Field path={`${path}.name`} />
            <Field path={`${path}.amount`} />
            <Field path={`${path}.year`} />
          </div>
        )}
      </Rows>
      <div className="pl-card" style={{ marginTop: '1rem' }}>
        <Field path="stated.ratio" />
      </div>
      {sroi && (
        <>
          <section className="pl-card" aria-labelledby="facts-title">
            <h2 id="facts-title">{t('valueMap.figures')}</h2>
            <SroiFacts sroi={sroi} />
          </section>
          <SroiCharts sroi={sroi} />
        </>
      )}
      <WorkingDrawer
        working={sroi?.working}
        stepId={workingOf ?? undefined}
        opened={workingOf !== null}
        onClose={() => setWorkingOf(null)}
      />
    </WorkingNames>
  );
}

/** A column heading without what stands in brackets: the help keeps it. */
function shortHeading(label: string): string {
  return label.replace(/[（(][^）)]*[）)]/g, '').trim() || label;
}
