// Why: the filters that inbox and shortlist share; what they say lives in the address.
import { NativeSelect, TextInput } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage, type Bilingual } from '@/i18n';
import { SIZE_BANDS, type ListSearch } from './search';

interface Props {
  search: ListSearch;
  /** The districts that occur in the list. */
  districts: readonly { code: string; label: Bilingual }[];
  onChange: (change: { [K in keyof ListSearch]?: ListSearch[K] | undefined }) => void;
  shown: number;
  all: number;
  children?: ReactNode;
}

/** The districts of some rows, each once, by name. */
export function districtsOf(rows: readonly { districts: readonly { code: string; label: Bilingual }[] }[]) {
  const byCode = new Map(rows.flatMap((row) => row.districts).map((each) => [each.code, each]));
  return [...byCode.values()].toSorted((one, other) => one.label.en.localeCompare(other.label.en));
}

export function Filters({ search, districts, onChange, shown, all, children }: Props) {
  const { t } = useTranslation(['funder', 'common']);
  const { pick } = useLanguage();
  return (
    <search className="fu-filters pl-noprint" aria-label={t('filter.title')}>
      <FilterText value={search.q ?? ''} onChange={(q) => onChange({ q })} />
      <NativeSelect
        label={t('filter.district')}
        value={search.district ?? ''}
        onChange={(event) => onChange({ district: event.currentTarget.value })}
        data={[
          { value: '', label: t('filter.any') },
          ...districts.map(({ code, label }) => ({ value: code, label: pick(label) })),
        ]}
      />
      <NativeSelect
        label={t('filter.size')}
        value={search.size ?? ''}
        onChange={(event) => onChange({ size: SIZE_BANDS.find((band) => band === event.currentTarget.value) })}
        data={[
          { value: '', label: t('filter.any') },
          ...SIZE_BANDS.map((band) => ({ value: band, label: t(`common:sizeBand.${band}`) })),
        ]}
      />
      {children}
      <p role="status" className="pl-small pl-muted fu-count">
        {t('filter.count', { shown, all })}
      </p>
    </search>
  );
}

/** The address follows the field, not the other way round, so that input methods are not disturbed. */
function FilterText({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const { t } = useTranslation(['funder', 'common']);
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  if (value !== known) {
    setKnown(value);
    setTyped(value);
  }
  useEffect(() => {
    if (typed === known) return undefined;
    const timer = setTimeout(() => {
      setKnown(typed);
      onChange(typed);
    }, 250);
    return () => clearTimeout(timer);
  }, [typed, known, onChange]);
  return (
    <TextInput
      label={t('filter.text')}
      type="search"
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
    />
  );
}
