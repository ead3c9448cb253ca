// Why: a decision table says a figure for each combination of facts; the whole table is seen and
// changed at once, on a phone row by row.
import { Button, SimpleGrid, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/PageStates';
import { labelled, useLanguage } from '@/i18n';
import { fieldElementId } from '../../../applicant/section/context';
import { asContent } from '../../../applicant/section/useSavedForm';
import { FactPicker } from '../builder/FactPicker';
import { bilingual, entriesOf, usersOf } from '../body';
import { Pair } from '../criteria/CriterionForm';
import { columnsOf, emptyTable, isName, withColumn, withRow } from '../tables';
import { problemsUnder, useDraft } from './context';
import { TableGrid } from './TableGrid';
import { ErrorSummary } from '@/components/ErrorSummary';

export function TablesTab() {
  const { t } = useTranslation('rules');
  const { form } = useDraft();
  const tables = entriesOf(form.content['tables']);
  return (
    <div id={fieldElementId('tables')} tabIndex={-1}>
      <p className="pl-narrow">{t('tables.intro')}</p>
      {tables.length === 0 && <EmptyState>{t('tables.none')}</EmptyState>}
      {tables.map(([name]) => (
        <TableCard key={name} name={name} />
      ))}
      {!form.readOnly && <AddTable />}
    </div>
  );
}

function TableCard({ name }: { name: string }) {
  const { t } = useTranslation(['rules', 'rulewords']);
  const { pick } = useLanguage();
  const { form, goTo } = useDraft();
  const path = `tables.${name}`;
  const table = asContent(form.get(path));
  const users = usersOf(form.content, 'table', name);
  const problems = problemsUnder(form.problems, path);
  const title = pick(bilingual(table['label'])) || name;
  return (
    <section className="pl-card" aria-label={title} id={fieldElementId(path)} tabIndex={-1}>
      <h2>
        {title} <code className="pl-muted pl-small">{name}</code>
      </h2>
      <ErrorSummary problems={problems} takeFocus={false} onFollow={(problem) => goTo(problem.path)} />
      <p className="pl-small pl-muted">{users.length === 0 ? t('unused') : labelled(t('usedBy'), users.join(', '))}</p>
      <Pair path={`${path}.label`} keys={['en', 'zh']} label={t('tables.label')} />
      <TableGrid name={name} />
      {!form.readOnly && (
        <div className="fr-add">
          <Button variant="default" onClick={() => form.set(path, withRow(table), true)}>
            {t('tables.addRow')}
          </Button>
          <AddColumn path={path} />
          <Button
            variant="subtle" disabled={users.length > 0} aria-label={labelled(t('tables.remove'), title)}
            onClick={() => form.set(path, undefined, true)}
          >
            {t('tables.remove')}
          </Button>
        </div>
      )}
    </section>
  );
}

function AddColumn({ path }: { path: string }) {
  const { t } = useTranslation('rules');
  const { form } = useDraft();
  const table = asContent(form.get(path));
  const columns = columnsOf(table);
  return (
    <FactPicker
      key={columns.length} id={`${fieldElementId(path)}-column`} label={t('tables.addColumn')} value="" lists={[]}
      fits={(fact) => !columns.includes(fact.path) && !['list', 'record', 'object', 'long_text'].includes(fact.type)}
      onChange={(field) => form.set(path, withColumn(table, field), true)}
    />
  );
}

function AddTable() {
  const { t } = useTranslation('rules');
  const { form, goTo } = useDraft();
  const [name, setName] = useState('');
  const [tried, setTried] = useState(false);
  const taken = asContent(form.content['tables'])[name] !== undefined;
  const wrong = !isName(name) ? t('nameHelp') : taken ? t('nameTaken') : undefined;
  const add = () => {
    setTried(true);
    if (wrong !== undefined) return;
    form.set(`tables.${name}`, emptyTable([], '', ''), true);
    goTo(`tables.${name}`);
    setName('');
    setTried(false);
  };
  return (
    <section className="pl-card" aria-labelledby="add-table">
      <h2 id="add-table">{t('tables.add')}</h2>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        <TextInput
          label={t('tables.name')} description={t('nameHelp')} value={name} error={tried ? wrong : undefined}
          onChange={(event) => setName(event.currentTarget.value.trim())}
        />
      </SimpleGrid>
      <Button mt="sm" variant="default" onClick={add}>
        {t('tables.add')}
      </Button>
    </section>
  );
}
