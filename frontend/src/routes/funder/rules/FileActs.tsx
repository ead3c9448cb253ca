// Why: rules leave as JSON or as a workbook, each named by what it holds.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { download, type FileKind } from '@/api/files';
import { ErrorSummary } from '@/components/ErrorSummary';
import type { ProblemLike } from '@/components/ProblemText';
import { labelled, useLanguage } from '@/i18n';
import { fileAddress } from './files';

interface Props {
  source: { draftId: string } | { programmeId: string; version: string };
  /** File name without its ending. */
  name: string;
  /** What it is of, for who listens. */
  of: string;
  /** Runs before the file is asked for; false stops it. */
  before?: () => Promise<boolean>;
}

const KINDS = ['json', 'xlsx'] as const satisfies readonly FileKind[];

export function FileActs({ source, name, of, before }: Props) {
  const { t } = useTranslation('rules');
  const { language } = useLanguage();
  const [busy, setBusy] = useState<FileKind | null>(null);
  const [problems, setProblems] = useState<readonly ProblemLike[]>([]);
  async function take(kind: FileKind) {
    setBusy(kind);
    const ready = before === undefined || (await before());
    setProblems(ready ? await download(fileAddress(source, kind, language), `${name}.${kind}`) : []);
    setBusy(null);
  }
  return (
    <>
      {KINDS.map((kind) => (
        <Button
          key={kind} size="compact-sm" variant="default" loading={busy === kind} aria-label={labelled(t(`file.${kind}`), of)}
          onClick={() => void take(kind)}
        >
          {t(`file.${kind}`)}
        </Button>
      ))}
      <ErrorSummary problems={problems} />
    </>
  );
}
