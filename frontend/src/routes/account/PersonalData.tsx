// Why: people take away what is held about them, and have it erased, without asking anybody.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { takePersonalData } from '@/api/account';
import { ErrorSummary } from '@/components/ErrorSummary';
import type { ProblemLike } from '@/components/ProblemText';
import { Erase } from './Erase';

export function PersonalData() {
  const { t } = useTranslation('account');
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<readonly ProblemLike[]>([]);
  const [done, setDone] = useState(false);
  async function take() {
    setBusy(true);
    const found = await takePersonalData();
    setBusy(false);
    setProblems(found);
    setDone(found.length === 0);
  }
  return (
    <section className="pl-card" aria-labelledby="account-data">
      <h2 id="account-data">{t('data.title')}</h2>
      <p>{t('data.intro')}</p>
      <ErrorSummary problems={problems} />
      <Button variant="default" loading={busy} onClick={() => void take()}>
        {t('data.take')}
      </Button>
      <p role="status">{done && t('data.taken')}</p>
      <Erase />
    </section>
  );
}
