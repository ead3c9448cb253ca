// Why: says, while work on a round is running, how far it is; gone when nothing is left to do.
import { useCallback, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Badge } from '@/components/StatusBadge';
import { useWork, type WorkStep } from '@/components/ProgressSteps';
import { wordFor } from '@/i18n';

interface Props {
  roundId: string;
  counts: { received: number; screened: number } | null | undefined;
  refetch: () => void;
}

const NONE: readonly WorkStep[] = [];
const REFETCH_AFTER_MILLISECONDS = 700;

/** Many steps end at once; the page asks again once they have settled. */
function useSettled(act: () => void): () => void {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(act, REFETCH_AFTER_MILLISECONDS);
  }, [act]);
}

export function RoundProgress({ roundId, counts, refetch }: Props) {
  const { t } = useTranslation(['funder', 'common']);
  const settled = useSettled(refetch);
  const { steps, live } = useWork({ round: roundId }, NONE, settled);
  const open = steps.filter((step) => step.state !== 'DONE');
  const screened = counts?.screened ?? 0;
  const received = counts?.received ?? 0;
  const busy = screened < received || open.some((step) => step.state !== 'DEAD');
  return (
    <div role="status">
      {(busy || open.length > 0) && (
        <section className="pl-card fu-live pl-noprint" aria-label={t('common:progress.title')}>
          <p>
            <strong>{t('common:progress.title')}</strong>{' '}
            <span>{t('live.screened', { done: screened, total: received })}</span>
          </p>
          <progress value={screened} max={Math.max(received, 1)} aria-label={t('live.screened', { done: screened, total: received })} />
          {open.length > 0 && (
            <ul className="fu-steps">
              {open.map((step) => (
                <li key={step.kind}>
                  {wordFor(`workKind.${step.kind.toLowerCase()}`) ?? step.kind}{' '}
                  <Badge tone={step.state === 'DEAD' ? 'bad' : step.state === 'RUNNING' ? 'info' : 'plain'}>
                    {t(`common:work.${step.state}`)}
                  </Badge>
                </li>
              ))}
            </ul>
          )}
          <p className="pl-muted pl-small">
            {live ? t('common:progress.live') : t('common:progress.polling')} · {t('common:progress.canLeave')}
          </p>
        </section>
      )}
    </div>
  );
}
