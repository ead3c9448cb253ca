// Why: the figures that rules share stand in one place, each typed the way it is meant, with the note
// that says where it comes from.
import { Button, NativeSelect, SimpleGrid, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { labelled, wordFor } from '@/i18n';
import { fieldElementId } from '../../../applicant/section/context';
import { asContent } from '../../../applicant/section/useSavedForm';
import { bilingual, entriesOf, factBeside, usersOf } from '../body';
import { LiteralField } from '../builder/LiteralField';
import { useCodes } from '../builder/ValueEditor';
import { Line } from '../criteria/CriterionForm';
import { isName } from '../tables';
import { kindOfValue } from '../words/kinds';
import { useDraft } from './context';

export function ParametersTab() {
  const { t } = useTranslation('rules');
  const { form } = useDraft();
  return (
    <div id={fieldElementId('parameters')} tabIndex={-1}>
      <p className="pl-narrow">{t('parameters.intro')}</p>
      {entriesOf(form.content['parameters']).map(([name, value]) => (
        <Parameter key={name} name={name} value={value} />
      ))}
      {!form.readOnly && <AddParameter />}
    </div>
  );
}

function Parameter({ name, value }: { name: string; value: unknown }) {
  const { t } = useTranslation(['rules', 'rulewords']);
  const { form } = useDraft();
  const path = `parameters.${name}`;
  const [kind] = useState(() => kindOfValue(name, value));
  const users = usersOf(form.content, 'param', name);
  const kindWords = wordFor(`rulewords:type.${kind}`) ?? kind;
  return (
    <section className="pl-card" aria-label={name}>
      <div className="pl-cardhead">
        <h2>
          <code>{name}</code> <span className="pl-muted pl-small">{kindWords}</span>
        </h2>
        {!form.readOnly && (
          <Button
            size="compact-sm" variant="subtle" disabled={users.length > 0} aria-label={labelled(t('rulewords:build.remove'), name)}
            onClick={() => form.set(path, undefined, true)}
          >
            {t('rulewords:build.remove')}
          </Button>
        )}
      </div>
      <p className="pl-small pl-muted">{users.length === 0 ? t('unused') : labelled(t('usedBy'), users.join(', '))}</p>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        <div>{kind === 'patterns' ? <Patterns path={path} /> : <OfKind path={path} name={name} kind={kind} />}</div>
        <Line path={`parameter_status.${name}`} label={`${t('parameters.status')} (${name})`} />
      </SimpleGrid>
    </section>
  );
}

function OfKind({ path, name, kind }: { path: string; name: string; kind: string }) {
  const { t } = useTranslation('rules');
  const { form } = useDraft();
  const words = asContent(form.content['words']);
  const value = form.get(path);
  const options = useCodes(kind === 'list' ? factBeside(form.content, name) : undefined);
  const codes = kind === 'list' && Array.isArray(value) ? value.map(String) : [];
  return (
    <>
      <LiteralField path={path} label={`${t('parameters.value')} (${name})`} kind={kind} list={kind === 'list'} options={options} />
      {options.length === 0 && codes.length > 0 && <p className="pl-small pl-muted">{codes.map((code) => codeWords(code, words)).join(' · ')}</p>}
    </>
  );
}

function codeWords(code: string, words: Record<string, unknown>): string {
  const { en, zh } = bilingual(words[code]);
  return en === '' && zh === '' ? code : `${code}: ${en} ${zh}`;
}

function Patterns({ path }: { path: string }) {
  const { form } = useDraft();
  return entriesOf(form.get(path)).map(([kind]) => <Line key={kind} path={`${path}.${kind}`} label={kind} keep />);
}

const NEW_KINDS = { hkd: '', rate: '', share: '', decimal: '', count: 0, date: '', financial_year: '', list: [], text: '' } as const;
type NewKind = keyof typeof NEW_KINDS;
const SUFFIX: Partial<Record<NewKind, string>> = { hkd: '_hkd', rate: '_rate', share: '_share' };
/** What a value of the kind looks like, so that it is read as such before it is filled in. */
const STARTS: Partial<Record<NewKind, string>> = { date: '2027-01-01', financial_year: '2026-27', decimal: '0' };

function AddParameter() {
  const { t } = useTranslation(['rules', 'rulewords']);
  const { form } = useDraft();
  const [name, setName] = useState('');
  const [kind, setKind] = useState<NewKind>('hkd');
  const [tried, setTried] = useState(false);
  const suffix = SUFFIX[kind];
  const full = suffix === undefined || name.endsWith(suffix) ? name : name + suffix;
  const taken = asContent(form.content['parameters'])[full] !== undefined;
  const wrong = !isName(full) ? t('nameHelp') : taken ? t('nameTaken') : undefined;
  const add = () => {
    setTried(true);
    if (wrong !== undefined) return;
    form.set(`parameters.${full}`, STARTS[kind] ?? NEW_KINDS[kind], true);
    setName('');
    setTried(false);
  };
  return (
    <section className="pl-card" aria-labelledby="add-parameter">
      <h2 id="add-parameter">{t('parameters.add')}</h2>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        <TextInput
          label={t('parameters.name')} description={t('nameHelp')} value={name} error={tried ? wrong : undefined}
          onChange={(event) => setName(event.currentTarget.value.trim())}
        />
        <NativeSelect
          label={t('parameters.kind')} value={kind}
          onChange={(event) => setKind((Object.keys(NEW_KINDS) as NewKind[]).find((each) => each === event.currentTarget.value) ?? 'text')}
          data={(Object.keys(NEW_KINDS) as NewKind[]).map((each) => ({ value: each, label: t(`rulewords:type.${each}`) }))}
          styles={{ root: { alignSelf: 'end' } }}
        />
      </SimpleGrid>
      <Button mt="sm" variant="default" onClick={add}>
        {t('parameters.add')}
      </Button>
    </section>
  );
}
