// Why: the lists of a round page: criteria in groups, every question by section, the rubric.
import { useTranslation } from 'react-i18next';
import { Badge } from '@/components/StatusBadge';
import { percent, movePoint } from '@/format';
import { readFragment } from '@/gql';
import { labelled, useLanguage, wordFor } from '@/i18n';
import type { RoundShown } from './RoundPage';
import { FieldData } from './section/context';

type Programme = RoundShown['programme'];

export function CriteriaList({ criteria }: { criteria: Programme['criteria'] }) {
  const { t } = useTranslation();
  const { t: words } = useTranslation('applicant');
  const { pick } = useLanguage();
  const groups = [...new Set(criteria.map((each) => each.group))];
  return (
    <div className="pl-card">
      {groups.map((group) => (
        <section key={group} aria-label={groupName(group)}>
          <h3>{groupName(group)}</h3>
          <ul className="pl-list">
            {criteria
              .filter((each) => each.group === group)
              .map((each) => (
                <li key={each.id} className="pl-row pl-row-fixed">
                  <span>
                    {pick(each.question)}
                    <span className="pl-muted pl-small">
                      {' '}
                      {each.id}
                      {each.evidence ? ` · ${labelled(words('round.evidence'), each.evidence)}` : ''} ·{' '}
                      {labelled(t('verdict.source'), each.source.join(', '))}
                    </span>
                  </span>
                  <Badge tone={each.severity === 'HARD' ? 'info' : 'plain'}>{t(`severity.${each.severity}`)}</Badge>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function groupName(group: string): string {
  return wordFor(`applicant:round.groups.${group}`) ?? group;
}

export function QuestionList({ sections }: { sections: Programme['sections'] }) {
  const { t } = useTranslation('applicant');
  const { pick } = useLanguage();
  return (
    <>
      {sections.map((section, position) => (
        <details key={section.code} className="pl-card pl-printopen">
          <summary>
            <strong>
              {position + 1}. {pick(section.title)}
            </strong>
          </summary>
          <p>{pick(section.intro)}</p>
          <ul>
            {readFragment(FieldData, section.fields)
              .filter((field) => field.kind !== 'rows')
              .map((field) => (
                <li key={field.path}>
                  {pick(field.label)}
                  {!field.required && <span className="pl-muted">{t('section.optional')}</span>}
                  {field.maxChars !== null && (
                    <span className="pl-muted"> · {t('round.maxChars', { count: field.maxChars })}</span>
                  )}
                  {pick(field.help) && <div className="pl-muted pl-small">{pick(field.help)}</div>}
                </li>
              ))}
          </ul>
        </details>
      ))}
    </>
  );
}

export function RubricTable({ rubric }: { rubric: Programme['rubric'] }) {
  const { t } = useTranslation('applicant');
  const { pick } = useLanguage();
  return (
    <div className="pl-scroll" tabIndex={0} role="group" aria-label={t('round.rubric')}>
      <table className="pl-table">
        <thead>
          <tr>
            <th scope="col">{t('round.dimension')}</th>
            <th scope="col" className="pl-end">
              {t('round.weight')}
            </th>
            <th scope="col">{t('round.lookFor')}</th>
          </tr>
        </thead>
        <tbody>
          {rubric.map((dimension) => (
            <tr key={dimension.id}>
              <th scope="row">
                {pick(dimension.name)}
                {dimension.machineRead && <div className="pl-muted pl-small">{t('round.machineRead')}</div>}
              </th>
              <td className="pl-end">{weightText(dimension.weight)}</td>
              <td>{pick(dimension.lookFor)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A weight may come as 15 (of 100) or 0.15. */
function weightText(weight: string): string {
  return /^0?\.\d+$/.test(weight) ? percent(weight) : percent(movePoint(weight, -2));
}
