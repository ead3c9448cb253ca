// Why: the frozen value map with the assessed values beside the claimed ones; what was changed says so
// in words and shows both values.
import { useTranslation } from 'react-i18next';
import { getAt, rowsAt, textAt } from '../../applicant/section/path';
import { cellText } from '../../applicant/valuemap/columns';
import { cellsOf, FIGURES, innerValue, partWords, pathWords, placeOf, VOLUNTEER_FIGURES, type Cell, type Change } from './assessment';

interface Props {
  claim: unknown;
  changes: readonly Change[];
  /** Opens a value for assessing; left out for those who only read. */
  onEdit?: (path: string) => void;
}

export function AssessedTable({ claim, changes, onEdit }: Props) {
  const { t } = useTranslation('funder');
  const outcomes = rowsAt(claim, 'outcomes');
  const volunteers = rowsAt(claim, 'volunteers');
  const edit = onEdit === undefined ? {} : { onEdit };
  return (
    <div className="pl-scroll" tabIndex={0} role="group" aria-label={t('assessed.mapTitle')}>
      <table className="pl-table fu-dense fu-valuemap">
        <caption className="pl-hidden">{t('assessed.mapTitle')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('valueMap.outcome')}</th>
            {FIGURES.map(({ key }) => (
              <th key={key} scope="col" className="pl-end">
                {t(`valueMap.column.${key}` as 'valueMap.column.quantity')}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {outcomes.map((outcome, position) => (
            <tr key={textAt(outcome, 'id') || position}>
              <th scope="row">
                {textAt(outcome, 'name')}
                <div className="pl-muted pl-small">{textAt(outcome, 'stakeholder')}</div>
              </th>
              {FIGURES.map((column) => (
                <td key={column.key} className="pl-end">
                  {cellsOf(claim, position, column).map((cell) => (
                    <Value key={cell.path + cell.inner} cell={cell} claim={claim} changes={changes} {...edit} />
                  ))}
                </td>
              ))}
            </tr>
          ))}
          {volunteers.map((_, position) => (
            <tr key={`volunteer-${position}`}>
              <th scope="row">
                {placeOf(`volunteers[${position}]`, claim)}
                <div className="pl-muted pl-small">{t('valueMap.volunteers')}</div>
              </th>
              <td colSpan={FIGURES.length}>
                {VOLUNTEER_FIGURES.filter(({ key }) => getAt(claim, `volunteers[${position}].${key}`) !== undefined).map((column) => (
                  <span key={column.key} className="fu-volunteer">
                    {t(`valueMap.column.${column.key}` as 'valueMap.column.quantity')}{' '}
                    <Value
                      cell={{ path: `volunteers[${position}].${column.key}`, inner: '', column, part: '' }}
                      claim={claim}
                      changes={changes}
                      {...edit}
                    />
                  </span>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface ValueProps extends Props {
  cell: Cell;
}

function Value({ cell, claim, changes, onEdit }: ValueProps) {
  const { t } = useTranslation('funder');
  const { path, inner, column, part } = cell;
  const show = (place: unknown) => {
    const value = innerValue(place, inner);
    return value === undefined || value === null ? '—' : cellText(column, value);
  };
  const change = changes.find((each) => each.path === path);
  const claimed = show(getAt(claim, path));
  const shown = change ? show(change.to) : claimed;
  const differs = shown !== claimed;
  const name = part === '' ? pathWords(path, claim) : `${pathWords(path, claim)} (${partWords(part)})`;
  return (
    <div className={differs ? 'fu-changed' : undefined}>
      {part !== '' && <span className="pl-muted pl-small">{partWords(part)} </span>}
      {onEdit ? (
        <button type="button" className="pl-linkbutton pl-num" aria-label={t('assessed.editCell', { name, value: shown })} onClick={() => onEdit(path)}>
          {shown}
        </button>
      ) : (
        <span className="pl-num">{shown}</span>
      )}
      {differs && (
        <div className="pl-small">
          {t('assessed.claimedValue')} <del className="pl-num">{claimed}</del>
        </div>
      )}
    </div>
  );
}
