// Why: who gets how much at most or at least, what excludes and what needs each other are rules of the
// programme; each is a row with fields of its own, and what is wrong with it stands at the row.
import { Button } from '@mantine/core';
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { problemWords } from '@/components/ProblemText';
import { labelled } from '@/i18n';
import { fieldElementId } from '../../../applicant/section/context';
import { text } from '../body';
import { LiteralField } from '../builder/LiteralField';
import { Line } from '../criteria/CriterionForm';
import { useLimitCodes } from '../codes';
import { useDraft } from '../draft/context';
import { CONSTRAINTS, DIMENSIONS, MEASURES, RULE_LISTS, rulesIn, withoutRule, withRule, type RuleList } from './constraints';

/** Where writing a new row starts. */
const FIRST_FIELD: Record<RuleList, string> = { at_most: '.dimension', at_least: '.dimension', exclusive: '', requires: '.application' };

export function Constraints() {
  return RULE_LISTS.map((list) => <Rules key={list} list={list} />);
}

function Rules({ list }: { list: RuleList }) {
  const { t } = useTranslation('rubric');
  const { form, goTo } = useDraft();
  const path = `${CONSTRAINTS}.${list}`;
  const rows = rulesIn(form.get(CONSTRAINTS), list);
  const add = () => {
    form.set(CONSTRAINTS, withRule(form.get(CONSTRAINTS), list), true);
    goTo(`${path}[${rows.length}]${FIRST_FIELD[list]}`);
  };
  return (
    <section id={fieldElementId(path)} tabIndex={-1} aria-labelledby={`rules-${list}`}>
      <h3 id={`rules-${list}`}>{t(`rules.${list}.title`)}</h3>
      <p className="pl-small pl-muted pl-narrow">{t(`rules.${list}.help`)}</p>
      <Wrong path={path} />
      {rows.length === 0 && <p className="pl-small">{t('rules.none')}</p>}
      <ol className="pl-list">
        {rows.map((_, at) => (
          <Rule key={at} list={list} at={at} />
        ))}
      </ol>
      {!form.readOnly && (
        <Button variant="default" size="compact-sm" onClick={add}>
          {t(`rules.${list}.add`)}
        </Button>
      )}
    </section>
  );
}

/** What is wrong with a list or a row as a whole; fields say what is wrong with themselves. */
function Wrong({ path }: { path: string }) {
  const { form } = useDraft();
  const own = form.problems.filter((problem) => problem.path === path);
  if (own.length === 0) return null;
  return <p className="pl-small pl-word pl-mark-bad">{[...new Set(own.map(problemWords))].join(' ')}</p>;
}

function Rule({ list, at }: { list: RuleList; at: number }) {
  const { t } = useTranslation(['rubric', 'rulewords']);
  const { form, goTo } = useDraft();
  const path = `${CONSTRAINTS}.${list}[${at}]`;
  const name = t(`rubric:rules.${list}.row`, { number: at + 1 });
  const remove = () => {
    form.set(CONSTRAINTS, withoutRule(form.get(CONSTRAINTS), list, at), true);
    goTo(`${CONSTRAINTS}.${list}`);
  };
  return (
    <li className="fr-criterion">
      <fieldset className="pl-fieldset" {...(list === 'exclusive' ? {} : { id: fieldElementId(path), tabIndex: -1 })}>
        <legend>{name}</legend>
        <FieldsOf list={list} path={path} />
        {!form.readOnly && (
          <Button size="compact-sm" variant="subtle" aria-label={labelled(t('rulewords:build.remove'), name)} onClick={remove}>
            {t('rulewords:build.remove')}
          </Button>
        )}
      </fieldset>
    </li>
  );
}

function FieldsOf({ list, path }: { list: RuleList; path: string }): ReactNode {
  const { t } = useTranslation('rubric');
  switch (list) {
    case 'exclusive':
      return <LiteralField path={path} label={t('rules.exclusive.list')} kind="text" list options={[]} />;
    case 'requires':
      return (
        <>
          <Wrong path={path} />
          <div className="fr-pair">
            <Line path={`${path}.application`} label={t('rules.requires.application')} keep />
            <Line path={`${path}.needs`} label={t('rules.requires.needs')} keep />
          </div>
        </>
      );
    default:
      return <Limit list={list} path={path} />;
  }
}

/** A choice in the words of the language on screen. */
function option(code: string, words: string) {
  return { code, label: { en: words, zh: words } };
}

/** How much at most, or at least, may go to one district, service area or size of organisation. */
function Limit({ list, path }: { list: 'at_most' | 'at_least'; path: string }) {
  const { t } = useTranslation('rubric');
  const { form, vocabulary } = useDraft();
  const codes = useLimitCodes(vocabulary.facts)(text(form.get(`${path}.dimension`)));
  const dimensions = DIMENSIONS.map((code) => option(code, t(`rules.dimension.${code}`)));
  const measures = MEASURES.map((code) => option(code, t(`rules.measure.${code}`)));
  return (
    <>
      <Wrong path={path} />
      <div className="fr-limit">
        <LiteralField path={`${path}.dimension`} label={t('rules.dimension.label')} kind="code" list={false} options={dimensions} />
        <LiteralField path={`${path}.code`} label={t('rules.code')} kind="code" list={false} options={codes} />
        <LiteralField path={`${path}.measure`} label={t('rules.measure.label')} kind="code" list={false} options={measures} />
        <LiteralField
          path={`${path}.value`} label={t(`rules.${list}.value`)} list={false} options={[]}
          kind={form.get(`${path}.measure`) === 'spend' ? 'hkd' : 'decimal'}
        />
      </div>
    </>
  );
}
