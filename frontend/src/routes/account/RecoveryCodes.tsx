// Why: recovery codes are shown once, to be copied or written down.
import { Button, CopyButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export function RecoveryCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const { t } = useTranslation('account');
  return (
    <div role="region" aria-labelledby="account-codes">
      <h3 id="account-codes">{t('second.codes')}</h3>
      <p>{t('second.codesHelp')}</p>
      <ul className="pl-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className="pl-actions">
        <CopyButton value={codes.join('\n')}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {copied ? t('second.copied') : t('second.copy')}
            </Button>
          )}
        </CopyButton>
        <Button onClick={onKept}>{t('second.kept')}</Button>
      </div>
    </div>
  );
}
