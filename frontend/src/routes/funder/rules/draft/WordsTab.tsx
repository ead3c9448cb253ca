// Why: codes appear in texts and headings as words, in both languages, which belong to the programme.
import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { labelled } from '@/i18n';
import { fieldElementId } from '../../../applicant/section/context';
import { asContent } from '../../../applicant/section/useSavedForm';
import { entriesOf } from '../body';
import { Pair } from '../criteria/CriterionForm';
import { isName } from '../tables';
import { useDraft } from './context';

export function WordsTab() {
  const { t } = useTranslation(['rules', 'rulewords']);
  const { form } = useDraft();
  const [typed, setTyped] = useState('');
  const words = entriesOf(form.content['words']);
  const shown = words.filter(([code, pair]) => `${code} ${JSON.stringify(pair)}`.toLowerCase().includes(typed.toLowerCase()));
  return (
    <div id={fieldElementId('words')} tabIndex={-1}>
      <p className="pl-narrow">{t('words.intro')}</p>
      <div className="fr-add">
        <TextInput label={t('words.filter')} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
        <p className="fu-count" aria-live="polite">
          {t('shown', { shown: shown.length, all: words.length })}
        </p>
      </div>
      <ul className="pl-list">
        {shown.map(([code]) => (
          <li key={code} className="pl-card" aria-label={code}>
            <div className="pl-cardhead">
              <code>{code}</code>
              {!form.readOnly && (
                <Button
                  size="compact-sm" variant="subtle" aria-label={labelled(t('rulewords:build.remove'), code)}
                  onClick={() => form.set(`words.${code}`, undefined, true)}
                >
                  {t('rulewords:build.remove')}
                </Button>
              )}
            </div>
            <Pair path={`words.${code}`} keys={['en', 'zh']} label={code} />
          </li>
        ))}
      </ul>
      {!form.readOnly && <AddWord onAdded={setTyped} />}
    </div>
  );
}

function AddWord({ onAdded }: { onAdded: (code: string) => void }) {
  const { t } = useTranslation('rules');
  const { form } = useDraft();
  const [code, setCode] = useState('');
  const [tried, setTried] = useState(false);
  const taken = asContent(form.content['words'])[code] !== undefined;
  const wrong = !isName(code) ? t('nameHelp') : taken ? t('nameTaken') : undefined;
  const add = () => {
    setTried(true);
    if (wrong !== undefined) return;
    form.set(`words.${code}`, { en: '', zh: '' }, true);
    onAdded(code);
    setCode('');
    setTried(false);
  };
  return (
    <div className="fr-add">
      <TextInput
        label={t('words.code')} description={t('nameHelp')} value={code} error={tried ? wrong : undefined}
        onChange={(event) => setCode(event.currentTarget.value.trim())}
      />
      <Button variant="default" onClick={add}>
        {t('words.add')}
      </Button>
    </div>
  );
}
