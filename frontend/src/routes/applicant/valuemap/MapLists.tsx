// Why: what stands beside the outcomes: who is involved, what was left out, volunteer time, what will
// be done with the findings, and figures printed elsewhere.
import { useTranslation } from 'react-i18next';
import { Field } from '../section/Field';
import { useSectionContext } from '../section/context';
import { rowsAt } from '../section/path';
import { RowTable } from './RowTable';
import { volunteerAmounts } from './volunteerAmounts';
import { Volunteers } from './Volunteers';

const STAKEHOLDER_KEYS = ['name', 'subgroup', 'number', 'consulted', 'method'];
const EXCLUSION_KEYS = ['kind', 'name', 'reason'];

export function MapLists({ working, fresh }: { working: unknown; fresh: boolean }) {
  const { t } = useTranslation('valuemap');
  const { form } = useSectionContext();
  return (
    <>
      <RowTable
        title={t('stakeholders.title')}
        help={t('stakeholders.help')}
        path="stakeholders"
        idPrefix="s"
        keys={STAKEHOLDER_KEYS}
        addLabel={t('stakeholders.add')}
        emptyText={t('stakeholders.none')}
        rowName={(row, position) => String(row['name'] ?? '') || t('stakeholders.row', { number: position + 1 })}
      />
      <RowTable
        title={t('exclusions.title')}
        help={t('exclusions.help')}
        path="exclusions"
        idPrefix={null}
        keys={EXCLUSION_KEYS}
        addLabel={t('exclusions.add')}
        emptyText={t('exclusions.none')}
        rowName={(row, position) => String(row['name'] ?? '') || t('exclusions.row', { number: position + 1 })}
      />
      <Volunteers amounts={volunteerAmounts(working, rowsAt(form.content, 'volunteers'))} fresh={fresh} />
      <section className="pl-card" aria-label={t('responsiveness')} style={{ marginTop: '1rem' }}>
        <Field path="responsiveness" />
      </section>
      <section className="pl-card" aria-label={t('stated')}>
        <h2>{t('stated')}</h2>
        <p className="pl-muted pl-small">{t('statedHelp')}</p>
        <div className="pl-fields pl-fields-start">
          <Field path="stated.ratio" />
          <Field path="stated.total_present_value" />
          <Field path="stated.investment" />
        </div>
      </section>
    </>
  );
}
