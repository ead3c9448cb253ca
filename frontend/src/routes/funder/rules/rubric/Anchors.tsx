// Why: fixed anchors turn a level or a figure into points; kinds of project whose benefits are of
// another size may have anchors of their own where the machine scores.
import { Button, NativeSelect, SimpleGrid } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { labelled, useLanguage } from '@/i18n';
import { fieldElementId } from '../../../applicant/section/context';
import { DecimalField } from '../../../applicant/section/NumberFields';
import { asContent } from '../../../applicant/section/useSavedForm';
import { bilingual, entriesOf, text } from '../body';
import { useDraft, useParts } from '../draft/context';
import { scopesOf } from './rubric';

/** The figure of 0 points and the figure of 100 points. */
export function Ends({ path, name = '' }: { path: string; name?: string }) {
  const { t } = useTranslation('rubric');
  const words = (key: 'zero' | 'hundred') => (name === '' ? t(`anchors.${key}`) : labelled(name, t(`anchors.${key}`)));
  const zero = useParts(`${path}.zero`, { label: words('zero') });
  const hundred = useParts(`${path}.hundred`, { label: words('hundred') });
  return (
    <div id={fieldElementId(path)} tabIndex={-1}>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        <DecimalField parts={zero} bare={false} />
        <DecimalField parts={hundred} bare={false} />
      </SimpleGrid>
    </div>
  );
}

/** Anchors of a dimension that people score: the common ones unless it has its own. */
export function ReviewedAnchors({ id }: { id: string }) {
  const { t } = useTranslation('rubric');
  const { form } = useDraft();
  const path = `settings.anchors.${id}`;
  const own = form.get(path) !== undefined;
  const change = (to: unknown) => form.set(path, to, true);
  return (
    <>
      {own ? <Ends path={path} name={id} /> : <p>{t('anchors.common')}</p>}
      {!form.readOnly && id !== '' && (
        <Button size="compact-sm" variant="default" onClick={() => change(own ? undefined : { zero: '0', hundred: '5' })}>
          {own ? labelled(t('anchors.takeCommon'), id) : labelled(t('anchors.giveOwn'), id)}
        </Button>
      )}
    </>
  );
}

/** Anchors of a dimension that the machine reads, with those of single kinds of project. */
export function MachineAnchors({ id }: { id: string }) {
  const { t } = useTranslation(['rubric', 'rulewords']);
  const { pick } = useLanguage();
  const { form } = useDraft();
  const path = `settings.anchors.${id}.by_scope`;
  const scopes = scopesOf(form.content);
  const nameOf = (code: string) => {
    const found = scopes.find((scope) => scope['code'] === code);
    return found ? pick(bilingual(found['label'])) : code;
  };
  return (
    <>
      <Ends path={`settings.anchors.${id}`} name={id} />
      <h4>{t('anchors.scopes')}</h4>
      <p className="pl-small pl-muted pl-narrow">{t('anchors.scopesHelp')}</p>
      <ul className="pl-list">
        {entriesOf(form.get(path)).map(([code]) => (
          <li key={code} className="fr-criterion">
            <strong>{nameOf(code)}</strong>
            <Ends path={`${path}.${code}`} name={nameOf(code)} />
            {!form.readOnly && (
              <Button
                size="compact-sm" variant="subtle" aria-label={labelled(t('rulewords:build.remove'), nameOf(code))}
                onClick={() => form.set(`${path}.${code}`, undefined, true)}
              >
                {t('rulewords:build.remove')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {!form.readOnly && <AddScope path={path} />}
    </>
  );
}

function AddScope({ path }: { path: string }) {
  const { t } = useTranslation(['rubric', 'rules']);
  const { pick } = useLanguage();
  const { form } = useDraft();
  const [chosen, setChosen] = useState('');
  const taken = asContent(form.get(path));
  const free = scopesOf(form.content).filter(({ code }) => !(text(code) in taken));
  if (free.length === 0) return null;
  const add = () => {
    form.set(`${path}.${chosen}`, { zero: '0', hundred: '5' }, true);
    setChosen('');
  };
  return (
    <div className="fr-add">
      <NativeSelect
        label={t('anchors.scope')} value={chosen} onChange={(event) => setChosen(event.currentTarget.value)}
        data={[
          { value: '', label: t('rules:choose') },
          ...free.map((scope) => ({ value: text(scope['code']), label: pick(bilingual(scope['label'])) })),
        ]}
      />
      <Button variant="default" disabled={chosen === ''} onClick={add}>
        {t('anchors.addScope')}
      </Button>
    </div>
  );
}
