// Why: any two versions or drafts are compared on a page of their own, whose address can be shared.
import { Button, NativeSelect } from '@mantine/core';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readFragment } from '@/gql';
import type { RulebookShownFragment } from '@/gql/graphql';
import { personName } from '@/personName';
import { RuleDraftShown } from '../query';

interface Props {
  book: RulebookShownFragment;
  from?: string | undefined;
  to?: string | undefined;
}

/** Versions and drafts as the sides of a comparison. */
export function useSides(book: RulebookShownFragment): { value: string; label: string }[] {
  const { t } = useTranslation('rules');
  const drafts = readFragment(RuleDraftShown, book.drafts);
  return [
    ...book.versions.map(({ version }) => ({ value: `v:${version}`, label: t('version', { version }) })),
    ...drafts.map((draft) => ({ value: `d:${draft.id}`, label: `${t('draft.title', { version: draft.basedOn })} · ${personName(draft.updatedBy)}` })),
  ];
}

export function CompareForm({ book, from, to }: Props) {
  const { t } = useTranslation('rules');
  const { funder } = useParams({ from: '/f/$funder' });
  const navigate = useNavigate();
  const sides = useSides(book);
  const [left, setLeft] = useState(from ?? sides.find(({ value }) => value.startsWith('v:'))?.value ?? '');
  const [right, setRight] = useState(to ?? sides.at(-1)?.value ?? '');
  if (sides.length < 2 && from === undefined) return null;
  const compare = () =>
    void navigate({ to: '/f/$funder/rules/$programme/compare', params: { funder, programme: book.programmeId }, search: { from: left, to: right } });
  return (
    <section className="pl-card pl-noprint" aria-labelledby="compare-title">
      <h2 id="compare-title">{t('compare.form')}</h2>
      <div className="fr-add">
        <NativeSelect label={t('compare.from')} value={left} onChange={(event) => setLeft(event.currentTarget.value)} data={sides} />
        <NativeSelect label={t('compare.to')} value={right} onChange={(event) => setRight(event.currentTarget.value)} data={sides} />
        <Button variant="default" onClick={compare}>
          {t('compare.act')}
        </Button>
      </div>
    </section>
  );
}
