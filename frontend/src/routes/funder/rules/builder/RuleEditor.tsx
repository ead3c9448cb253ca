// Why: a rule built by choosing: how it is tested, then what is tested against what, as deep as the
// server allows. Every choice is an ordinary form control.
import { Button, NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { problemWords } from '@/components/ProblemText';
import { useLanguage, wordFor } from '@/i18n';
import { fieldElementId } from '../../../applicant/section/context';
import { asContent } from '../../../applicant/section/useSavedForm';
import { text } from '../body';
import { useDraft } from '../draft/context';
import { operatorOf, type OperatorInfo } from '../vocabulary';
import { Operands } from './Operands';
import { RULE_DEPTH_MAX, withOperator, wrapped } from './tree';

interface Props {
  path: string;
  /** What this part of the rule is for: `If`, `Parts 2`. */
  label: string;
  lists: readonly string[];
  depth: number;
  /** A ratio alone is offered at the top of a criterion for information only. */
  top?: boolean;
}

export function RuleEditor({ path, label, lists, depth, top = false }: Props) {
  const { t } = useTranslation('rulewords');
  const { form, vocabulary } = useDraft();
  const rule = form.get(path);
  const operator = operatorOf(vocabulary, asContent(rule)['op'], 'yes_no');
  if (depth > RULE_DEPTH_MAX) return <p className="pl-mark-warn">{t('build.tooDeep', { most: RULE_DEPTH_MAX })}</p>;
  return (
    <fieldset className="fr-rule">
      <legend>{label}</legend>
      <OperatorSelect path={path} name={label} gives="yes_no" label={t('build.how')} top={top} />
      <NodeProblems path={path} />
      {operator && <Operands path={path} operator={operator} lists={lists} depth={depth} />}
      {!form.readOnly && operator && (top || operator.word === 'and' || operator.word === 'or') && depth < RULE_DEPTH_MAX && (
        <p className="fu-actions">
          {operator.word !== 'or' && <Wrap path={path} word="and" label={label} top={top} />}
          {operator.word !== 'and' && <Wrap path={path} word="or" label={label} top={top} />}
        </p>
      )}
    </fieldset>
  );
}

function Wrap({ path, word, label, top }: { path: string; word: 'and' | 'or'; label: string; top: boolean }) {
  const { t } = useTranslation('rulewords');
  const { form } = useDraft();
  return (
    <Button size="compact-sm" variant="default" onClick={() => form.set(path, wrapped(form.get(path), word), true)}>
      {t(word === 'and' ? 'build.wrapAnd' : 'build.wrapOr')}
      {!top && <span className="pl-hidden">: {label}</span>}
    </Button>
  );
}

/** Problems of the node itself, not of its operands. */
function NodeProblems({ path }: { path: string }) {
  const { form } = useDraft();
  const own = form.problems.filter((problem) => problem.path === path);
  if (own.length === 0) return null;
  return <p className="pl-mark-bad pl-word pl-small">{own.map(problemWords).join(' ')}</p>;
}

interface SelectProps {
  path: string;
  name: string;
  gives: 'yes_no' | 'value';
  label: string;
  top?: boolean;
}

export function OperatorSelect({ path, name, gives, label, top = false }: SelectProps) {
  const { t } = useTranslation('rulewords');
  const { pick } = useLanguage();
  const { form, vocabulary } = useDraft();
  const node = asContent(form.get(path));
  const word = text(node['op']);
  const before = operatorOf(vocabulary, word, gives);
  const own = form.problems.filter((problem) => problem.path === `${path}.op`).map(problemWords);
  // A quotient alone is a rule only at the top, where it reports; a table is a sort of value of its own.
  const offered = vocabulary.operators.filter(({ gives: given, word: each }) => (top && each === 'ratio') || (given === gives && each !== 'table' && (gives === 'value' || each !== 'ratio')));
  const words = (operator: OperatorInfo) => wordFor(`rulewords:operator.${operator.word}`) ?? pick(operator.label);
  return (
    <NativeSelect
      id={fieldElementId(`${path}.op`)}
      label={<HiddenName label={label} name={name} />}
      error={own.length === 0 ? undefined : own.join(' ')}
      disabled={form.readOnly}
      value={word}
      onChange={(event) => {
        const after = offered.find((each) => each.word === event.currentTarget.value);
        if (after) form.set(path, withOperator(node, before, after), true);
      }}
      data={[
        { value: '', label: t('build.choose'), disabled: word !== '' },
        ...offered.map((each) => ({ value: each.word, label: words(each) })),
        ...(word !== '' && !offered.some((each) => each.word === word) ? [{ value: word, label: word }] : []),
      ]}
      styles={{ wrapper: { maxWidth: '24rem' } }}
    />
  );
}

/** The visible label, with what it belongs to for who listens. */
export function HiddenName({ label, name }: { label: string; name: string }) {
  return (
    <>
      {label}
      <span className="pl-hidden"> ({name})</span>
    </>
  );
}
