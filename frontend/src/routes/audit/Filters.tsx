// Why: a trail is long; somebody looks for a person, a thing, a kind of deed or some days.
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { focusField } from '@/components/ErrorSummary';
import { wordFor } from '@/i18n';
import { isWrongSubject, type AuditSearch } from './search';

const SUBJECT = 'audit-subject';

interface Props {
  search: AuditSearch;
  actions: readonly string[];
}

export function Filters({ search, actions }: Props) {
  const { t } = useTranslation('audit');
  const navigate = useNavigate({ from: '/audit' });
  const [wanted, setWanted] = useState<AuditSearch>(search);
  const [wrong, setWrong] = useState(isWrongSubject(search.subject));
  const set = (key: keyof AuditSearch) => (event: { currentTarget: { value: string } }) => {
    const value = event.currentTarget.value.trim();
    setWanted((before) => ({ ...before, [key]: value === '' ? undefined : value }));
  };
  function show(event: FormEvent) {
    event.preventDefault();
    setWrong(isWrongSubject(wanted.subject));
    if (isWrongSubject(wanted.subject)) focusField(SUBJECT);
    else void navigate({ search: wanted });
  }
  const named = actions.map((action) => ({ value: action, label: wordFor(`audit:action.${action}`) ?? action }));
  return (
    <form className="pl-card pl-noprint" onSubmit={show} aria-label={t('filter.title')}>
      <div className="pl-fields">
        <NativeSelect
          label={t('filter.action')}
          value={wanted.action ?? ''}
          onChange={set('action')}
          data={[{ value: '', label: t('filter.anyAction') }, ...named]}
        />
        <TextInput label={t('filter.actor')} description={t('filter.actorHelp')} defaultValue={search.actor} onChange={set('actor')} />
        <TextInput label={t('filter.from')} type="date" defaultValue={search.from} onChange={set('from')} />
        <TextInput label={t('filter.until')} type="date" defaultValue={search.until} onChange={set('until')} />
        <TextInput
          id={SUBJECT}
          label={t('filter.subject')}
          description={t('filter.subjectHelp')}
          error={wrong ? t('filter.subjectWrong') : undefined}
          defaultValue={search.subject}
          onChange={set('subject')}
        />
      </div>
      <div className="pl-actions">
        <Button type="submit">{t('filter.apply')}</Button>
        <Button variant="subtle" onClick={() => void navigate({ search: {} })}>
          {t('filter.clear')}
        </Button>
      </div>
    </form>
  );
}
