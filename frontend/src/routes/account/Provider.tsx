// Why: an account elsewhere signs in only to the account whose owner linked it here, in person.
import { Button } from '@mantine/core';
import { useCallback, useEffect, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { linkProvider, providerLink, unlinkProvider, type ProviderLink, type Ways } from '@/api/provider';
import { ErrorSummary } from '@/components/ErrorSummary';
import { DateTimeHkt } from '@/components/Figures';
import { useLanguage } from '@/i18n';
import { AgainFields, useAgain } from './Again';

export function Provider({ offered }: { offered: Ways['provider'] }) {
  return offered === null ? null : <Section name={offered} />;
}

function Section({ name: named }: { name: NonNullable<Ways['provider']> }) {
  const { t } = useTranslation('account');
  const { pick } = useLanguage();
  const name = pick(named);
  const again = useAgain('provider');
  const [link, setLink] = useState<ProviderLink | null>(null);
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState('');
  const load = useCallback(() => providerLink().then((answer) => setLink('value' in answer ? answer.value : null)), []);
  useEffect(() => void load(), [load]);
  const linked = link?.since ?? null;
  async function send(event: FormEvent) {
    event.preventDefault();
    if (again.lacks()) return;
    setBusy(true);
    const given = again.given();
    const done = again.heard(linked === null ? await linkProvider(given) : await unlinkProvider(given));
    setBusy(false);
    if (!done || linked === null) return;
    setSaid(t('provider.unlinked'));
    await load();
  }
  return (
    <section className="pl-card" aria-labelledby="account-provider">
      <h2 id="account-provider">{t('provider.title', { name })}</h2>
      <p className="pl-muted">{t('provider.intro', { name })}</p>
      {linked === null ? (
        <p>{t('provider.off')}</p>
      ) : (
        <p>
          {t('provider.since')} <DateTimeHkt at={linked} />
          {link?.lastUsedAt && (
            <>
              {t('tokens.and')}
              {t('tokens.used')} <DateTimeHkt at={link.lastUsedAt} />
            </>
          )}
        </p>
      )}
      <form onSubmit={(event) => void send(event)} noValidate>
        <ErrorSummary problems={again.problems} fieldId={again.fieldId} />
        <AgainFields again={again} />
        <Button type="submit" variant="default" loading={busy}>
          {linked === null ? t('provider.link', { name }) : t('provider.unlink', { name })}
        </Button>
      </form>
      <p role="status">{said}</p>
    </section>
  );
}
