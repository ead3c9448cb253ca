// Why: all criteria of a draft by group, each as one plain sentence; one of them open to be changed.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Badge, type Tone } from '@/components/StatusBadge';
import { labelled, useLanguage } from '@/i18n';
import { fieldElementId } from '../../../applicant/section/context';
import type { Content } from '../../../applicant/section/path';
import { asContent } from '../../../applicant/section/useSavedForm';
import { criteriaOf, nextId, questionOfCriterion, text, type SeverityWord } from '../body';
import { problemsUnder, useDraft, useDraftTelling } from '../draft/context';
import { ruleWords } from '../words/sentence';
import { AddCriterion } from './AddCriterion';
import { CriterionForm } from './CriterionForm';
import { fromTemplate, type TemplateName } from './templates';

interface Props {
  at: number | undefined;
  onOpen: (at: number | undefined) => void;
}

interface Placed {
  criterion: Content;
  at: number;
}

/** Criteria under the group they belong to, groups in the order of their first criterion. */
function byGroup(criteria: readonly Content[]): [string, Placed[]][] {
  const groups = new Map<string, Placed[]>();
  for (const [at, criterion] of criteria.entries()) {
    const group = text(criterion['group']);
    groups.set(group, [...(groups.get(group) ?? []), { criterion, at }]);
  }
  return [...groups];
}

export function CriteriaTab({ at, onOpen }: Props) {
  const { t } = useTranslation('rules');
  const { form } = useDraft();
  const [removed, setRemoved] = useState('');
  const criteria = criteriaOf(form.content);

  function add(name: TemplateName) {
    const { criterion, tables } = fromTemplate(name, nextId(criteria));
    const known = asContent(form.content['tables']);
    const next: Content = { ...form.content, criteria: [...criteria, criterion] };
    if (Object.keys(tables).length > 0) next['tables'] = { ...tables, ...known };
    form.replace(next);
    setRemoved('');
    onOpen(criteria.length);
  }
  function duplicate(position: number) {
    const copy = { ...asContent(structuredClone(criteria[position])), id: nextId(criteria) };
    form.set('criteria', [...criteria.slice(0, position + 1), copy, ...criteria.slice(position + 1)], true);
    onOpen(position + 1);
  }
  function remove(position: number) {
    setRemoved(text(criteria[position]?.['id']));
    form.set('criteria', criteria.filter((_, each) => each !== position), true);
    onOpen(undefined);
  }
  /** Changes places with the criterion before or after it in its group. */
  function swap(position: number, other: number) {
    const order = criteria.map((_, each) => (each === position ? other : each === other ? position : each));
    form.set('criteria', order.map((each) => criteria[each]), true);
    if (at === position) onOpen(other);
  }
  return (
    <>
      {!form.readOnly && <AddCriterion onAdd={add} />}
      <p role="status" className={removed === '' ? 'pl-hidden' : 'pl-note'}>
        {removed !== '' && (
          <>
            {t('criteria.removed', { id: removed })}{' '}
            <button type="button" className="pl-linkbutton" onClick={() => { form.undo(); setRemoved(''); }}>
              {t('undo')}
            </button>
          </>
        )}
      </p>
      <div id={fieldElementId('criteria')} tabIndex={-1}>
        {byGroup(criteria).map(([group, placed]) => (
          <Group key={group} group={group} placed={placed} open={at} acts={{ onOpen, duplicate, remove, swap }} />
        ))}
      </div>
    </>
  );
}

interface Acts {
  onOpen: (at: number | undefined) => void;
  duplicate: (at: number) => void;
  remove: (at: number) => void;
  swap: (at: number, other: number) => void;
}

interface GroupProps {
  group: string;
  placed: readonly Placed[];
  open: number | undefined;
  acts: Acts;
}

function Group({ group, placed, open, acts }: GroupProps) {
  const { t } = useTranslation('rules');
  const { pick } = useLanguage();
  const { vocabulary } = useDraft();
  const label = vocabulary.groups.find(({ code }) => code === group)?.label;
  return (
    <section className="pl-card" aria-label={label ? pick(label) : group || t('criteria.noGroup')}>
      <h2>{label ? pick(label) : group || t('criteria.noGroup')}</h2>
      <ul className="pl-list">
        {placed.map(({ criterion, at }, position) => (
          <li key={at} className="fr-criterion">
            <Summary criterion={criterion} at={at} open={open === at} onOpen={acts.onOpen} />
            {open === at && <CriterionForm path={`criteria[${at}]`} />}
            <RowActs criterion={criterion} at={at} above={placed[position - 1]?.at} below={placed[position + 1]?.at} acts={acts} />
          </li>
        ))}
      </ul>
    </section>
  );
}

const TONES: Record<SeverityWord, Tone> = { hard: 'warn', soft: 'info', info: 'plain' };

function Summary({ criterion, at, open, onOpen }: { criterion: Content; at: number; open: boolean; onOpen: Acts['onOpen'] }) {
  const { t } = useTranslation('rules');
  const { pick } = useLanguage();
  const { form } = useDraft();
  const telling = useDraftTelling();
  const problems = problemsUnder(form.problems, `criteria[${at}]`).length;
  const severity = text(criterion['severity']) as SeverityWord;
  const id = text(criterion['id']);
  return (
    <div id={fieldElementId(`criteria[${at}]`)}>
      <p className="fu-state">
        <button
          type="button" className="pl-linkbutton fr-question" aria-expanded={open}
          onClick={() => onOpen(open ? undefined : at)}
        >
          {id} · {pick(questionOfCriterion(criterion)) || t('criteria.noQuestion')}
        </button>
        {severity in TONES && <Badge tone={TONES[severity]}>{t(`severity.${severity}`)}</Badge>}
        {problems > 0 && <Badge tone="bad">{t('problemCount', { count: problems })}</Badge>}
      </p>
      {!open && <p className="pl-small fr-sentence">{ruleWords(criterion['rule'], telling)}</p>}
    </div>
  );
}

interface RowProps {
  criterion: Content;
  at: number;
  above: number | undefined;
  below: number | undefined;
  acts: Acts;
}

function RowActs({ criterion, at, above, below, acts }: RowProps) {
  const { t } = useTranslation(['rules', 'rulewords']);
  const { form } = useDraft();
  const id = text(criterion['id']);
  if (form.readOnly) return null;
  const button = (label: string, act: () => void, disabled = false) => (
    <Button size="compact-sm" variant="subtle" disabled={disabled} aria-label={labelled(label, id)} onClick={act}>
      {label}
    </Button>
  );
  return (
    <div className="fu-actions pl-noprint">
      {button(t('criteria.duplicate'), () => acts.duplicate(at))}
      {button(t('rulewords:build.up'), () => acts.swap(at, above ?? at), above === undefined)}
      {button(t('rulewords:build.down'), () => acts.swap(at, below ?? at), below === undefined)}
      {button(t('rulewords:build.remove'), () => acts.remove(at))}
    </div>
  );
}
