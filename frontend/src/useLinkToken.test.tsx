// Why: a second mail's link, opened in the tab that shows the first, has to be followed.
import { act, render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { useLinkToken } from './useLinkToken';

function Shown() {
  const [token, forget] = useLinkToken();
  return <button onClick={forget}>{token || 'none'}</button>;
}

test('the token follows the address', () => {
  window.location.hash = '#first';
  render(<Shown />);
  expect(screen.getByRole('button')).toHaveTextContent('first');
  act(() => screen.getByRole('button').click());
  expect(screen.getByRole('button')).toHaveTextContent('none');
  window.location.hash = '#second';
  act(() => void window.dispatchEvent(new HashChangeEvent('hashchange')));
  expect(screen.getByRole('button')).toHaveTextContent('second');
});
