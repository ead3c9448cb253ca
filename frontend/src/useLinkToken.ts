// Why: the link of a mail carries its token after the `#`; opened in a tab that shows the page already, only that
// part changes, and the page has to follow.
import { useEffect, useState } from 'react';

function tokenOfLink(): string {
  return window.location.hash.slice(1);
}

/** The token of the link that was opened last, and forgetting it. */
export function useLinkToken(): [token: string, forget: () => void] {
  const [token, setToken] = useState(tokenOfLink);
  useEffect(() => {
    const follow = () => setToken(tokenOfLink());
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);
  return [token, () => setToken('')];
}
