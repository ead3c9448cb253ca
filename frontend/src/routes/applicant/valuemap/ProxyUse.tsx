// Why: a value from elsewhere may be used only with a reason why it holds here; other money is never
// converted, so the value in Hong Kong dollars is typed by the person who answers for it.
import { Button, Group, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readMoney } from '@/format';
import type { ProxyShownFragment } from '@/gql/graphql';
import { isLocalMoney } from './library';
import { ProxyCard } from './ProxyCard';

interface Props {
  proxy: ProxyShownFragment;
  onUse: (proxy: ProxyShownFragment, localBasis: string, localValue: string | undefined) => void;
  onBack: () => void;
}

export function ProxyUse({ proxy, onUse, onBack }: Props) {
  const { t } = useTranslation('valuemap');
  const { t: common } = useTranslation();
  const [basis, setBasis] = useState('');
  const [value, setValue] = useState('');
  const [asked, setAsked] = useState(false);
  const local = isLocalMoney(proxy);
  const amount = local ? undefined : (readMoney(value) ?? null);
  const basisMissing = basis.trim() === '';

  function use() {
    setAsked(true);
    if (!basisMissing && amount !== null) onUse(proxy, basis, amount);
  }
  return (
    <>
      <ProxyCard proxy={proxy} />
      <p>{local ? t('proxies.askBasis') : t('proxies.askValue', { currency: proxy.currency })}</p>
      {!local && (
        <TextInput
          label={t('proxies.localValue')}
          inputMode="decimal"
          mb="sm"
          maw="16rem"
          value={value}
          error={asked && amount === null ? t('paste.why.not_amount', { text: value }) : false}
          onChange={(event) => setValue(event.currentTarget.value)}
        />
      )}
      <Textarea
        label={t('proxies.localBasis')}
        description={t('proxies.localBasisHelp')}
        autosize
        minRows={2}
        data-autofocus
        value={basis}
        error={asked && basisMissing ? t('proxies.basisMissing') : false}
        onChange={(event) => setBasis(event.currentTarget.value)}
      />
      <Group mt="md">
        <Button onClick={use}>{t('proxies.use')}</Button>
        <Button variant="default" onClick={onBack}>
          {common('actions.back')}
        </Button>
      </Group>
    </>
  );
}
