// Why: whether the last word is safe, said in one line that screen readers hear, and what to do
// when two people wrote at once.
import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { focusField } from '@/components/ErrorSummary';
import { clock } from '@/format';
import { problemWords } from '@/components/ProblemText';
import { labelled, useLanguage } from '@/i18n';
import { questionOf, useSectionContext } from './context';
import { differences } from './path';
import type { SectionForm } from './useSection';

export function SaveLine({ form }: { form: Pick<SectionForm, 'status' | 'savedAt' | 'refusal'> }) {
  const { t } = useTranslation('applicant');
  const saved = form.savedAt === null ? t('save.never') : t('save.saved', { time: clock(form.savedAt) });
  const words = {
    saved,
    typing: t('save.typing'),
    saving: t('save.saving'),
    failed: t('save.failed'),
    refused: labelled(t('save.refused'), form.refusal.map(problemWords).join(' ')),
    conflict: t('save.conflict'),
  };
  if (form.status === 'conflict') {
    return (
      <span role="status" className="pl-mark-warn pl-word">
        {words.conflict}{' '}
        <button type="button" className="pl-linkbutton" onClick={() => focusField('conflict')}>
          {t('conflict.compare')}
        </button>
      </span>
    );
  }
  return (
    <span role="status" className={form.status === 'failed' || form.status === 'refused' ? 'pl-mark-warn pl-word' : ''}>
      {words[form.status]}
    </span>
  );
}

export function ConflictPanel() {
  const { t } = useTranslation('applicant');
  const { pick } = useLanguage();
  const { form, fields } = useSectionContext();
  if (!form.conflict) return null;
  const rows = differences(form.content, form.conflict.theirs);
  return (
    <section id="conflict" tabIndex={-1} className="pl-errors" aria-labelledby="conflict-title">
      <h2 id="conflict-title">
        {problemWords({ code: 'version_conflict', path: '', message: '', params: [] })}
      </h2>
      <p>{t('conflict.help')}</p>
      <div className="pl-scroll" tabIndex={0} role="group" aria-label={t('conflict.question')}>
        <table className="pl-table">
          <thead>
            <tr>
              <th scope="col">{t('conflict.question')}</th>
              <th scope="col">{t('conflict.mine')}</th>
              <th scope="col">{t('conflict.theirs')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const question = questionOf(fields, row.path);
              return (
                <tr key={row.path}>
                  <th scope="row">
                    {question ? pick(question.label) : row.path}
                    {question && /\[\d+\]/.test(row.path) && <div className="pl-muted pl-small">{row.path}</div>}
                  </th>
                  <td>{row.mine || t('conflict.empty')}</td>
                  <td>{row.theirs || t('conflict.empty')}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <Group mt="sm">
        <Button onClick={form.keepMine}>{t('conflict.keepMine')}</Button>
        <Button variant="default" onClick={form.takeTheirs}>
          {t('conflict.takeTheirs')}
        </Button>
      </Group>
    </section>
  );
}
