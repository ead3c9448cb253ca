// Why: a summary that says only “Fill this in” does not say where; it names each field by its label on the page.
import { Checkbox, PasswordInput, Radio, TextInput } from '@mantine/core';
import { act, render, screen } from '@testing-library/react';
import i18next from 'i18next';
import { useTranslation } from 'react-i18next';
import { beforeAll, expect, test } from 'vitest';
import { Themed, wordsReady } from '@/test-words';
import { ErrorSummary } from './ErrorSummary';
import type { ProblemLike } from './ProblemText';

beforeAll(() => wordsReady());

const blank = (path: string): ProblemLike => ({ code: 'blank', path, message: '', params: [] });

function Form({ problems }: { problems: readonly ProblemLike[] }) {
  const { t } = useTranslation();
  return (
    <Themed>
      <ErrorSummary problems={problems} fieldId={({ path }) => path || 'name'} />
      <TextInput id="name" label={t('session.email')} required />
      <PasswordInput id="password" label="Password" />
      <Radio.Group id="kind" label="What it does"><Radio value="a" label="A" /></Radio.Group>
      <Checkbox.Group id="roles" label="Roles"><Checkbox value="a" label="A" /></Checkbox.Group>
      <fieldset id="numbers"><legend>Numbers</legend></fieldset>
    </Themed>
  );
}

test('each problem bears the label of its field, and one of no field bears none', () => {
  const { rerender } = render(<Form problems={[]} />);
  rerender(<Form problems={['name', 'password', 'kind', 'roles', 'numbers', ''].map(blank)} />);
  const empty = 'Fill this in: it is empty.';
  const said = screen.getAllByRole('listitem').map((item) => item.textContent);
  expect(said).toEqual([...['E-mail address', 'Password', 'What it does', 'Roles', 'Numbers'].map((name) => `${name}: ${empty}`), empty]);
});

test('the labels follow the language', async () => {
  render(<Form problems={[blank('name')]} />);
  await act(async () => void (await i18next.changeLanguage('zh')));
  expect(screen.getByRole('listitem')).toHaveTextContent(/^電郵地址：/);
  await i18next.changeLanguage('en');
});
