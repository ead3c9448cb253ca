// Why: a decision and a proposal of one are read the same way: reasons, conditions, amounts by line.
import { useTranslation } from 'react-i18next';
import { money } from '@/format';
import { useLanguage } from '@/i18n';
import { budgetLines } from './content';
import type { ReasonCodes } from './query';

interface Props {
  decision: {
    reasonCodes: readonly string[];
    reason: string;
    conditions: string;
    departureReason: string;
    lines: readonly { lineId: string; amount: string }[];
  };
  document: unknown;
  reasonCodes: ReasonCodes;
}

export function DecisionFacts({ decision, document, reasonCodes }: Props) {
  const { t } = useTranslation(['funder', 'common', 'award']);
  const { pick, language } = useLanguage();
  const names = new Map(budgetLines(document).map((line) => [line.id, line.description]));
  const reasons = decision.reasonCodes.map((code) => {
    const found = reasonCodes.find((each) => each.code === code);
    return found ? pick(found.label) : code;
  });
  return (
    <>
      <dl className="pl-facts">
        {reasons.length > 0 && (
          <>
            <dt>{t('decision.reasonCodes')}</dt>
            <dd>{reasons.join(language === 'zh' ? '；' : '; ')}</dd>
          </>
        )}
        <dt>{t('decision.reason')}</dt>
        <dd className="pl-answer">{decision.reason}</dd>
        {decision.departureReason !== '' && (
          <>
            <dt>{t('award:order.shown')}</dt>
            <dd className="pl-answer">{decision.departureReason}</dd>
          </>
        )}
        <dt>{t('decision.conditions')}</dt>
        <dd className="pl-answer">{decision.conditions || t('common:state.none')}</dd>
      </dl>
      {decision.lines.length > 0 && (
        <details className="pl-details">
          <summary>{t('decision.lines')}</summary>
          <ul>
            {decision.lines.map((line) => (
              <li key={line.lineId}>
                {names.get(line.lineId) ?? line.lineId}: <span className="pl-num">{money(line.amount)}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
