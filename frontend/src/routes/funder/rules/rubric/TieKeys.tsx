// Why: places that are shared are shown as shared; where the budget line falls inside a tie, keys in a
// stated order decide, and the reference comes last.
import { Button, NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { labelled, useLanguage } from '@/i18n';
import { fieldElementId } from '../../../applicant/section/context';
import { bilingual, text } from '../body';
import { moved } from '../builder/tree';
import { useDraft, useParts } from '../draft/context';
import { dimensionsOf, tieParts } from './rubric';

const PATH = 'settings.tie_break';
const DIRECTIONS = ['max', 'min'] as const;

export function TieKeys() {
  const { t } = useTranslation('rubric');
  const { form } = useDraft();
  const given = form.get(PATH);
  const keys = Array.isArray(given) ? given.map(String) : [];
  return (
    <div id={fieldElementId(PATH)} tabIndex={-1}>
      <p className="pl-narrow">{t('ties.help')}</p>
      <ol className="pl-list">
        {keys.map((_, at) => (
          <TieKey key={at} keys={keys} at={at} />
        ))}
      </ol>
      <p className="pl-small pl-muted">{t('ties.last')}</p>
      {!form.readOnly && (
        <Button variant="default" size="compact-sm" onClick={() => form.set(PATH, [...keys, 'cost:min'], true)}>
          {t('ties.add')}
        </Button>
      )}
    </div>
  );
}

function TieKey({ keys, at }: { keys: readonly string[]; at: number }) {
  const { t } = useTranslation(['rubric', 'rulewords']);
  const { pick } = useLanguage();
  const { form } = useDraft();
  const { name, direction } = tieParts(keys[at] ?? '');
  const position = String(at + 1);
  const parts = useParts(`${PATH}[${at}]`, { label: t('ties.key', { position }) });
  const known = [
    { value: 'cost', label: t('ties.cost') },
    ...dimensionsOf(form.content).map((dimension) => {
      const id = text(dimension['id']);
      return { value: id, label: `${id} ${pick(bilingual(dimension))}` };
    }),
  ];
  const set = (key: string, way: string) => form.set(PATH, keys.map((each, other) => (other === at ? `${key}:${way}` : each)), true);
  const act = (label: string, next: readonly string[], disabled = false) => (
    <Button size="compact-sm" variant="subtle" disabled={disabled} aria-label={labelled(label, position)} onClick={() => form.set(PATH, next, true)}>
      {label}
    </Button>
  );
  return (
    <li className="fr-add">
      <NativeSelect
        id={parts.id} label={parts.label} error={parts.error} disabled={parts.disabled} value={name}
        onChange={(event) => set(event.currentTarget.value, direction)}
        data={[...known, ...(known.some(({ value }) => value === name) ? [] : [{ value: name, label: name }])]}
      />
      <NativeSelect
        label={t('ties.way', { position })} disabled={parts.disabled} value={direction} onChange={(event) => set(name, event.currentTarget.value)}
        data={[
          ...DIRECTIONS.map((way) => ({ value: way, label: t(`ties.${way}`) })),
          ...(DIRECTIONS.some((way) => way === direction) ? [] : [{ value: direction, label: direction }]),
        ]}
      />
      {!form.readOnly && (
        <span className="fr-moves">
          {act(t('rulewords:build.up'), moved(keys, at, -1), at === 0)}
          {act(t('rulewords:build.down'), moved(keys, at, 1), at === keys.length - 1)}
          {act(t('rulewords:build.remove'), keys.filter((_, other) => other !== at))}
        </span>
      )}
    </li>
  );
}
