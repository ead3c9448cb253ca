// Why: what an applicant reads for each outcome, in both languages, with the marks that the figures of
// the application replace, and a preview with the figures of one application.
import { Button, Textarea } from '@mantine/core';
import { useRef, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { problemWords } from '@/components/ProblemText';
import { fieldElementId } from '../../../applicant/section/context';
import { asContent } from '../../../applicant/section/useSavedForm';
import { bilingual, LANGUAGES, PLACEHOLDERS, text } from '../body';
import { useDraft, useParts } from '../draft/context';
import { Preview } from './Preview';

const OUTCOMES = ['pass', 'fail', 'unknown', 'info'] as const;
type OutcomeWord = (typeof OUTCOMES)[number];

export function OutcomeTexts({ path }: { path: string }) {
  const { t } = useTranslation('rules');
  const { form } = useDraft();
  const info = form.get(`${path}.severity`) === 'info';
  const outcomes = OUTCOMES.filter((outcome) => (outcome === 'info') === info || outcome === 'unknown');
  return (
    <>
      <p className="pl-muted pl-small">{t('texts.help')}</p>
      {outcomes.map((outcome) => (
        <Outcome key={outcome} path={path} outcome={outcome} />
      ))}
      <Preview path={path} />
    </>
  );
}

function Outcome({ path, outcome }: { path: string; outcome: OutcomeWord }) {
  const { t } = useTranslation('rules');
  const hasFix = outcome === 'fail' || outcome === 'unknown';
  return (
    <fieldset className="fr-rule">
      <legend>{t(`outcome.${outcome}`)}</legend>
      <TextPair path={path} part="reason" outcome={outcome} />
      {hasFix && <TextPair path={path} part="fix" outcome={outcome} />}
    </fieldset>
  );
}

/** `reason` may be one text for all outcomes; typing into one outcome makes it this outcome's own. */
function TextPair({ path, part, outcome }: { path: string; part: 'reason' | 'fix'; outcome: OutcomeWord }) {
  const { form } = useDraft();
  const at = `${path}.${part}.${outcome}`;
  const own = form.problems.filter((problem) => problem.path === at || (problem.path === `${path}.${part}` && outcome === 'fail'));
  return (
    <div className="fr-pair" id={fieldElementId(at)}>
      {own.length > 0 && <p className="pl-mark-bad pl-word pl-small pl-wide">{own.map(problemWords).join(' ')}</p>}
      {LANGUAGES.map((language) => (
        <OutcomeText key={language} path={path} part={part} outcome={outcome} language={language} />
      ))}
    </div>
  );
}

interface TextProps {
  path: string;
  part: 'reason' | 'fix';
  outcome: OutcomeWord;
  language: 'en' | 'zh';
}

function OutcomeText({ path, part, outcome, language }: TextProps) {
  const { t } = useTranslation('rules');
  const { form } = useDraft();
  const whole = form.get(`${path}.${part}`);
  const shared = isShared(whole);
  const at = shared ? `${path}.${part}.${language}` : `${path}.${part}.${outcome}.${language}`;
  const label = t(language === 'en' ? 'inEnglish' : 'inChinese', { what: `${t(`texts.${part}`)} · ${t(`outcome.${outcome}`)}` });
  const parts = useParts(at, { label });
  const box = useRef<HTMLTextAreaElement>(null);
  const [active, setActive] = useState(false);
  const change = (typed: string) => {
    if (!shared) parts.onChange(typed === '' ? undefined : typed);
    else form.set(`${path}.${part}`, { ...ofEach(whole), [outcome]: { ...bilingual(whole), [language]: typed } });
  };
  return (
    <div onFocus={() => setActive(true)} onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setActive(false)}>
      <Textarea
        ref={box} id={parts.id} label={label} error={parts.error} disabled={parts.disabled} autosize minRows={2} maxRows={8}
        lang={language === 'zh' ? 'zh-HK' : 'en'} value={text(form.get(at))}
        onChange={(event) => change(event.currentTarget.value)}
      />
      {active && !parts.disabled && <Chips box={box} value={text(form.get(at))} onInsert={change} label={label} />}
    </div>
  );
}

function isShared(value: unknown): boolean {
  const own = asContent(value);
  return typeof own['en'] === 'string' || typeof own['zh'] === 'string';
}

function ofEach(value: unknown): Record<string, unknown> {
  return Object.fromEntries(['pass', 'fail', 'unknown', 'info'].map((outcome) => [outcome, bilingual(value)]));
}

interface ChipsProps {
  box: RefObject<HTMLTextAreaElement | null>;
  value: string;
  label: string;
  onInsert: (text: string) => void;
}

/** Buttons that put a mark where the caret stands. */
function Chips({ box, value, label, onInsert }: ChipsProps) {
  const { t } = useTranslation('rules');
  const insert = (mark: string) => {
    const start = box.current?.selectionStart ?? value.length;
    const end = box.current?.selectionEnd ?? start;
    onInsert(value.slice(0, start) + mark + value.slice(end));
    requestAnimationFrame(() => {
      box.current?.focus();
      box.current?.setSelectionRange(start + mark.length, start + mark.length);
    });
  };
  return (
    <div className="fr-chips" role="group" aria-label={`${t('texts.marks')} (${label})`}>
      {PLACEHOLDERS.map((name) => (
        <Button key={name} size="compact-xs" variant="default" title={t(`mark.${name}`)} onClick={() => insert(`{${name}}`)}>
          {`{${name}}`} <span className="pl-muted fr-chipword">{t(`mark.${name}`)}</span>
        </Button>
      ))}
    </div>
  );
}
