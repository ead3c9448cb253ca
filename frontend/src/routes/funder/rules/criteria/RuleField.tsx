// Why: the rule by forms, or as JSON for who prefers it. Text that is not yet valid is kept as it is:
// the server names the problem, nothing is lost.
import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldElementId } from '../../../applicant/section/context';
import { RuleEditor } from '../builder/RuleEditor';
import { readJson } from '../builder/tree';
import { useDraft, useParts } from '../draft/context';

export function RuleField({ path }: { path: string }) {
  const { t } = useTranslation(['rulewords', 'rules']);
  const { form } = useDraft();
  const rule = form.get(path);
  const [asked, setAsked] = useState(false);
  const broken = typeof rule === 'string';
  const asJson = asked || broken;
  return (
    <>
      {asJson ? <JsonField path={path} /> : <RuleEditor path={path} label={t('rules:criterion.rule')} lists={[]} depth={1} top />}
      <p className="fu-actions">
        <Button size="compact-sm" variant="subtle" disabled={broken} onClick={() => setAsked(!asJson)}>
          {t(asJson ? 'build.asForm' : 'build.asJson')}
        </Button>
      </p>
    </>
  );
}

function JsonField({ path }: { path: string }) {
  const { t } = useTranslation('rulewords');
  const { form } = useDraft();
  const rule = form.get(path);
  const parts = useParts(path, { label: t('build.json'), deep: true });
  const [typed, setTyped] = useState(() => (typeof rule === 'string' ? rule : JSON.stringify(rule ?? {}, null, 2)));
  const broken = typeof rule === 'string';
  return (
    <Textarea
      id={fieldElementId(path)} label={parts.label} autosize minRows={6} maxRows={30} disabled={parts.disabled} value={typed}
      error={broken ? t('build.jsonInvalid') : parts.error}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyped(text);
        form.set(path, readJson(text) ?? text);
      }}
      styles={{ input: { fontFamily: 'ui-monospace, Menlo, Consolas, monospace', fontSize: '0.85rem' } }}
      spellCheck={false}
    />
  );
}
