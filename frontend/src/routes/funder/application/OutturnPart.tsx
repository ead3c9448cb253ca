// Why: after an award, what came of it beside what was promised: the same engine on the figures that
// the applicant reported.
import { useTranslation } from 'react-i18next';
import { Difference, type DifferenceShown } from '@/components/Difference';
import { DateTimeHkt } from '@/components/Figures';
import { EmptyState } from '@/components/PageStates';
import type { Names } from '@/components/levers';
import type { FragmentType } from '@/gql';
import { getAt } from '../../applicant/section/path';
import type { SroiRunShown } from './query';
import { SroiRun } from './SroiRun';

interface Props {
  outturn: {
    content: unknown;
    receivedAt: string;
    sroi: FragmentType<typeof SroiRunShown> | null;
    difference: FragmentType<typeof DifferenceShown> | null;
  };
  rate: string;
  names: Names;
}

export function OutturnPart({ outturn, rate, names }: Props) {
  const { t } = useTranslation('funder');
  return (
    <>
      <p>
        {t('outturn.received')} <DateTimeHkt at={outturn.receivedAt} />
      </p>
      {outturn.difference && <Difference difference={outturn.difference} names={names} kind="outturn" />}
      {outturn.sroi ? (
        <SroiRun sroi={outturn.sroi} rate={rate} map={getAt(outturn.content, 'value_map')} />
      ) : (
        <EmptyState>{t('outturn.notYet')}</EmptyState>
      )}
    </>
  );
}
