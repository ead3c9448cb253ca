// Why: the heading of a page is also the name of its tab, in the language on screen.
import { useTranslation } from 'react-i18next';

export function PageTitle({ children }: { children: string }) {
  const { t } = useTranslation();
  return (
    <>
      <title>{`${children} · ${t('product')} ${t('productOther')}`}</title>
      <h1>{children}</h1>
    </>
  );
}
