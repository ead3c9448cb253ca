// Why: any official figure opens its working here: formula, values, result, rounding, method, and
// the steps it rests on, down to what was typed. Opens at the step that was asked for.
import { Button, Drawer } from '@mantine/core';
import { createContext, useContext, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { grouped, type Language } from '@/format';
import { labelled, useLanguage, wordFor } from '@/i18n';
import { formulaIn, methodIn, valueNameIn } from '@/locales/workings';
import { methodAnchor, useMethod, type Method } from './method';
import { pathToStep, readWorking, type Step } from './working';

/** Names for the ids in a working (outcomes, pools), so that two like steps can be told apart. */
export const WorkingNames = createContext<ReadonlyMap<string, string>>(new Map());

interface Props {
  working: unknown;
  /** The step to open; the root when left out or not found. */
  stepId?: string | undefined;
  opened: boolean;
  onClose: () => void;
}

export function WorkingDrawer({ working, stepId, opened, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      size="lg"
      title={<strong>{t('working.title')}</strong>}
      closeButtonProps={{ 'aria-label': t('actions.close') }}
    >
      {opened && <WorkingTree working={working} stepId={stepId} />}
    </Drawer>
  );
}

/** The same working without the drawer, for a page of its own or print. */
export function WorkingTree({ working, stepId }: { working: unknown; stepId?: string | undefined }) {
  const { t } = useTranslation();
  const root = useMemo(() => readWorking(working), [working]);
  const way = useMemo(() => (root ? pathToStep(root, stepId ?? root.id) : []), [root, stepId]);
  const [every, setEvery] = useState(false);
  const names = useContext(WorkingNames);
  const method = useMethod();
  if (!root) return <p>{t('working.none')}</p>;
  const open = new Set((way.length > 0 ? way : [root]).map((step) => step.id));
  const target = way.at(-1)?.id ?? root.id;
  return (
    <>
      {way.length > 1 && (
        <p className="pl-small pl-muted">
          {labelled(t('working.path'), way.map((step) => stepTitle(step, names)).join(' › '))}
        </p>
      )}
      <Button variant="default" size="compact-sm" mb="sm" onClick={() => setEvery(!every)}>
        {every ? t('working.collapseAll') : t('working.expandAll')}
      </Button>
      <StepView key={String(every)} step={root} open={open} every={every} target={target} method={method} />
    </>
  );
}

interface StepProps {
  step: Step;
  open: ReadonlySet<string>;
  every: boolean;
  target: string;
  method: Method;
}

function StepView({ step, open, every, target, method }: StepProps) {
  const { t } = useTranslation();
  const heading = useRef<HTMLElement>(null);
  const names = useContext(WorkingNames);
  const isTarget = step.id === target;
  useEffect(() => {
    if (isTarget) heading.current?.scrollIntoView({ block: 'nearest' });
  }, [isTarget]);
  const values = Object.entries(step.values);
  const [expanded, setExpanded] = useState(every || open.has(step.id));
  return (
    <details
      className={isTarget ? 'pl-step pl-step-target' : 'pl-step'}
      open={expanded}
      onToggle={(event) => setExpanded(event.currentTarget.open)}
    >
      <summary ref={heading}>
        <span>{stepTitle(step, names)}</span>
        {step.result !== '' && <strong className="pl-num"> = {readable(step.result)}</strong>}
      </summary>
      {expanded && (
        <>
          <Formula step={step} method={method} />
          {values.length > 0 && <Values values={values} />}
          <MethodNote step={step} method={method} />
          {step.children.length > 0 && (
            <div role="group" aria-label={t('working.restsOn', { count: step.children.length })}>
              <p className="pl-small">{t('working.restsOn', { count: step.children.length })}</p>
              {step.children.map((child) => (
                <StepView key={child.id} step={child} open={open} every={every} target={target} method={method} />
              ))}
            </div>
          )}
        </>
      )}
    </details>
  );
}

interface NoteProps {
  step: Step;
  method: Method;
}

/** The formula as recorded; in the language on screen where it is known there. */
function Formula({ step, method }: NoteProps) {
  const { language, pick } = useLanguage();
  const known = method.of(step);
  const recorded = step.formula || (known?.formula.en ?? '');
  if (recorded === '') return null;
  const told = known?.formula.en === recorded ? pick(known.formula) : formulaIn(language, recorded);
  return (
    <p className="pl-formula" lang={told === null ? 'en' : undefined}>
      {told ?? recorded}
    </p>
  );
}

/** How the step was rounded and what the method says about it, with the way to the method page. */
function MethodNote({ step, method }: NoteProps) {
  const { t } = useTranslation();
  const { language, pick } = useLanguage();
  const known = method.of(step);
  const source = methodIn(language, step.method);
  const rounding = step.rounding === undefined ? null : wordFor(`steps:rounding.${step.rounding.replace(/[^a-z0-9]+/gi, '_')}`);
  return (
    <p className="pl-small pl-muted">
      {step.rounding && (
        <>
          {labelled(t('working.rounding'))} <span lang={rounding === null ? 'en' : undefined}>{rounding ?? step.rounding}</span>
          <br />
        </>
      )}
      {known && (
        <>
          {labelled(t('working.method'))} {pick(known.text)}{' '}
          <a href={`/method#${methodAnchor(known.id)}`} target="_blank" rel="noopener">
            {t('working.toMethod')}
            <span className="pl-hidden"> {t('working.newTab')}</span>
          </a>
          <br />
        </>
      )}
      {step.method && (
        <>
          {labelled(known ? t('working.source') : t('working.method'))}{' '}
          <span lang={source === null ? 'en' : undefined}>{source ?? step.method}</span>
        </>
      )}
    </p>
  );
}

function Values({ values }: { values: [string, string][] }) {
  const { language } = useLanguage();
  const names = useContext(WorkingNames);
  return (
    <dl className="pl-facts pl-small">
      {values.map(([name, value]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{valueName(name, language, names)}</dt>
          <dd className="pl-num">{readable(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Thousands separators where the text is a number; nothing is cut off. */
function readable(value: string): string {
  if (/^-?\d+(\.\d+)?$/.test(value)) return grouped(value);
  return wordFor(`sroi.timing.${value}`) ?? value;
}

function plain(code: string): string {
  const words = code.replace(/^[a-z]+\./, '').replace(/[._]/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function stepName(code: string): string {
  return wordFor(`steps:code.${code.replace(/\./g, '_')}`) ?? plain(code);
}

/** What a step is about, from its id: `outcome.o1.year.2` → the outcome's name and the year. */
function stepSubject(id: string, names: ReadonlyMap<string, string>): string {
  const named = (key: string) => names.get(key) || key;
  const parts: string[] = [];
  const outcome = /^outcome\.([^.]+)\./.exec(id)?.[1];
  if (outcome !== undefined) parts.push(named(outcome));
  const pool = /^pool\.([^.]+)(?:\.(.+))?$/.exec(id);
  if (pool) parts.push(named(pool[1] ?? ''), ...(pool[2] === undefined ? [] : [pool[2]]));
  const project = /^project\.(.+)$/.exec(id)?.[1];
  if (project !== undefined) parts.push(named(project));
  const bridge = /^bridge\.(\w+)$/.exec(id)?.[1];
  if (bridge !== undefined) parts.push(wordFor(`bridge.${bridge}`) ?? bridge);
  if (id.startsWith('other_timing.')) parts.push(wordFor('sroi.otherTiming') ?? '');
  const year = /year\.(\d+)/.exec(id)?.[1];
  if (year !== undefined) parts.push(wordFor('working.year', { number: year }) ?? year);
  return parts.filter((part) => part !== '').join(', ');
}

function stepTitle(step: Step, names: ReadonlyMap<string, string>): string {
  const subject = stepSubject(step.id, names);
  return subject === '' ? stepName(step.code) : labelled(stepName(step.code), subject);
}

function valueName(name: string, language: Language, names: ReadonlyMap<string, string>): string {
  const known = names.get(name) ?? wordFor(`steps:value.${name.replace(/ /g, '_')}`);
  return known ?? valueNameIn(language, name) ?? name.replace(/_/g, ' ');
}

/** A figure that opens its working: a button that reads as the figure. */
export function FigureWithWorking({ children, working, stepId }: { children: string; working: unknown; stepId?: string }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const hint = useId();
  return (
    <>
      <button type="button" className="pl-linkbutton pl-num" aria-describedby={hint} onClick={() => setOpened(true)}>
        {children}
      </button>
      <span id={hint} className="pl-hidden">
        {t('actions.showWorking')}
      </span>
      <WorkingDrawer working={working} stepId={stepId} opened={opened} onClose={() => setOpened(false)} />
    </>
  );
}
