// Why: short lists beside the outcomes (who is involved, what was left out) as a plain table on a
// desk and as framed fields on a phone.
import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/PageStates';
import { labelled, useLanguage } from '@/i18n';
import { Rows } from '../editors/Rows';
import { Field } from '../section/Field';
import { errorAt, fieldElementId, questionOf, useSectionContext } from '../section/context';
import { newRowId, rowsAt, type Content } from '../section/path';

interface Props {
  title: string;
  help: string;
  path: string;
  idPrefix: string | null;
  keys: readonly string[];
  addLabel: string;
  emptyText: string;
  rowName: (row: Content, position: number) => string;
}

export function RowTable(props: Props) {
  const { title, help, path, keys, rowName } = props;
  const small = useMediaQuery('(max-width: 40em)');
  return (
    <section aria-label={title} style={{ marginTop: '1rem' }}>
      <h2>{title}</h2>
      <p className="pl-muted pl-small">{help}</p>
      {small ? (
        <Rows {...props} withUndo={false} rowName={rowName}>
          {(at) => (
            <div className="pl-fields">
              {keys.map((key) => (
                <Field key={key} path={`${at}.${key}`} />
              ))}
            </div>
          )}
        </Rows>
      ) : (
        <Wide {...props} path={path} />
      )}
    </section>
  );
}

function Wide({ title, path, idPrefix, keys, addLabel, emptyText, rowName }: Props) {
  const { t } = useTranslation('applicant');
  const { pick } = useLanguage();
  const { form, fields, shown } = useSectionContext();
  const rows = rowsAt(form.content, path);
  const error = errorAt(shown, path);
  const add = () => form.set(path, [...rows, idPrefix === null ? {} : { id: newRowId(idPrefix, rows) }], true);
  const heading = (key: string) => {
    const field = questionOf(fields, `${path}[0].${key}`);
    return field ? pick(field.label) : key;
  };
  return (
    <div id={fieldElementId(path)} tabIndex={-1}>
      {error && <p className="pl-mark-bad pl-word">{error}</p>}
      {rows.length === 0 && <EmptyState>{emptyText}</EmptyState>}
      {rows.length > 0 && (
        <div className="pl-scroll" tabIndex={0} role="group" aria-label={title}>
          <table className="pl-table">
            <caption className="pl-hidden">{title}</caption>
            <thead>
              <tr>
                {keys.map((key) => (
                  <th key={key} scope="col">
                    {heading(key)}
                  </th>
                ))}
                <th scope="col">
                  <span className="pl-hidden">{t('section.removeRow')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row, position) => (
                <tr key={String(row['id'] ?? position)}>
                  {keys.map((key) => (
                    <td key={key}>
                      <Field bare path={`${path}[${position}].${key}`} rowName={rowName(row, position)} />
                    </td>
                  ))}
                  <td>
                    {!form.readOnly && (
                      <Button
                        variant="subtle"
                        size="compact-sm"
                        aria-label={labelled(t('section.removeRow'), rowName(row, position))}
                        onClick={() => form.set(`${path}[${position}]`, undefined, true)}
                      >
                        {t('section.removeRow')}
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {!form.readOnly && (
        <Button variant="default" mt="xs" onClick={add}>
          {addLabel}
        </Button>
      )}
    </div>
  );
}
