// Why: volunteer time counts as investment: hours times a dated rate with a source. The amount is the
// server's; an amount that was entered in an earlier form stays until hours replace it.
import { Button, NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { money } from '@/format';
import { labelled, useLanguage } from '@/i18n';
import { Rows } from '../editors/Rows';
import { Field } from '../section/Field';
import { useSectionContext } from '../section/context';
import type { Content } from '../section/path';
import { useMapData } from './mapData';

interface Props {
  /** What each row comes to, in the order of the rows; from the server. */
  amounts: readonly (string | undefined)[];
  fresh: boolean;
}

export function Volunteers({ amounts, fresh }: Props) {
  const { t } = useTranslation('valuemap');
  return (
    <section aria-label={t('volunteers.title')} style={{ marginTop: '1rem' }}>
      <h2>{t('volunteers.title')}</h2>
      <p className="pl-muted pl-small">{t('volunteers.help')}</p>
      <Rows
        path="volunteers"
        idPrefix="v"
        withUndo={false}
        addLabel={t('volunteers.add')}
        emptyText={t('volunteers.none')}
        rowName={(row, position) => String(row['name'] ?? '') || t('volunteers.row', { number: position + 1 })}
      >
        {(path, row, position) => (
          <>
            <div className="pl-fields pl-fields-start">
              <Field path={`${path}.name`} />
              {row['amount'] === undefined ? (
                <>
                  <Field path={`${path}.hours`} />
                  <Field path={`${path}.hourly_rate`} />
                  <RatePicker path={path} row={row} />
                </>
              ) : (
                <OldAmount path={path} row={row} />
              )}
              <Field path={`${path}.year`} />
            </div>
            {row['amount'] === undefined && (
              <p className={fresh ? 'pl-sum' : 'pl-sum pl-stale'} aria-live="polite">
                {labelled(t('volunteers.amount'))} <strong className="pl-num">{amountWords(amounts[position])}</strong>
              </p>
            )}
          </>
        )}
      </Rows>
    </section>
  );
}

function amountWords(amount: string | undefined): string {
  return amount === undefined ? '—' : money(amount);
}

function OldAmount({ path, row }: { path: string; row: Content }) {
  const { t } = useTranslation('valuemap');
  const { form } = useSectionContext();
  return (
    <div>
      <Field path={`${path}.amount`} />
      {!form.readOnly && (
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={() => {
            const { amount: _, ...rest } = row;
            form.set(path, rest, true);
          }}
        >
          {t('volunteers.useHours')}
        </Button>
      )}
    </div>
  );
}

/** The published rates; choosing one fills in the figure, which may still be changed. */
function RatePicker({ path, row }: { path: string; row: Content }) {
  const { t } = useTranslation('valuemap');
  const { pick } = useLanguage();
  const { form } = useSectionContext();
  const { volunteerRates } = useMapData();
  if (form.readOnly || volunteerRates.length === 0) return null;
  const used = volunteerRates.find(({ rate }) => rate === row['hourly_rate']);
  return (
    <NativeSelect
      label={t('volunteers.rate')}
      description={used ? labelled(t('volunteers.source'), used.source) : t('volunteers.rateHelp')}
      value={used ? used.from : ''}
      onChange={(event) => {
        const chosen = volunteerRates.find(({ from }) => from === event.currentTarget.value);
        if (chosen) form.set(`${path}.hourly_rate`, chosen.rate, true);
      }}
      data={[
        { value: '', label: t('volunteers.ownRate') },
        ...volunteerRates.map(({ from, rate, label }) => ({ value: from, label: `${pick(label)} · ${money(rate)}` })),
      ]}
    />
  );
}
