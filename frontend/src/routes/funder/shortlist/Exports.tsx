// Why: a panel takes the list away as a workbook or on paper; both carry the run and the fingerprint.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorSummary } from '@/components/ErrorSummary';
import type { ProblemLike } from '@/components/ProblemText';
import { useLanguage } from '@/i18n';
import { download } from '@/api/files';

const KINDS = ['xlsx', 'pdf'] as const;
type Kind = (typeof KINDS)[number];

interface Props {
  roundId: string;
  /** File name without its ending. */
  name: string;
}

export function Exports({ roundId, name }: Props) {
  const { t } = useTranslation('ranking');
  const { language } = useLanguage();
  const [busy, setBusy] = useState<Kind | null>(null);
  const [problems, setProblems] = useState<readonly ProblemLike[]>([]);
  async function take(kind: Kind) {
    setBusy(kind);
    const address = `/files/shortlist/${roundId}.${kind}?language=${language === 'zh' ? 'zh-HK' : 'en'}`;
    setProblems(await download(address, `${name}.${kind}`));
    setBusy(null);
  }
  return (
    <>
      {KINDS.map((kind) => (
        <Button key={kind} variant="default" loading={busy === kind} onClick={() => void take(kind)}>
          {t(`export.${kind}`)}
        </Button>
      ))}
      <ErrorSummary problems={problems} />
    </>
  );
}
