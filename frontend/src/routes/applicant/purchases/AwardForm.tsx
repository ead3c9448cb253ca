// Why: an award is written as offers side by side, beside what the rules make of it; the lowest conforming
// offer is marked, and passing it over asks for the reason.
import { Button, Group, NativeSelect, Radio, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorSummary } from '@/components/ErrorSummary';
import type { ProblemLike } from '@/components/ProblemText';
import type { PurchaseShownFragment } from '@/gql/graphql';
import { labelled } from '@/i18n';
import { textAt, type Content } from '../section/path';
import { awardContent, nextOfferId, offersOf, type AwardDraft, type OfferDraft } from './drafts';
import { AmountInput, CheckPanel, ValueInputs } from './parts';
import { Interest, useChecked } from './RequestForm';

interface Props {
  purchase: PurchaseShownFragment;
  busy: boolean;
  problems: readonly ProblemLike[];
  onSend: (content: Content, interest: boolean | null, note: string) => void;
  onCancel: () => void;
}

const METHODS = ['exempt', 'quotation', 'tender'] as const;

export function AwardForm({ purchase, busy, problems, onSend, onCancel }: Props) {
  const { t } = useTranslation('purchases');
  const [draft, setDraft] = useState<AwardDraft>({
    invitedOn: textAt(purchase.request as Content | undefined, 'invited_on'),
    method: '',
    invited: '',
    offers: [],
    chosen: '',
    lowestReason: '',
    item: '',
    maintenance: '',
    none: false,
  });
  const [interest, setInterest] = useState('');
  const [note, setNote] = useState('');
  const content = awardContent(draft);
  const live = useChecked(purchase.applicationId, purchase.id, purchase.line.id, content, false);
  const set = (part: Partial<AwardDraft>) => setDraft((old) => ({ ...old, ...part }));
  const setOffer = (position: number, part: Partial<OfferDraft>) =>
    set({ offers: draft.offers.map((old, at) => (at === position ? { ...old, ...part } : old)) });
  const shown = offersOf(content);
  const chosen = shown.find((offer) => offer.chosen);
  return (
    <div className="pl-with-side">
      <form
        noValidate
        aria-label={t('award.heading')}
        onSubmit={(event) => {
          event.preventDefault();
          onSend(content, interest === '' ? null : interest === 'yes', note);
        }}
      >
        <section className="pl-card" aria-labelledby="award-title">
          <h2 id="award-title">{t('award.heading')}</h2>
          <ErrorSummary problems={problems} />
          <div className="pl-fields pl-fields-start">
            <NativeSelect
              label={t('award.method')}
              value={draft.method}
              data={[{ value: '', label: t('form.choose') }, ...METHODS.map((code) => ({ value: code, label: t(`method.${code}`) }))]}
              onChange={(event) => set({ method: event.currentTarget.value })}
            />
            <TextInput type="date" label={t('form.invitedOn')} value={draft.invitedOn} onChange={(event) => set({ invitedOn: event.currentTarget.value })} />
            <TextInput label={t('award.invited')} inputMode="numeric" value={draft.invited} onChange={(event) => set({ invited: event.currentTarget.value })} />
          </div>
          <h3 style={{ marginTop: '1rem' }}>{t('award.offers')}</h3>
          {draft.offers.map((offer, position) => (
            <fieldset key={offer.id} className="pl-fieldset pu-part">
              <legend>
                {t('award.offer', { number: position + 1 })}
                {shown[position]?.lowest && <strong> · {t('award.lowest')}</strong>}
              </legend>
              <div className="pl-fields pl-fields-start">
                <TextInput label={t('award.supplier')} value={offer.supplier} onChange={(event) => setOffer(position, { supplier: event.currentTarget.value })} />
                <AmountInput label={t('award.price')} value={offer.amount} onChange={(amount) => setOffer(position, { amount })} />
                <NativeSelect
                  label={t('award.conforming')}
                  value={offer.conforming}
                  data={[
                    { value: '', label: t('form.choose') },
                    { value: 'yes', label: t('award.conforms') },
                    { value: 'no', label: t('award.conformsNot') },
                  ]}
                  onChange={(event) => setOffer(position, { conforming: event.currentTarget.value as OfferDraft['conforming'] })}
                />
                <NativeSelect
                  label={t('award.form')}
                  value={offer.form}
                  data={[
                    { value: '', label: t('form.choose') },
                    { value: 'written', label: t('form.written') },
                    { value: 'oral', label: t('form.oral') },
                  ]}
                  onChange={(event) => setOffer(position, { form: event.currentTarget.value as OfferDraft['form'] })}
                />
              </div>
              <Group mt={6} gap="lg">
                <Radio name="chosen" label={t('award.choose')} checked={draft.chosen === offer.id} onChange={() => set({ chosen: offer.id })} />
                <Button
                  variant="default"
                  size="xs"
                  onClick={() =>
                    set({ offers: draft.offers.filter((_, at) => at !== position), chosen: draft.chosen === offer.id ? '' : draft.chosen })
                  }
                >
                  {t('award.remove', { number: position + 1 })}
                </Button>
              </Group>
            </fieldset>
          ))}
          <Button
            variant="default"
            mt="sm"
            onClick={() => set({ offers: [...draft.offers, { id: nextOfferId(draft.offers), supplier: '', amount: '', conforming: '', form: '' }] })}
          >
            {t('award.add')}
          </Button>
          {chosen && !chosen.lowest && (
            <Textarea
              mt="md"
              label={t('award.lowestReason')}
              description={t('award.lowestHelp')}
              value={draft.lowestReason}
              autosize
              minRows={2}
              onChange={(event) => set({ lowestReason: event.currentTarget.value })}
            />
          )}
          <h3 style={{ marginTop: '1rem' }}>{labelled(t('check.accepted'))}</h3>
          <div className="pl-fields pl-fields-start">
            <ValueInputs idPrefix="pu-accepted" value={draft} onChange={set} />
          </div>
          <div style={{ marginTop: '1rem' }}>
            <Interest value={interest} onChange={setInterest} />
          </div>
          <Textarea mt="sm" label={t('form.note')} value={note} autosize minRows={2} onChange={(event) => setNote(event.currentTarget.value)} />
          <Group mt="md">
            <Button type="submit" loading={busy}>
              {t('deed.AWARD')}
            </Button>
            <Button variant="default" onClick={onCancel}>
              {t('dialog.cancel')}
            </Button>
          </Group>
        </section>
      </form>
      <aside aria-label={t('form.live')} aria-live="polite">
        {live.check && <CheckPanel check={live.check} title={t('form.live')} />}
      </aside>
    </div>
  );
}
