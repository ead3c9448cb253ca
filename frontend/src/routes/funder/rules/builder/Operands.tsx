// Why: the operands of one operator, each with the control that its kind asks for.
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { problemWords } from '@/components/ProblemText';
import { labelled, useLanguage, wordFor } from '@/i18n';
import { fieldElementId } from '../../../applicant/section/context';
import { asContent } from '../../../applicant/section/useSavedForm';
import { criteriaOf, entriesOf, questionOfCriterion, text } from '../body';
import { useDraft, useDraftTelling } from '../draft/context';
import { fullPath, type FactInfo, type OperatorInfo } from '../vocabulary';
import { kindOf } from '../words/kinds';
import { FactPicker } from './FactPicker';
import { RuleEditor } from './RuleEditor';
import { moved, slotsOf, type Slot } from './tree';
import { ValueEditor } from './ValueEditor';

interface Props {
  path: string;
  operator: OperatorInfo;
  lists: readonly string[];
  depth: number;
}

export function Operands({ path, operator, lists, depth }: Props) {
  const { form } = useDraft();
  const telling = useDraftTelling();
  const node = form.get(path);
  const slots = slotsOf(node, operator);
  const over = text(asContent(asContent(node)['over'])['field']);
  const inside = over === '' ? lists : [...lists, fullPath(over, lists)];
  /** What the other operands are, which says how a fixed value is typed. */
  const otherKind = (slot: Slot) =>
    slots.filter((each) => each !== slot).map((each) => kindOf(each.value, telling, lists)).find((kind) => kind !== undefined);
  const codes = slots.map(({ value }) => asContent(value)['field']).find((field) => typeof field === 'string');
  return (
    <div className="fr-operands">
      {slots.map((slot) => (
        <Operand
          key={slot.key}
          slot={slot}
          path={`${path}.${slot.path}`}
          lists={slot.kind === 'rule' || slot.kind === 'item_key' ? inside : lists}
          depth={depth}
          kind={otherKind(slot)}
          codes={typeof codes === 'string' ? fullPath(codes, lists) : undefined}
        />
      ))}
    </div>
  );
}

/** Keys whose words go by another name: an object with `then` would pass for a promise. */
const NAMES: ReadonlyMap<string, string> = new Map([['if', 'condition'], ['then', 'consequence']]);

interface OperandProps {
  slot: Slot;
  path: string;
  lists: readonly string[];
  depth: number;
  kind: string | undefined;
  codes: string | undefined;
}

function Operand({ slot, path, lists, depth, kind, codes }: OperandProps) {
  const name = wordFor(`rulewords:operand.${NAMES.get(slot.key) ?? slot.key}`) ?? slot.key;
  switch (slot.kind) {
    case 'rule':
      return <RuleEditor path={path} label={name} lists={lists} depth={depth + 1} />;
    case 'rules':
      return <RuleList path={path} name={name} lists={lists} depth={depth} />;
    case 'values':
      return <ValueList path={path} name={name} slot={slot} lists={lists} depth={depth} kind={kind} />;
    case 'fields':
      return <FactList path={path} name={name} lists={lists} />;
    case 'list_field':
      return <ListField path={path} name={name} lists={lists} />;
    case 'item_key':
      return <ItemKey path={path} lists={lists} />;
    case 'name':
      return <NameField path={path} name={name} />;
    default:
      if (slot.key === 'if_zero') return <IfZero path={path} name={name} lists={lists} depth={depth} kind={kind} />;
      return <ValueEditor path={path} name={name} expects={slot.kind} lists={lists} depth={depth} otherKind={kind} codes={codes} />;
  }
}

interface ListProps {
  path: string;
  name: string;
  lists: readonly string[];
  depth: number;
}

function RuleList({ path, name, lists, depth }: ListProps) {
  const { t } = useTranslation('rulewords');
  const { form } = useDraft();
  const rules = listAt(form.get(path));
  return (
    <div id={fieldElementId(path)} tabIndex={-1}>
      <ListProblems path={path} />
      {rules.map((_, at) => (
        <div key={at} className="fr-part">
          <RuleEditor path={`${path}[${at}]`} label={t('build.part', { what: name, position: at + 1 })} lists={lists} depth={depth + 1} />
          <PartActs path={path} name={t('build.part', { what: name, position: at + 1 })} at={at} />
        </div>
      ))}
      <AddButton label={t('build.addPart')} onAdd={() => form.set(path, [...rules, {}], true)} />
    </div>
  );
}

function ValueList({ path, name, slot, lists, depth, kind }: ListProps & { slot: Slot; kind: string | undefined }) {
  const { t } = useTranslation('rulewords');
  const { form } = useDraft();
  const telling = useDraftTelling();
  const values = listAt(slot.value);
  const own = values.map((value) => kindOf(value, telling, lists)).find((each) => each !== undefined) ?? kind;
  return (
    <div id={fieldElementId(path)} tabIndex={-1}>
      <ListProblems path={path} />
      {values.map((_, at) => (
        <div key={at} className="fr-part">
          <ValueEditor
            path={`${path}[${at}]`} name={t('build.part', { what: name, position: at + 1 })}
            expects="number" lists={lists} depth={depth} otherKind={own} codes={undefined}
          />
          <PartActs path={path} name={t('build.part', { what: name, position: at + 1 })} at={at} />
        </div>
      ))}
      <AddButton label={t('build.addValue')} onAdd={() => form.set(path, [...values, { field: '' }], true)} />
    </div>
  );
}

function FactList({ path, name, lists }: { path: string; name: string; lists: readonly string[] }) {
  const { t } = useTranslation('rulewords');
  const { form } = useDraft();
  const fields = listAt(form.get(path)).map(text);
  return (
    <div id={fieldElementId(path)} tabIndex={-1}>
      <ListProblems path={path} />
      {fields.map((field, at) => (
        <div key={at} className="fr-part">
          <FactPicker
            id={fieldElementId(`${path}[${at}]`)} label={t('build.part', { what: name, position: at + 1 })}
            value={field} lists={lists} error={errorsAt(form.problems, `${path}[${at}]`)}
            onChange={(chosen) => form.set(`${path}[${at}]`, chosen, true)}
          />
          <PartActs path={path} name={t('build.part', { what: name, position: at + 1 })} at={at} />
        </div>
      ))}
      <AddButton label={t('build.addFact')} onAdd={() => form.set(path, [...fields, ''], true)} />
    </div>
  );
}

/** Moves and removes one entry; the same by keyboard and pointer. */
function PartActs({ path, name, at }: { path: string; name: string; at: number }) {
  const { t } = useTranslation('rulewords');
  const { form } = useDraft();
  if (form.readOnly) return null;
  const list = listAt(form.get(path));
  const act = (label: string, disabled: boolean, next: () => unknown[]) => (
    <Button size="compact-sm" variant="subtle" disabled={disabled} aria-label={labelled(label, name)} onClick={() => form.set(path, next(), true)}>
      {label}
    </Button>
  );
  return (
    <div className="fu-actions">
      {act(t('build.up'), at === 0, () => moved(list, at, -1))}
      {act(t('build.down'), at === list.length - 1, () => moved(list, at, 1))}
      {act(t('build.remove'), false, () => list.filter((_, each) => each !== at))}
    </div>
  );
}

function AddButton({ label, onAdd }: { label: string; onAdd: () => void }) {
  const { form } = useDraft();
  if (form.readOnly) return null;
  return (
    <Button size="compact-sm" variant="default" onClick={onAdd}>
      {label}
    </Button>
  );
}

function ListProblems({ path }: { path: string }) {
  const { form } = useDraft();
  const words = errorsAt(form.problems, path);
  return words === undefined ? null : <p className="pl-mark-bad pl-word pl-small">{words}</p>;
}

function ListField({ path, name, lists }: { path: string; name: string; lists: readonly string[] }) {
  const { form } = useDraft();
  return (
    <FactPicker
      id={fieldElementId(`${path}.field`)} label={name} lists={lists} fits={isList}
      value={text(asContent(form.get(path))['field'])} error={errorsAt(form.problems, path) ?? errorsAt(form.problems, `${path}.field`)}
      onChange={(field) => form.set(path, { field }, true)}
    />
  );
}

function isList({ type }: FactInfo): boolean {
  return type === 'list' || type === 'share_table';
}

function ItemKey({ path, lists }: { path: string; lists: readonly string[] }) {
  const { t } = useTranslation('rulewords');
  const { pick } = useLanguage();
  const { form, vocabulary } = useDraft();
  const start = `${lists.at(-1) ?? ''}[].`;
  const keys = vocabulary.facts.filter((fact) => lists.length > 0 && fact.path.startsWith(start));
  const value = text(form.get(path)).replace(/^item\./, '');
  return (
    <NativeSelect
      id={fieldElementId(path)} label={t('build.itemKey')} error={errorsAt(form.problems, path)}
      disabled={form.readOnly} value={value}
      onChange={(event) => form.set(path, event.currentTarget.value || undefined, true)}
      data={[
        { value: '', label: t('build.choose') },
        ...keys.map((fact) => ({ value: fact.path.slice(start.length), label: pick(fact.label) })),
        ...(value !== '' && !keys.some((fact) => fact.path === start + value) ? [{ value, label: value }] : []),
      ]}
      styles={{ wrapper: { maxWidth: '24rem' } }}
    />
  );
}

/** Checks that run elsewhere are known by their results among the facts; tables and criteria by name. */
function useNames(path: string): { value: string; label: string }[] {
  const { pick } = useLanguage();
  const { form, vocabulary } = useDraft();
  const op = asContent(form.get(path.replace(/\.\w+$/, '')))['op'];
  if (op === 'table') return entriesOf(form.content['tables']).map(([name]) => ({ value: name, label: name }));
  if (op === 'criterion') {
    return criteriaOf(form.content).map((each) => ({ value: text(each['id']), label: `${text(each['id'])} · ${pick(questionOfCriterion(each))}` }));
  }
  const checks = vocabulary.facts.filter((fact) => fact.path.startsWith('rulesets.'));
  return checks.map((fact) => ({ value: fact.path.slice('rulesets.'.length), label: pick(fact.label) }));
}

function NameField({ path, name }: { path: string; name: string }) {
  const { t } = useTranslation('rulewords');
  const { form } = useDraft();
  const known = useNames(path);
  const value = text(form.get(path));
  const shared = { id: fieldElementId(path), label: name, error: errorsAt(form.problems, path), disabled: form.readOnly, value };
  if (known.length === 0) return <TextInput {...shared} onChange={(event) => form.set(path, event.currentTarget.value)} />;
  return (
    <NativeSelect
      {...shared}
      onChange={(event) => form.set(path, event.currentTarget.value, true)}
      data={[
        { value: '', label: t('build.choose') },
        ...known,
        ...(value !== '' && !known.some((each) => each.value === value) ? [{ value, label: value }] : []),
      ]}
      styles={{ wrapper: { maxWidth: '32rem' } }}
    />
  );
}

/** Absent: not said. Null: unknown. Otherwise a value. */
function IfZero({ path, name, lists, depth, kind }: ListProps & { kind: string | undefined }) {
  const { t } = useTranslation('rulewords');
  const { form } = useDraft();
  const value = form.get(path);
  const chosen = value === undefined ? '' : value === null ? 'unknown' : 'value';
  return (
    <div>
      <NativeSelect
        id={fieldElementId(path)} label={t('build.ifZero')} error={errorsAt(form.problems, path)} disabled={form.readOnly}
        value={chosen}
        onChange={(event) => {
          const next = event.currentTarget.value;
          form.set(path, next === '' ? undefined : next === 'unknown' ? null : '0', true);
        }}
        data={[
          { value: '', label: t('build.choose') },
          { value: 'unknown', label: t('build.ifZeroUnknown') },
          { value: 'value', label: t('build.ifZeroValue') },
        ]}
        styles={{ wrapper: { maxWidth: '20rem' } }}
      />
      {chosen === 'value' && (
        <ValueEditor path={path} name={name} expects="number" lists={lists} depth={depth} otherKind={kind} codes={undefined} inner />
      )}
    </div>
  );
}

function errorsAt(problems: readonly Parameters<typeof problemWords>[0][], path: string): string | undefined {
  const own = problems.filter((problem) => problem.path === path);
  return own.length === 0 ? undefined : own.map(problemWords).join(' ');
}

function listAt(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
