// Why: who checked a figure stands wherever the figure stands, and "not assured" is said plainly.
// Assurance looks at the reasoning of a report; the arithmetic is proved by the working.
import { useTranslation } from 'react-i18next';
import { graphql } from '@/gql';
import type { AssuranceShownFragment } from '@/gql/graphql';
import { date } from '@/format';
import { useLanguage, wordFor } from '@/i18n';
import { personName } from '@/personName';
import { Badge, type Tone } from './StatusBadge';

export const AssuranceShown = graphql(`
  fragment AssuranceShown on Assurance {
    id
    runId
    assurer
    organisation
    scope
    findings
    conclusion
    assuredOn
    recordedBy
    recordedAt
  }
`);

const TONES: Record<string, Tone> = { unqualified: 'good', qualified: 'warn', adverse: 'bad' };

export function conclusionWords(conclusion: string): string {
  return wordFor(`sroi:assurance.conclusions.${conclusion}`) ?? conclusion;
}

/** One line: by whom the figure was assured and with what conclusion, or that it was not. */
export function AssuranceBadge({ assurances }: { assurances: readonly AssuranceShownFragment[] }) {
  const { t } = useTranslation('sroi');
  if (assurances.length === 0) return <Badge tone="plain">{t('assurance.not')}</Badge>;
  return (
    <>
      {assurances.map((each) => (
        <span key={each.id}>
          <Badge tone={TONES[each.conclusion] ?? 'info'}>
            {t('assurance.by', { name: each.organisation || each.assurer })}
          </Badge>{' '}
          <span className="pl-small">{conclusionWords(each.conclusion)}</span>{' '}
        </span>
      ))}
    </>
  );
}

/** The statements in full. */
export function Assurances({ assurances }: { assurances: readonly AssuranceShownFragment[] }) {
  const { t } = useTranslation('sroi');
  const { language } = useLanguage();
  return (
    <section className="pl-card" aria-label={t('assurance.title')}>
      <h2>{t('assurance.title')}</h2>
      {assurances.length === 0 && (
        <p>
          <Badge tone="plain">{t('assurance.not')}</Badge> <span className="pl-small">{t('assurance.notHelp')}</span>
        </p>
      )}
      {assurances.map((each) => (
        <article key={each.id} className="pl-criterion pl-assurance">
          <span aria-hidden="true">§</span>
          <div>
            <p>
              <strong>{t('assurance.by', { name: each.assurer })}</strong>
              {each.organisation !== '' && <>, {each.organisation}</>}{' '}
              <Badge tone={TONES[each.conclusion] ?? 'info'}>{conclusionWords(each.conclusion)}</Badge>
            </p>
            <dl className="pl-facts pl-small">
              <dt>{t('assurance.scope')}</dt>
              <dd className="pl-answer">{each.scope}</dd>
              <dt>{t('assurance.findings')}</dt>
              <dd className="pl-answer">{each.findings}</dd>
              <dt>{t('assurance.on')}</dt>
              <dd>{date(each.assuredOn, language)}</dd>
              <dt>{t('assurance.recordedBy')}</dt>
              <dd>{personName(each.recordedBy)}</dd>
            </dl>
          </div>
        </article>
      ))}
    </section>
  );
}
