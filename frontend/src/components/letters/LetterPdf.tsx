// Why: a letter that was sent can be filed as PDF, in either language.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { download } from '@/api/files';
import { ErrorSummary } from '@/components/ErrorSummary';
import type { ProblemLike } from '@/components/ProblemText';
import type { Language } from '@/format';

const LANGUAGES = ['en', 'zh'] as const satisfies readonly Language[];

export function LetterPdf({ letterId, name }: { letterId: string; name: string }) {
  const { t } = useTranslation('award');
  const [busy, setBusy] = useState<Language | null>(null);
  const [problems, setProblems] = useState<readonly ProblemLike[]>([]);
  async function take(language: Language) {
    setBusy(language);
    const code = language === 'zh' ? 'zh-HK' : 'en';
    setProblems(await download(`/files/letters/${letterId}.pdf?language=${code}`, `${name}-${code}.pdf`));
    setBusy(null);
  }
  return (
    <>
      {LANGUAGES.map((language) => (
        <Button key={language} size="compact-sm" variant="default" loading={busy === language} onClick={() => void take(language)}>
          {t('letter.pdf', { language: t(`letter.${language}`) })}
        </Button>
      ))}
      <ErrorSummary problems={problems} />
    </>
  );
}
