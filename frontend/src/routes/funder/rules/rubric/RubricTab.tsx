// Why: what applications are scored on is data of the programme: dimensions with their weights, what
// reviewers look for, and what each level means, in both languages.
import { Button, Radio, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Badge } from '@/components/StatusBadge';
import { labelled, useLanguage } from '@/i18n';
import { fieldElementId } from '../../../applicant/section/context';
import type { Content } from '../../../applicant/section/path';
import { bilingual, text } from '../body';
import { moved } from '../builder/tree';
import { Line, Pair } from '../criteria/CriterionForm';
import { problemsUnder, useDraft, useParts } from '../draft/context';
import { Ends, MachineAnchors, ReviewedAnchors } from './Anchors';
import { completed, dimensionsOf, isComplete, LEVEL_NUMBERS, renamed, scoredBy, SCORERS, withDimension, withoutDimension } from './rubric';
import { Weights } from './Weights';

export function RubricTab() {
  const { t } = useTranslation('rubric');
  const { form } = useDraft();
  const dimensions = dimensionsOf(form.content);
  return (
    <div id={fieldElementId('rubric')} tabIndex={-1}>
      <p className="pl-narrow">{t('intro')}</p>
      <Weights />
      {dimensions.map((dimension, at) => (
        <Dimension key={at} dimension={dimension} at={at} count={dimensions.length} />
      ))}
      {!form.readOnly && (
        <Button variant="default" onClick={() => form.replace(withDimension(form.content))}>
          {t('add')}
        </Button>
      )}
      <section className="pl-card" aria-labelledby="anchors" id={fieldElementId('settings.anchors')} tabIndex={-1}>
        <h2 id="anchors">{t('anchors.title')}</h2>
        <p className="pl-narrow">{t('anchors.help')}</p>
        <Ends path="settings.anchors.reviewed" />
        <Line path="settings.anchors_source" label={labelled(t('from'), t('anchors.title'))} />
      </section>
    </div>
  );
}

interface DimensionProps {
  dimension: Content;
  at: number;
  count: number;
}

function Dimension({ dimension, at, count }: DimensionProps) {
  const { t } = useTranslation(['rubric', 'rules']);
  const { pick } = useLanguage();
  const { form } = useDraft();
  const path = `rubric.dimensions[${at}]`;
  const id = text(dimension['id']);
  const name = pick(bilingual(dimension)) || t('unnamed');
  const problems = [path, `settings.anchors.${id}`, `settings.machine_read.${id}`].flatMap((each) => problemsUnder(form.problems, each)).length;
  return (
    <section className="pl-card" aria-label={`${id} ${name}`} id={fieldElementId(path)} tabIndex={-1}>
      <div className="pl-cardhead">
        <h2>
          {id} {name} {problems > 0 && <Badge tone="bad">{t('rules:problemCount', { count: problems })}</Badge>}
        </h2>
        <Acts id={id} at={at} count={count} />
      </div>
      <details className="pl-details">
        <summary>
          {t('texts')} <span className="pl-hidden">({id})</span>
        </summary>
        <div className="fr-form">
          <IdField at={at} />
          <Pair path={path} keys={['en', 'zh']} label={t('name')} />
          <Scorers at={at} />
          <Pair path={`${path}.look_for`} keys={['en', 'zh']} label={t('lookFor')} long />
          <h3>{t('levels')}</h3>
          <p className="pl-small pl-muted pl-narrow">{t('levelsHelp')}</p>
          {isComplete(dimension) ? (
            LEVEL_NUMBERS.map((level) => <Level key={level} path={`${path}.levels[${level}]`} level={level} />)
          ) : (
            <Button variant="default" disabled={form.readOnly} onClick={() => form.set(path, completed(dimension), true)}>
              {labelled(t('addLevels'), id)}
            </Button>
          )}
          <h3>{t('anchors.own')}</h3>
          <p className="pl-small pl-muted pl-narrow">{t('anchors.ownHelp')}</p>
          {dimension['source'] === 'machine' ? <MachineAnchors id={id} /> : <ReviewedAnchors id={id} />}
        </div>
      </details>
    </section>
  );
}

function Acts({ id, at, count }: { id: string; at: number; count: number }) {
  const { t } = useTranslation('rulewords');
  const { form } = useDraft();
  if (form.readOnly) return null;
  const list = 'rubric.dimensions';
  const move = (by: -1 | 1) => form.set(list, moved(dimensionsOf(form.content), at, by), true);
  const button = (label: string, act: () => void, disabled = false) => (
    <Button size="compact-sm" variant="subtle" disabled={disabled} aria-label={labelled(label, id)} onClick={act}>
      {label}
    </Button>
  );
  return (
    <span className="fr-moves">
      {button(t('build.up'), () => move(-1), at === 0)}
      {button(t('build.down'), () => move(1), at === count - 1)}
      {button(t('build.remove'), () => form.replace(withoutDimension(form.content, at)))}
    </span>
  );
}

/** An id is carried over to anchors and tie keys once it is fully typed. */
function IdField({ at }: { at: number }) {
  const { t } = useTranslation('rubric');
  const { form } = useDraft();
  const parts = useParts(`rubric.dimensions[${at}].id`, { label: t('id'), help: t('idHelp') });
  const [typed, setTyped] = useState<string | null>(null);
  const keep = () => {
    if (typed !== null && typed !== text(parts.value)) form.replace(renamed(form.content, at, typed.trim()));
    setTyped(null);
  };
  return (
    <TextInput
      id={parts.id} label={parts.label} description={parts.help} error={parts.error} disabled={parts.disabled}
      value={typed ?? text(parts.value)} onChange={(event) => setTyped(event.currentTarget.value)} onBlur={keep}
      styles={{ wrapper: { maxWidth: '12rem' } }}
    />
  );
}

function Scorers({ at }: { at: number }) {
  const { t } = useTranslation('rubric');
  const { form } = useDraft();
  const path = `rubric.dimensions[${at}]`;
  const parts = useParts(`${path}.source`, { label: t('source.label') });
  return (
    <div id={fieldElementId(`settings.machine_read.${text(form.get(`${path}.id`))}`)} tabIndex={-1}>
      <Radio.Group id={parts.id} tabIndex={-1} label={parts.label} error={parts.error} value={text(parts.value)}>
        <div className="fr-severities">
          {SCORERS.map((scorer) => (
            <Radio
              key={scorer} value={scorer} disabled={parts.disabled} label={t(`source.${scorer}`)} description={t(`sourceHelp.${scorer}`)}
              onChange={() => form.replace(scoredBy(form.content, at, scorer))}
            />
          ))}
        </div>
      </Radio.Group>
    </div>
  );
}

function Level({ path, level }: { path: string; level: number }) {
  const { t } = useTranslation('rubric');
  const parts = useParts(path, { label: t('level', { level }) });
  return (
    <div id={parts.id} tabIndex={-1}>
      <Pair path={path} keys={['en', 'zh']} label={parts.label} long />
      {parts.error !== undefined && <p className="pl-small pl-mark-bad">{parts.error}</p>}
    </div>
  );
}
