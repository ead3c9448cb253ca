// Why: tests read the real words, in either language, inside the real theme.
import { MantineProvider } from '@mantine/core';
import i18next from 'i18next';
import type { ReactNode } from 'react';
import { fromValue } from 'wonka';
import { Provider, type Client } from 'urql';
import { loadWords, startWords } from './i18n';
import { theme } from './theme';

export async function wordsReady(language: 'en' | 'zh' = 'en'): Promise<void> {
  localStorage.setItem('plumbline.language', language);
  if (!i18next.isInitialized) startWords();
  await i18next.changeLanguage(language);
  await Promise.all(
    (['applicant', 'valuemap', 'public', 'rules', 'rulewords', 'rubric', 'purchases'] as const).map((area) => loadWords(area)),
  );
}

/** A server that answers every query with the same data. */
export function Answering({ data, children }: { data: unknown; children: ReactNode }) {
  const client = { executeQuery: () => fromValue({ data, stale: false, hasNext: false }) } as unknown as Client;
  return <Provider value={client}>{children}</Provider>;
}

export function Themed({ children }: { children: ReactNode }) {
  return <MantineProvider theme={theme}>{children}</MantineProvider>;
}
