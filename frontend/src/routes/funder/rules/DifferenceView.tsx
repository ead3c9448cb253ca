// Why: two versions side by side, field by field; on a phone one under the other. Additions and
// removals are named in words, never by colour alone.
import { useTranslation } from 'react-i18next';
import { Badge, type Tone } from '@/components/StatusBadge';
import { EmptyState } from '@/components/PageStates';
import { wordFor } from '@/i18n';
import { useLimitNames } from './codes';
import { diffParts, type Change } from './difference';
import type { Telling } from './words/sentence';

interface Props {
  changes: readonly Change[];
  telling: Telling;
  before: string;
  after: string;
}

const TONES: Record<'ADDED' | 'REMOVED' | 'CHANGED', Tone> = { ADDED: 'good', REMOVED: 'bad', CHANGED: 'info' };

export function DifferenceView({ changes, telling, before, after }: Props) {
  const { t } = useTranslation('rules');
  const limitName = useLimitNames([...telling.facts.values()]);
  if (changes.length === 0) return <EmptyState>{t('diff.same')}</EmptyState>;
  return (
    <>
      <p role="status">{t('diff.count', { count: changes.length })}</p>
      {diffParts(changes, telling, limitName).map(({ part, things }) => (
        <section key={part} aria-label={partName(part)} className="pl-card">
          <h2>{partName(part)}</h2>
          {things.map((thing, position) => (
            <div key={`${thing.id}-${position}`} className="fr-diffthing">
              <h3>
                {thingName(part, thing.id)} <Badge tone={TONES[thing.kind]}>{t(`diff.kind.${thing.kind}`)}</Badge>
              </h3>
              <table className="pl-table fr-diff">
                <caption className="pl-hidden">{`${partName(part)} ${thing.id}`}</caption>
                <thead>
                  <tr>
                    <th scope="col">{t('diff.what')}</th>
                    <th scope="col">{before}</th>
                    <th scope="col">{after}</th>
                  </tr>
                </thead>
                <tbody>
                  {thing.rows.map((row, at) => (
                    <tr key={`${row.path}-${at}`}>
                      <th scope="row">
                        {fieldName(part, row.labelKeys, row.path)}
                        {row.path.includes('.') && <div className="pl-small pl-muted fr-path">{row.path}</div>}
                      </th>
                      <td data-label={before}>{row.before === '' ? <span className="pl-muted">{t('diff.nothing')}</span> : <del>{row.before}</del>}</td>
                      <td data-label={after}>{row.after === '' ? <span className="pl-muted">{t('diff.nothing')}</span> : <ins>{row.after}</ins>}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          ))}
        </section>
      ))}
    </>
  );
}

function partName(part: string): string {
  return wordFor(`rules:part.${part}`) ?? part;
}

/** A setting has words of its own; everything else goes by its id. */
function thingName(part: string, id: string): string {
  if (id === '') return partName(part);
  return part === 'settings' ? (wordFor(`rules:settingName.${id}`) ?? id) : id;
}

/** Parts of a setting have words of their own, as in its form. */
function fieldName(part: string, keys: readonly string[], path: string): string {
  for (const key of keys) {
    const words = (part === 'settings' ? wordFor(`rules:settingName.${key}`) : null) ?? wordFor(`rules:fieldName.${key}`);
    if (words !== null) return words;
  }
  return path || (wordFor('rules:diff.whole') ?? '');
}
