// Why: an outcome has one evidence grade, or one for each figure where the figures rest on different
// evidence, as they do once a value comes from the library.
import { Checkbox, NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { labelled } from '@/i18n';
import { Field } from '../section/Field';
import { errorAt, fieldElementId, useSectionContext } from '../section/context';
import type { Content } from '../section/path';
import { GRADES, REASONED } from './columns';

interface Props {
  row: number;
  outcome: Content;
  headings: Record<string, string>;
}

export function GradeFields({ row, outcome, headings }: Props) {
  const { t } = useTranslation('valuemap');
  const { form, shown } = useSectionContext();
  const path = `outcomes[${row}].evidence_grade`;
  const value = outcome['evidence_grade'];
  const split = typeof value === 'object' && value !== null;

  function change(each: boolean) {
    const own = typeof value === 'string' && value !== '' ? value : 'D';
    const worst = split ? Object.values(value).map(String).toSorted().at(-1) : undefined;
    form.set(path, each ? Object.fromEntries(REASONED.map((factor) => [factor, own])) : worst, true);
  }
  return (
    <div className={split ? 'pl-wide' : undefined}>
      {split ? (
        <fieldset className="pl-fieldset">
          <legend>{t('grades.each')}</legend>
          <div className="pl-grades">
            {REASONED.map((factor) => (
              <NativeSelect
                key={factor}
                id={fieldElementId(`${path}.${factor}`)}
                label={headings[factor]}
                aria-label={labelled(headings['evidence_grade'] ?? '', headings[factor])}
                disabled={form.readOnly}
                error={errorAt(shown, `${path}.${factor}`) ?? false}
                value={String((value as Content)[factor] ?? '')}
                data={['', ...GRADES]}
                onChange={(event) => form.set(`${path}.${factor}`, event.currentTarget.value || undefined, true)}
              />
            ))}
          </div>
        </fieldset>
      ) : (
        <Field again path={path} />
      )}
      {!form.readOnly && (
        <Checkbox
          mt={6}
          size="xs"
          label={t('grades.split')}
          checked={split}
          onChange={(event) => change(event.currentTarget.checked)}
        />
      )}
    </div>
  );
}
