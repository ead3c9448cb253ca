// Why: what stands above and below the list so that it can be defended: the smallest move that changes
// it, the second opinion and how far it agrees, and the runs behind it.
import { useTranslation } from 'react-i18next';
import { fixed, movePoint } from '@/format';
import type { ShortlistShownFragment } from '@/gql/graphql';
import { useLanguage, wordFor } from '@/i18n';
import { placesOf } from './line';

interface Props {
  shortlist: ShortlistShownFragment;
}

function criterionName(shortlist: ShortlistShownFragment, id: string, pick: (text: { en: string; zh: string }) => string): string {
  const weight = shortlist.weights.find((each) => each.criterion === id);
  return weight ? `${id} ${pick(weight.name)}` : id;
}

function points(share: string): string {
  return `${fixed(movePoint(share, 2), 2)}%`;
}

/** The smallest move of one weight that changes who is above the line. */
export function SmallestMove({ shortlist }: Props) {
  const { t } = useTranslation('ranking');
  const { pick } = useLanguage();
  const move = shortlist.smallestMove;
  if (move === null) return <p className="pl-small">{t('sensitivity.noMove')}</p>;
  const row = shortlist.rows.find((each) => each.submissionId === move.submissionId);
  return (
    <p className="pl-note">
      {t('sensitivity.smallest', {
        criterion: criterionName(shortlist, move.criterion, pick),
        from: points(move.from),
        to: points(move.to),
        application: row?.reference ?? move.submissionId,
      })}
    </p>
  );
}

/** How far the second opinion agrees; shown with its column. */
export function SecondOpinionNote({ shortlist }: Props) {
  const { t } = useTranslation('ranking');
  const { pick } = useLanguage();
  const opinion = shortlist.secondOpinion;
  if (opinion === null) return null;
  return (
    <div className="pl-note">
      <p>{t('second.help', { method: pick(opinion.label) })}</p>
      <p>{t('second.agreement')}</p>
      <ul>
        {opinion.kendallTau !== null && <li>{t('second.tau', { value: fixed(opinion.kendallTau, 4) })}</li>}
        {opinion.spearman !== null && <li>{t('second.rho', { value: fixed(opinion.spearman, 4) })}</li>}
        {opinion.sameAboveLine !== null && <li>{t('second.same', { count: opinion.sameAboveLine, places: placesOf(shortlist) })}</li>}
      </ul>
    </div>
  );
}

export function SeverityNote({ shortlist }: Props) {
  const { t } = useTranslation('ranking');
  const { severity } = shortlist;
  if (severity !== 'off' && severity !== 'beside' && severity !== 'adjusted') return null;
  return <p className="pl-small pl-muted">{t(`severity.${severity}`)}</p>;
}

/** Each run with its id, its fingerprint and the engine: what an appeal asks for again. */
export function Runs({ shortlist }: Props) {
  const { t } = useTranslation('ranking');
  const { pick, language } = useLanguage();
  const keys = shortlist.tieBreak.map((key) => {
    const [criterion = '', direction = ''] = key.split(':');
    return t(direction === 'min' ? 'runs.min' : 'runs.max', { criterion: criterionName(shortlist, criterion, pick) });
  });
  return (
    <details className="pl-details pl-small pl-printopen">
      <summary>{t('runs.title')}</summary>
      <p>{t('runs.rules', { version: shortlist.rulesVersion })}</p>
      {keys.length > 0 && <p>{t('runs.tieBreak', { list: keys.join(language === 'zh' ? '、' : ', ') })}</p>}
      <dl className="pl-facts">
        {shortlist.runs.map((run) => (
          <div key={run.id} style={{ display: 'contents' }}>
            <dt>{wordFor(`ranking:runs.kind.${run.kind}`) ?? run.kind}</dt>
            <dd>
              <code className="pl-hash">{run.id}</code> · {run.engineVersion} · <code className="pl-hash">{run.inputHash}</code>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
