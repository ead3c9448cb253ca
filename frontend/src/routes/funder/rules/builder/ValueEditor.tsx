// Why: one operand: a fact, a fixed value, a parameter, a table or a calculation inside, chosen first
// and filled in beside.
import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { problemWords } from '@/components/ProblemText';
import { fieldElementId } from '../../../applicant/section/context';
import { asContent } from '../../../applicant/section/useSavedForm';
import { bilingual, entriesOf, text } from '../body';
import { useDraft, useDraftTelling } from '../draft/context';
import { factMap, operatorOf } from '../vocabulary';
import { kindOfValue } from '../words/kinds';
import { valueWords } from '../words/sentence';
import { useLanguage, type Bilingual } from '@/i18n';
import { FactPicker } from './FactPicker';
import { LiteralField } from './LiteralField';
import { Operands } from './Operands';
import { HiddenName, OperatorSelect } from './RuleEditor';
import { emptyValue, RULE_DEPTH_MAX, sortOf, sortsFor, type ValueSort } from './tree';

interface Props {
  path: string;
  name: string;
  /** What the operator expects: number, date, list, … */
  expects: string;
  lists: readonly string[];
  depth: number;
  /** The kind of the other side, for fixed values. */
  otherKind: string | undefined;
  /** The fact whose codes a fixed value may be. */
  codes: string | undefined;
  /** The frame already names it. */
  inner?: boolean;
}

const EXPECTED: Record<string, string> = { date: 'date', count: 'count' };

export function ValueEditor(props: Props) {
  const { path, name, expects, lists, depth } = props;
  const { t } = useTranslation('rulewords');
  const { form } = useDraft();
  const value = form.get(path);
  const sorts = sortsFor(expects);
  const sort = sortOf(value) ?? (expects === 'list' || expects === 'count' || expects === 'pattern' ? 'literal' : undefined);
  const offered = sort === undefined || sorts.includes(sort) ? sorts : [...sorts, sort];
  const own = form.problems.filter((problem) => problem.path === path && sort !== 'literal').map(problemWords);
  return (
    <fieldset className={sort === 'calculation' ? 'fr-value fr-wide' : 'fr-value'}>
      <legend className={props.inner ? 'pl-hidden' : undefined}>{name}</legend>
      <NativeSelect
        id={fieldElementId(sort === 'literal' ? `${path}.sort` : path)}
        label={<HiddenName label={t('build.value')} name={name} />}
        error={own.length === 0 ? undefined : own.join(' ')}
        disabled={form.readOnly || offered.length === 1}
        value={sort ?? ''}
        onChange={(event) => {
          const next = offered.find((each) => each === event.currentTarget.value);
          if (next) form.set(path, emptyValue(next, expects), true);
        }}
        data={[
          ...(sort === undefined ? [{ value: '', label: t('build.choose') }] : []),
          ...offered.map((each) => ({ value: each, label: t(`kind.${each}`) })),
        ]}
        styles={{ wrapper: { maxWidth: '14rem' } }}
      />
      <div className="fr-valuefield">{sort && <OfSort sort={sort} {...props} lists={lists} depth={depth} />}</div>
    </fieldset>
  );
}

function OfSort({ sort, ...props }: Props & { sort: ValueSort }) {
  const { t } = useTranslation('rulewords');
  const { form } = useDraft();
  const { path, name, lists } = props;
  const own = asContent(form.get(path));
  switch (sort) {
    case 'field':
      return (
        <FactPicker
          id={fieldElementId(`${path}.field`)} label={t('build.fact')} value={text(own['field'])} lists={lists}
          error={wordsAt(form.problems, `${path}.field`)} onChange={(field) => form.set(path, { field }, true)}
        />
      );
    case 'param':
      return <ParameterPicker path={path} />;
    case 'table':
      return <TablePicker path={path} />;
    case 'calculation':
      return <Calculation path={path} name={name} lists={lists} depth={props.depth} />;
    default:
      return <Fixed {...props} />;
  }
}

function wordsAt(problems: readonly Parameters<typeof problemWords>[0][], path: string): string | undefined {
  const own = problems.filter((problem) => problem.path === path);
  return own.length === 0 ? undefined : own.map(problemWords).join(' ');
}

function Fixed({ path, name, expects, otherKind, codes }: Props) {
  const { t } = useTranslation('rulewords');
  const kind = EXPECTED[expects] ?? otherKind ?? (expects === 'number' ? 'decimal' : undefined);
  const options = useCodes(codes);
  return (
    <LiteralField
      path={path} label={`${t(expects === 'pattern' ? 'build.pattern' : 'build.fixed')} (${name})`}
      kind={expects === 'pattern' || expects === 'text' ? 'text' : kind} list={expects === 'list'}
      options={kind === 'code' || kind === 'list' || expects === 'list' ? options : []}
    />
  );
}

/** The codes a fact may take, from the catalogue of facts. */
export function useCodes(path: string | undefined): readonly { code: string; label: Bilingual }[] {
  const { vocabulary } = useDraft();
  return path === undefined ? [] : (factMap(vocabulary.facts).get(path)?.options ?? []);
}

function ParameterPicker({ path }: { path: string }) {
  const { t } = useTranslation('rulewords');
  const { form } = useDraft();
  const telling = useDraftTelling();
  const value = text(asContent(form.get(path))['param']);
  const words = (name: string, held: unknown) => {
    const kind = kindOfValue(name, held);
    return kind === 'patterns' ? name : `${name} = ${valueWords(held, telling, kind)}`;
  };
  const known = entriesOf(form.content['parameters']).map(([name, held]) => ({ value: name, label: words(name, held).slice(0, 90) }));
  return (
    <NativeSelect
      id={fieldElementId(`${path}.param`)} label={t('build.parameter')} error={wordsAt(form.problems, `${path}.param`)}
      disabled={form.readOnly} value={value}
      onChange={(event) => form.set(path, { param: event.currentTarget.value }, true)}
      data={withUnlisted(t('build.choose'), known, value)}
      styles={{ wrapper: { maxWidth: '32rem' } }}
    />
  );
}

function TablePicker({ path }: { path: string }) {
  const { t } = useTranslation('rulewords');
  const { pick } = useLanguage();
  const { form } = useDraft();
  const value = text(asContent(form.get(path))['name']);
  const known = entriesOf(form.content['tables']).map(([name, table]) => ({
    value: name,
    label: `${pick(bilingual(asContent(table)['label'])) || name} (${name})`,
  }));
  return (
    <NativeSelect
      id={fieldElementId(`${path}.name`)} label={t('build.table')} error={wordsAt(form.problems, `${path}.name`)}
      disabled={form.readOnly} value={value}
      onChange={(event) => form.set(path, { op: 'table', name: event.currentTarget.value }, true)}
      data={withUnlisted(t('build.choose'), known, value)}
      styles={{ wrapper: { maxWidth: '32rem' } }}
    />
  );
}

function withUnlisted(choose: string, known: { value: string; label: string }[], value: string) {
  const unlisted = value !== '' && !known.some((each) => each.value === value);
  return [{ value: '', label: choose }, ...known, ...(unlisted ? [{ value, label: value }] : [])];
}

function Calculation({ path, name, lists, depth }: { path: string; name: string; lists: readonly string[]; depth: number }) {
  const { t } = useTranslation('rulewords');
  const { form, vocabulary } = useDraft();
  const operator = operatorOf(vocabulary, asContent(form.get(path))['op'], 'value');
  if (depth >= RULE_DEPTH_MAX) return <p className="pl-mark-warn">{t('build.tooDeep', { most: RULE_DEPTH_MAX })}</p>;
  return (
    <>
      <OperatorSelect path={path} name={name} gives="value" label={t('build.calculation')} />
      {operator && <Operands path={path} operator={operator} lists={lists} depth={depth + 1} />}
    </>
  );
}
