// Why: all scores side by side, so that the panel sees where reviewers differ before it decides.
import { useTranslation } from 'react-i18next';
import { DateTimeHkt } from '@/components/Figures';
import { EmptyState } from '@/components/PageStates';
import { Badge } from '@/components/StatusBadge';
import { FigureWithWorking } from '@/components/WorkingDrawer';
import { fixed, percent } from '@/format';
import { readFragment } from '@/gql';
import { aside, useLanguage } from '@/i18n';
import { personName } from '@/personName';
import { AssessmentShown, type Received } from './query';
import { spread } from './spread';

export function ReviewsPart({ received }: { received: Received }) {
  const { t } = useTranslation(['funder', 'common']);
  const { language, pick } = useLanguage();
  const submitted = received.reviews.filter((review) => review.state === 'submitted');
  const conflicts = received.reviews.filter((review) => review.state === 'conflict');
  const open = received.reviews.filter((review) => review.state === 'open');
  return (
    <>
      <p>
        {t('reviews.counts', { submitted: submitted.length, open: open.length, conflicts: conflicts.length })}
        {conflicts.length > 0 && (
          <span className="pl-muted">{aside(conflicts.map((review) => personName(review.reviewer)).join(language === 'zh' ? '、' : ', '))}</span>
        )}
      </p>
      {submitted.length === 0 && <EmptyState>{t('reviews.none')}</EmptyState>}
      {submitted.length > 0 && (
        <div className="pl-scroll" tabIndex={0} role="group" aria-label={t('reviews.caption')}>
          <table className="pl-table fu-dense fu-reviews">
            <caption className="pl-hidden">{t('reviews.caption')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('reviews.dimension')}</th>
                {submitted.map((review) => (
                  <th key={review.id} scope="col">
                    {personName(review.reviewer)}
                    <div className="pl-small fu-light">
                      <DateTimeHkt at={review.updatedAt} />
                    </div>
                  </th>
                ))}
                <th scope="col" className="pl-end">
                  {t('reviews.spread')}
                </th>
              </tr>
            </thead>
            <tbody>
              {received.round.programme.rubric.map((dimension) => {
                const scores = submitted.map((review) => review.scores.find((each) => each.dimension === dimension.id));
                const gap = spread(scores.map((score) => score?.level));
                const sroi = readFragment(AssessmentShown, received).sroiAssessed ?? received.sroi;
                return (
                  <tr key={dimension.id}>
                    <th scope="row">
                      {dimension.id} {pick(dimension.name)}
                      <div className="pl-small fu-light">{t('reviews.weight', { weight: percent(dimension.weight) })}</div>
                    </th>
                    {dimension.machineRead ? (
                      <td colSpan={submitted.length}>
                        {t('reviews.machineRead')}{' '}
                        {sroi?.low ? (
                          <FigureWithWorking working={sroi.working} stepId="ratio">
                            {fixed(sroi.low, 2)}
                          </FigureWithWorking>
                        ) : (
                          t('common:state.unknown')
                        )}
                      </td>
                    ) : (
                      scores.map((score, position) => (
                        <td key={submitted[position]?.id ?? position}>
                          {score ? (
                            <strong className="pl-num">{score.level}</strong>
                          ) : (
                            <span className="pl-muted">{t('reviews.abstained')}</span>
                          )}
                          {score?.comment && <div className="pl-small">{score.comment}</div>}
                        </td>
                      ))
                    )}
                    <td className="pl-end">
                      {gap !== null && gap.levels}
                      {gap?.moderate && (
                        <div>
                          <Badge tone="warn">{t('reviews.moderate')}</Badge>
                        </div>
                      )}
                    </td>
                  </tr>
                );
              })}
              <tr>
                <th scope="row">{t('reviews.comment')}</th>
                {submitted.map((review) => (
                  <td key={review.id} className="pl-answer">
                    {review.comment}
                  </td>
                ))}
                <td className="pl-end">—</td>
              </tr>
            </tbody>
          </table>
        </div>
      )}
      <p className="pl-muted pl-small">{t('reviews.rule')}</p>
    </>
  );
}
