// Why: the weights of a pool are a small table of activity and number, kept as a record whose keys
// are the activities' names.
import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readNumber } from '@/format';
import { labelled, useLanguage } from '@/i18n';
import { errorAt, fieldElementId, questionOf, useSectionContext } from '../section/context';
import type { Content } from '../section/path';

function asRecord(value: unknown): Content {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Content) : {};
}

interface Props {
  path: string;
  /** Where the evidence of each weight is kept; older forms do not ask for it. */
  evidencePath: string;
}

export function WeightsField({ path, evidencePath }: Props) {
  const { t } = useTranslation(['applicant', 'cost']);
  const { pick } = useLanguage();
  const { form, fields, shown } = useSectionContext();
  const [name, setName] = useState('');
  const weights = asRecord(form.get(path));
  const evidence = asRecord(form.get(evidencePath));
  const asksEvidence = questionOf(fields, evidencePath) !== undefined;
  const setEvidence = (activity: string, text: string) => {
    const { [activity]: _, ...others } = evidence;
    const next = text === '' ? others : { ...evidence, [activity]: text };
    form.set(evidencePath, Object.keys(next).length === 0 ? undefined : next);
  };
  const field = questionOf(fields, path);
  const error = errorAt(shown, path);
  const add = () => {
    const activity = name.trim();
    if (activity === '' || activity in weights) return;
    form.set(path, { ...weights, [activity]: '' }, true);
    setName('');
  };
  return (
    <fieldset id={fieldElementId(path)} tabIndex={-1} className="pl-fieldset">
      <legend>{field ? pick(field.label) : ''}</legend>
      {field && <p className="pl-muted pl-small">{pick(field.help)}</p>}
      {error && <p className="pl-mark-bad pl-small">{error}</p>}
      {Object.entries(weights).map(([activity, weight]) => (
        <div key={activity} className={asksEvidence ? 'pl-sharerow pl-weightrow' : 'pl-sharerow'}>
          <span>{activity}</span>
          <TextInput
            id={fieldElementId(`${path}.${activity}`)}
            aria-label={t('costSharing.weightOf', { activity })}
            inputMode="decimal"
            disabled={form.readOnly}
            error={errorAt(shown, `${path}.${activity}`) ?? false}
            value={typeof weight === 'string' ? weight : String(weight ?? '')}
            onChange={(event) => {
              const typed = event.currentTarget.value;
              const tidy = typed.endsWith('.') ? typed : (readNumber(typed) ?? typed);
              form.set(path, { ...weights, [activity]: tidy });
            }}
          />
          {asksEvidence && (
            <TextInput
              id={fieldElementId(`${evidencePath}.${activity}`)}
              aria-label={t('cost:weights.evidenceOf', { activity })}
              placeholder={t('cost:weights.evidence')}
              disabled={form.readOnly}
              error={errorAt(shown, `${evidencePath}.${activity}`) ?? false}
              value={String(evidence[activity] ?? '')}
              onChange={(event) => setEvidence(activity, event.currentTarget.value)}
            />
          )}
          {!form.readOnly && (
            <Button
              variant="subtle"
              size="compact-sm"
              aria-label={labelled(t('section.removeRow'), activity)}
              onClick={() => {
                form.set(path, Object.fromEntries(Object.entries(weights).filter(([key]) => key !== activity)), true);
                if (activity in evidence) setEvidence(activity, '');
              }}
            >
              {t('section.removeRow')}
            </Button>
          )}
        </div>
      ))}
      {!form.readOnly && (
        <div style={{ display: 'flex', gap: '0.5rem', alignItems: 'end', flexWrap: 'wrap' }}>
          <TextInput
            label={t('costSharing.activity')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              event.preventDefault();
              add();
            }}
          />
          <Button variant="default" onClick={add}>
            {t('costSharing.addActivity')}
          </Button>
        </div>
      )}
    </fieldset>
  );
}
