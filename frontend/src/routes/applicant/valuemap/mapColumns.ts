// Why: the columns of the grid with what the programme's questions and the catalogue say of them.
import type { FieldDataFragment } from '@/gql/graphql';
import type { Bilingual } from '@/i18n';
import { questionOf } from '../section/context';
import { COLUMNS, type ValueColumn } from './columns';
import type { CatalogueOutcome } from './mapData';

type Pick = (text: Bilingual) => string;

export function columnsOf(fields: readonly FieldDataFragment[], catalogue: readonly CatalogueOutcome[], pick: Pick): ValueColumn[] {
  return COLUMNS.map((column) => {
    if (column.kind === 'code') {
      const choices = catalogue.map(({ code, label }) => ({ code, label: pick(label), names: [label.en, label.zh] }));
      return { ...column, choices };
    }
    const most = questionOf(fields, `outcomes[0].${column.key}`)?.maxChars;
    return column.kind === 'text' && most ? { ...column, maxChars: most } : column;
  });
}

/** A heading without what stands in brackets: the help says it in full. */
export function headingsOf(fields: readonly FieldDataFragment[], pick: Pick): Record<string, string> {
  return Object.fromEntries(
    COLUMNS.map(({ key }) => {
      const field = questionOf(fields, `outcomes[0].${key}`);
      const label = field ? pick(field.label) : key;
      const heading = label.replace(/[（(][^）)]*[）)]/g, '').trim() || label;
      return [key, key === 'proxy' ? `${heading} (HK$)` : heading];
    }),
  );
}
