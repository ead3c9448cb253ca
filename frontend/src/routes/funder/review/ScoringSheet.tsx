// Why: one level per dimension with what to look for beside it; the dimension that is read from the
// SROI run shows its figure and working instead of a choice.
import { Button, Radio, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { ErrorSummary } from '@/components/ErrorSummary';
import { problemWords, type ProblemLike } from '@/components/ProblemText';
import { FigureWithWorking } from '@/components/WorkingDrawer';
import { clock, fixed, percent } from '@/format';
import { readFragment } from '@/gql';
import { useLanguage } from '@/i18n';
import { AssessmentShown, type Received } from '../application/query';
import { LEVELS, waiting, withLevel, withRemark } from './sheet';
import { useReview, type ReviewForm } from './useReview';

type Dimension = Received['round']['programme']['rubric'][number];

/** `scores.R3` or `scores[2].level` → the field of that dimension. */
export function dimensionField(problem: ProblemLike, sent: readonly string[]): string | undefined {
  const named = problem.params.find((param) => param.name === 'dimension')?.value ?? /^scores\.(\w+)/.exec(problem.path)?.[1];
  const position = /^scores\[(\d+)\]/.exec(problem.path)?.[1];
  const dimension = named ?? (position === undefined ? undefined : sent[Number(position)]);
  return dimension === undefined ? undefined : `level-${dimension}`;
}

export function ScoringSheet({ received, userId }: { received: Received; userId: string }) {
  const { t } = useTranslation(['funder', 'common']);
  const { pick } = useLanguage();
  const form = useReview(received.id, userId, received.myReview);
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const { rubric } = received.round.programme;
  const submitted = form.state === 'submitted';
  const sent = Object.keys(form.sheet.levels).toSorted();
  const left = rubric.filter(({ id, machineRead }) => !machineRead && form.sheet.levels[id] === undefined).length;

  async function handIn() {
    setBusy(true);
    await form.submit();
    setBusy(false);
    setAsking(false);
  }
  return (
    <div className="pl-card">
      <h2 id="sheet-title">{t('review.sheet')}</h2>
      <p className="pl-saveline">
        <SaveWords form={form} />
        <span>{left === 0 ? t('review.complete') : t('review.left', { count: left })}</span>
      </p>
      {form.restored && <p className="pl-note pl-small">{t('review.restored')}</p>}
      {submitted && (
        <div className="pl-note">
          <p>{t('review.submitted')}</p>
          <Button variant="default" size="compact-sm" onClick={form.reopen}>
            {t('review.reopen')}
          </Button>
        </div>
      )}
      <ErrorSummary
        problems={form.problems}
        fieldId={(problem) => dimensionField(problem, sent)}
        nameOf={(problem) => {
          const found = rubric.find(({ id }) => dimensionField(problem, sent) === `level-${id}`);
          return found ? `${found.id} ${pick(found.name)}` : undefined;
        }}
      />
      {rubric.map((dimension) =>
        dimension.machineRead ? (
          <MachineRead key={dimension.id} dimension={dimension} received={received} />
        ) : (
          <DimensionFields key={dimension.id} dimension={dimension} form={form} readOnly={submitted} />
        ),
      )}
      <Textarea
        className="pl-field"
        label={t('review.overall')}
        autosize
        minRows={2}
        value={form.sheet.comment}
        readOnly={submitted}
        onChange={(event) => {
          const comment = event.currentTarget.value;
          form.change((sheet) => ({ ...sheet, comment }));
        }}
      />
      {!submitted && <Button onClick={() => setAsking(true)}>{t('review.submit')}</Button>}
      <ConfirmDialog
        opened={asking}
        title={t('review.submit')}
        confirm={t('review.submit')}
        busy={busy}
        onConfirm={() => void handIn()}
        onClose={() => setAsking(false)}
      >
        <p>{left === 0 ? t('review.submitBody') : t('review.left', { count: left })}</p>
      </ConfirmDialog>
    </div>
  );
}

function SaveWords({ form }: { form: ReviewForm }) {
  const { t } = useTranslation(['funder', 'common']);
  const saved = form.savedAt === null ? t('review.never') : t('review.saved', { time: clock(form.savedAt) });
  const words = {
    saved: waiting(form.sheet).length > 0 ? t('review.waiting') : saved,
    typing: t('review.typing'),
    saving: t('review.saving'),
    failed: t('review.failed'),
    conflict: t('review.overtaken'),
  };
  const bad = form.status === 'failed' || form.status === 'conflict';
  return (
    <span role="status" className={bad ? 'pl-mark-warn pl-word' : ''}>
      {words[form.status]}
    </span>
  );
}

function DimensionHead({ dimension }: { dimension: Dimension }) {
  const { t } = useTranslation(['funder', 'common']);
  const { pick } = useLanguage();
  return (
    <>
      {dimension.id} {pick(dimension.name)}{' '}
      <span className="fu-light">· {t('review.weight', { weight: percent(dimension.weight) })}</span>
    </>
  );
}

function MachineRead({ dimension, received }: { dimension: Dimension; received: Received }) {
  const { t } = useTranslation(['funder', 'common']);
  const { pick } = useLanguage();
  const sroi = readFragment(AssessmentShown, received).sroiAssessed ?? received.sroi;
  return (
    <section className="fu-dimension" aria-labelledby={`machine-${dimension.id}`}>
      <h3 id={`machine-${dimension.id}`}>
        <DimensionHead dimension={dimension} />
      </h3>
      <p className="pl-small pl-muted">{pick(dimension.lookFor)}</p>
      <p>
        {t('review.machineRead')}{' '}
        <strong>
          {sroi?.low ? (
            <FigureWithWorking working={sroi.working} stepId="ratio">
              {fixed(sroi.low, 2)}
            </FigureWithWorking>
          ) : (
            t('common:state.unknown')
          )}
        </strong>
        {sroi && <span className="pl-muted pl-small"> {t('review.headline', { ratio: fixed(sroi.ratio, 2) })}</span>}
      </p>
    </section>
  );
}

function DimensionFields({ dimension, form, readOnly }: { dimension: Dimension; form: ReviewForm; readOnly: boolean }) {
  const { t } = useTranslation(['funder', 'common']);
  const { id } = dimension;
  const { pick } = useLanguage();
  const level = form.sheet.levels[id];
  const own = form.problems.filter((problem) => dimensionField(problem, []) === `level-${id}`);
  return (
    <section className="fu-dimension">
      <Radio.Group
        id={`level-${id}`}
        label={<DimensionHead dimension={dimension} />}
        description={pick(dimension.lookFor)}
        value={level === undefined ? null : String(level)}
        error={own.length > 0 ? own.map(problemWords).join(' ') : undefined}
        readOnly={readOnly}
        onChange={(value) => form.change((sheet) => withLevel(sheet, id, Number(value)))}
      >
        <div className="fu-levels" data-worded={dimension.levels.length > 0}>
          {LEVELS.map((each) => (
            <Level key={each} dimension={dimension} level={each} disabled={readOnly && level !== each} />
          ))}
        </div>
      </Radio.Group>
      <Textarea
        aria-label={t('review.remarkOn', { dimension: `${id} ${pick(dimension.name)}` })}
        placeholder={t('review.remark')}
        autosize
        minRows={1}
        value={form.sheet.remarks[id] ?? ''}
        readOnly={readOnly}
        onChange={(event) => {
          const remark = event.currentTarget.value;
          form.change((sheet) => withRemark(sheet, id, remark));
        }}
      />
    </section>
  );
}

/** A level with what an application shows that earns it. It goes by its number; the text describes it. */
function Level({ dimension, level, disabled }: { dimension: Dimension; level: (typeof LEVELS)[number]; disabled: boolean }) {
  const { t } = useTranslation('funder');
  const { pick } = useLanguage();
  const anchor = dimension.levels.find((each) => each.level === level);
  const shared = { value: String(level), disabled };
  if (!anchor) return <Radio {...shared} label={String(level)} title={t(`review.level.L${level}`)} />;
  const described = `level-${dimension.id}-${level}`;
  return (
    <Radio
      {...shared} aria-label={String(level)} aria-describedby={described}
      label={
        <>
          <strong>{level}</strong> <span id={described}>{pick(anchor.text)}</span>
        </>
      }
    />
  );
}
