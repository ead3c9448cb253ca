// Why: an organisation asks to be let in. Whatever is typed, the answer says the same; a link goes to the address.
import { Button, Group, Radio, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import type { PlainProblem } from '@/api/auth';
import { sendRegistration } from '@/api/registration';
import { ErrorSummary } from '@/components/ErrorSummary';
import { NoticeAgree } from '@/components/NoticeAgree';
import { PageTitle } from '@/components/PageTitle';
import { problemWords } from '@/components/ProblemText';
import { graphql } from '@/gql';
import { changed, dropDraft, emptyDraft, findDraft, keepDraft, withIdentifier, withLine, withoutLine, type Draft } from './draft';
import { Identifiers } from './Identifiers';

const IdentifierTypesDocument = graphql(`
  query IdentifierTypes {
    identifierTypes {
      type
      name {
        en
        zh
      }
      hint {
        en
        zh
      }
    }
  }
`);

const FIELDS: Record<string, string> = {
  kind: 'register-kind',
  nameEn: 'register-name-en',
  nameZh: 'register-name-zh',
  identifiers: 'register-identifiers',
  name: 'register-person',
  email: 'register-email',
  notice: 'register-notice',
};

function fieldOf({ path }: { path: string }): string | undefined {
  const line = /^identifiers\[(\d+)\]\.(type|value)$/.exec(path);
  return line ? `register-${line[2]}-${line[1]}` : FIELDS[path];
}

export default function Register() {
  const { t } = useTranslation('register');
  const [sentTo, setSentTo] = useState<string | null>(null);
  return (
    <div className="pl-narrow">
      <PageTitle>{t('title')}</PageTitle>
      <div role="status">
        {sentTo !== null && (
          <div className="pl-card">
            <p>{t('sent', { email: sentTo })}</p>
            <p>{t('sentNext')}</p>
          </div>
        )}
      </div>
      {sentTo === null && <Form onSent={setSentTo} />}
      <p>
        <Link to="/">{t('toSignIn')}</Link>
      </p>
    </div>
  );
}

function Form({ onSent }: { onSent: (email: string) => void }) {
  const { t } = useTranslation('register');
  const [draft, setDraft] = useState<Draft>(findDraft);
  const [problems, setProblems] = useState<readonly PlainProblem[]>([]);
  const [busy, setBusy] = useState(false);
  const [{ data }] = useQuery({ query: IdentifierTypesDocument });
  useEffect(() => keepDraft(draft), [draft]);
  const said = (path: string) => problems.filter((each) => each.path === path).map(problemWords).join(' ') || undefined;
  const change = (part: Partial<Draft>) => setDraft((now) => changed(now, part));
  async function send(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    const found = await sendRegistration(draft);
    setBusy(false);
    setProblems(found);
    if (found.length > 0) return;
    dropDraft();
    onSent(draft.email.trim());
    setDraft(emptyDraft());
  }
  return (
    <form onSubmit={(event) => void send(event)} noValidate>
      <p>{t('intro')}</p>
      <ErrorSummary problems={problems} fieldId={fieldOf} />
      <div className="pl-card">
        <Radio.Group id="register-kind" label={t('kind')} value={draft.kind} error={said('kind')} onChange={(kind) => change({ kind })}>
          <Group gap="lg" py="xs">
            <Radio value="ngo" label={t('kinds.ngo')} />
            <Radio value="funder" label={t('kinds.funder')} />
          </Group>
        </Radio.Group>
        <TextInput
          id="register-name-en"
          label={t('nameEn')}
          description={t('nameHelp')}
          value={draft.nameEn}
          error={said('nameEn')}
          onChange={(event) => change({ nameEn: event.currentTarget.value })}
          mb="sm"
        />
        <TextInput
          id="register-name-zh"
          label={t('nameZh')}
          value={draft.nameZh}
          error={said('nameZh')}
          onChange={(event) => change({ nameZh: event.currentTarget.value })}
        />
      </div>
      <Identifiers
        given={draft.identifiers}
        types={data?.identifierTypes ?? []}
        said={said}
        onChange={(position, part) => setDraft((now) => withIdentifier(now, position, part))}
        onAdd={() => setDraft(withLine)}
        onRemove={(position) => setDraft((now) => withoutLine(now, position))}
      />
      <div className="pl-card">
        <p>{t('personHelp')}</p>
        <TextInput
          id="register-person"
          label={t('person')}
          autoComplete="name"
          value={draft.name}
          error={said('name')}
          onChange={(event) => change({ name: event.currentTarget.value })}
          mb="sm"
        />
        <TextInput
          id="register-email"
          type="email"
          label={t('email')}
          description={t('emailHelp')}
          autoComplete="email"
          value={draft.email}
          error={said('email')}
          onChange={(event) => change({ email: event.currentTarget.value })}
        />
      </div>
      <NoticeAgree id="register-notice" agreed={draft.notice} error={said('notice')} onAgree={(notice) => change({ notice })} />
      <Button type="submit" loading={busy} mb="md">
        {t('submit')}
      </Button>
    </form>
  );
}
