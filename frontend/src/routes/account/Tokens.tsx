// Why: a program that acts in one's name is let in on purpose, for a purpose and until a day, and shut out at once.
import { Button } from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { endToken, ownTokens, type Token, type TokenScope } from '@/api/tokens';
import type { PlainProblem } from '@/api/auth';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { ErrorSummary } from '@/components/ErrorSummary';
import { DateTimeHkt } from '@/components/Figures';
import { Loading } from '@/components/PageStates';
import { wordFor } from '@/i18n';
import { TokenForm } from './TokenForm';

/** The words of a scope. */
export function scopeWords(code: string): string {
  return wordFor(`account:tokens.scopes.${code.replace(':', '_')}`) ?? code;
}

export function Tokens() {
  const { t } = useTranslation('account');
  const [tokens, setTokens] = useState<readonly Token[] | null>(null);
  const [scopes, setScopes] = useState<readonly TokenScope[]>([]);
  const [problems, setProblems] = useState<readonly PlainProblem[]>([]);
  const [ending, setEnding] = useState<Token | null>(null);
  const load = useCallback(
    () =>
      ownTokens().then((answer) => {
        if ('problems' in answer) {
          setProblems(answer.problems);
          return;
        }
        setTokens(answer.tokens);
        setScopes(answer.scopes);
      }),
    [],
  );
  useEffect(() => void load(), [load]);
  async function end(token: Token) {
    setEnding(null);
    setProblems(await endToken(token.id));
    await load();
  }
  return (
    <section className="pl-card" aria-labelledby="account-tokens">
      <h2 id="account-tokens">{t('tokens.title')}</h2>
      <p className="pl-muted">{t('tokens.intro')}</p>
      <ErrorSummary problems={problems} fieldId={() => ''} />
      {tokens === null && problems.length === 0 && <Loading />}
      {tokens?.length === 0 && <p>{t('tokens.none')}</p>}
      <ul className="pl-list">
        {tokens?.map((token) => (
          <TokenLine key={token.id} token={token} onEnd={() => setEnding(token)} />
        ))}
      </ul>
      {scopes.length > 0 && <TokenForm scopes={scopes} onMade={() => void load()} />}
      {ending && (
        <ConfirmDialog opened danger title={t('tokens.endTitle')} confirm={t('tokens.end')} onConfirm={() => void end(ending)} onClose={() => setEnding(null)}>
          <p>{t('tokens.endBody', { name: ending.name })}</p>
        </ConfirmDialog>
      )}
    </section>
  );
}

function TokenLine({ token, onEnd }: { token: Token; onEnd: () => void }) {
  const { t } = useTranslation('account');
  return (
    <li className="pl-card">
      <p>
        <strong>{token.name}</strong> · <code>{token.prefix}…</code>
      </p>
      <p className="pl-small">{token.scopes.map(scopeWords).join(t('tokens.and'))}</p>
      <p className="pl-small">
        {t('tokens.until')} <DateTimeHkt at={token.expiresAt} /> ·{' '}
        {token.lastUsedAt === null ? (
          t('tokens.unused')
        ) : (
          <>
            {t('tokens.used')} <DateTimeHkt at={token.lastUsedAt} />
          </>
        )}
      </p>
      <Button variant="default" onClick={onEnd}>
        {t('tokens.end')}
      </Button>
    </li>
  );
}
