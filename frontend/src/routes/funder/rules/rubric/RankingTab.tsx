// Why: how places come about, how sure they are, how ties break and which fairness rules hold are
// settings of the programme, each with what it means and where it comes from.
import { Radio } from '@mantine/core';
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { labelled } from '@/i18n';
import { fieldElementId } from '../../../applicant/section/context';
import { IntegerField, MoneyField, ShareField } from '../../../applicant/section/NumberFields';
import { asContent } from '../../../applicant/section/useSavedForm';
import { text } from '../body';
import { Line } from '../criteria/CriterionForm';
import { useDraft, useParts } from '../draft/context';
import { Constraints } from './Constraints';
import { CONSTRAINTS, RULE_LISTS } from './constraints';
import { TieKeys } from './TieKeys';

export function RankingTab() {
  const { t } = useTranslation('rubric');
  const { form } = useDraft();
  return (
    <div id={fieldElementId('settings')} tabIndex={-1}>
      <p className="pl-narrow">{t('ranking.intro')}</p>
      <Card name="reviews">
        <Figure setting="reviews_min" kind={IntegerField} />
        <Choice path="settings.severity" setting="severity" words={['off', 'beside', 'adjusted']} />
        <From setting="severity" />
      </Card>
      <Card name="stability">
        <Figure setting="samples" path="settings.stability.samples" kind={IntegerField} />
        <Figure setting="seed" path="settings.stability.seed" kind={IntegerField} />
        <Choice path="settings.stability.weights" setting="spread" words={['uniform', 'dirichlet']} />
        {form.get('settings.stability.weights') === 'dirichlet' && (
          <Figure setting="concentration" path="settings.stability.concentration" kind={IntegerField} />
        )}
        <From setting="stability" />
        <Figure setting="line_robust" kind={ShareField} />
        <From setting="line_robust" />
      </Card>
      <Card name="ties">
        <TieKeys />
        <From setting="tie_break" />
      </Card>
      <Card name="fairness">
        <Figure setting="small_share" path="settings.constraints.small_share" kind={ShareField} emptied={null} />
        <Figure setting="max_per_group" path="settings.constraints.max_per_group" kind={IntegerField} emptied={null} />
        <Constraints />
        <OtherRules />
        <From setting="constraints" />
      </Card>
      <Card name="decisions">
        <Figure setting="confirm_above" kind={MoneyField} />
        <From setting="confirm_above" />
        <Figure setting="appeal_days" kind={IntegerField} />
        <From setting="appeal_days" />
      </Card>
    </div>
  );
}

type CardName = 'reviews' | 'stability' | 'ties' | 'fairness' | 'decisions';

function Card({ name, children }: { name: CardName; children: ReactNode }) {
  const { t } = useTranslation('rubric');
  return (
    <section className="pl-card" aria-labelledby={`ranking-${name}`}>
      <h2 id={`ranking-${name}`}>{t(`ranking.card.${name}`)}</h2>
      <div className="fr-form">{children}</div>
    </section>
  );
}

type FigureName = 'reviews_min' | 'samples' | 'seed' | 'concentration' | 'line_robust' | 'small_share' | 'max_per_group' | 'confirm_above' | 'appeal_days';

interface FigureProps {
  setting: FigureName;
  path?: string;
  kind: typeof IntegerField;
  /** What an emptied field stands for; left out, the setting is missing. */
  emptied?: null;
}

function Figure({ setting, path = `settings.${setting}`, kind: Kind, emptied }: FigureProps) {
  const { t } = useTranslation('rubric');
  const parts = useParts(path, { label: t(`setting.${setting}`), help: t(`settingHelp.${setting}`) });
  return <Kind parts={{ ...parts, onChange: (value) => parts.onChange(value ?? emptied) }} bare={false} />;
}

interface ChoiceProps<Word extends string> {
  path: string;
  setting: 'severity' | 'spread';
  words: readonly Word[];
}

function Choice({ path, setting, words }: ChoiceProps<'off' | 'beside' | 'adjusted' | 'uniform' | 'dirichlet'>) {
  const { t } = useTranslation('rubric');
  const parts = useParts(path, { label: t(`setting.${setting}`) });
  return (
    <Radio.Group id={parts.id} tabIndex={-1} label={parts.label} error={parts.error} value={text(parts.value)} onChange={(word) => parts.onChange(word)}>
      <div className="fr-severities">
        {words.map((word) => (
          <Radio key={word} value={word} disabled={parts.disabled} label={t(`word.${word}`)} description={t(`wordHelp.${word}`)} />
        ))}
      </div>
    </Radio.Group>
  );
}

type Sourced = 'severity' | 'stability' | 'line_robust' | 'tie_break' | 'constraints' | 'confirm_above' | 'appeal_days';

/** Where a setting comes from. */
function From({ setting }: { setting: Sourced }) {
  const { t } = useTranslation('rubric');
  return <Line path={`settings.${setting}_source`} label={labelled(t('from'), t(`setting.${setting}`))} />;
}

const SHOWN = new Set<string>(['small_share', 'max_per_group', ...RULE_LISTS]);

/** What a file says that no field here knows is told, not lost. */
function OtherRules() {
  const { t } = useTranslation('rubric');
  const { form } = useDraft();
  const constraints = asContent(form.get(CONSTRAINTS));
  const others = Object.keys(constraints).filter((key) => !SHOWN.has(key));
  return (
    <div id={fieldElementId(CONSTRAINTS)} tabIndex={-1}>
      {others.length > 0 && (
        <>
          <p className="pl-small pl-muted pl-narrow">{t('ranking.otherRules')}</p>
          <pre className="pl-small pl-scroll" tabIndex={0} role="group" aria-label={t('ranking.otherRules')}>
            {JSON.stringify(Object.fromEntries(others.map((key) => [key, constraints[key]])), null, 1)}
          </pre>
        </>
      )}
    </div>
  );
}
