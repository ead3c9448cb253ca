// Why: one purchase from request to payment: who did what and when, what the rules find, and what this
// person may do next. What is not possible says why instead of hiding.
import { Button, Checkbox, Group, Modal, Textarea } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { problemsOf } from '@/api/problems';
import { ErrorSummary } from '@/components/ErrorSummary';
import { DateTimeHkt } from '@/components/Figures';
import { QueryWait } from '@/components/PageStates';
import { PageTitle } from '@/components/PageTitle';
import type { ProblemLike } from '@/components/ProblemText';
import { Badge } from '@/components/StatusBadge';
import { date, money } from '@/format';
import { readFragment } from '@/gql';
import type { PurchaseActInput, PurchaseDeed, PurchaseShownFragment } from '@/gql/graphql';
import { useLanguage } from '@/i18n';
import { personName } from '@/personName';
import { rowsAt, textAt, type Content } from '../section/path';
import { AwardForm } from './AwardForm';
import { offersOf, requestDraft } from './drafts';
import { AmountInput, CheckPanel, PurchaseStageBadge, Steps } from './parts';
import { CheckShown, PurchaseActSend, PurchasePage as Page, PurchaseShown, StepShown } from './query';
import { Interest, RequestForm } from './RequestForm';
import { blockWords, policyCodes } from './words';
import './purchases.css';

const FROM = '/o/$org/applications/$id/purchases/$purchase';
/** Deeds that ask about an interest first. */
const DECIDING: ReadonlySet<PurchaseDeed> = new Set(['REQUEST', 'AWARD', 'AGREE_AND_ISSUE_ORDER', 'WAIVE']);
const WITH_REASON: ReadonlySet<PurchaseDeed> = new Set(['REFUSE', 'RETURN', 'WAIVE']);
const WITH_AMOUNT: ReadonlySet<PurchaseDeed> = new Set(['INVOICE', 'PAYMENT']);

export default function PurchasePage() {
  const { purchase: id } = useParams({ from: FROM });
  const [state, ask] = useQuery({ query: Page, variables: { id }, requestPolicy: 'cache-and-network' });
  const purchase = readFragment(PurchaseShown, state.data?.purchase);
  if (!purchase || !state.data) {
    return <QueryWait state={state} found={false} retry={() => ask({ requestPolicy: 'network-only' })} />;
  }
  return <Shown purchase={purchase} policy={state.data.purchasePolicy.body} refetch={() => ask({ requestPolicy: 'network-only' })} />;
}

interface Props {
  purchase: PurchaseShownFragment;
  policy: unknown;
  refetch: () => void;
}

type More = Partial<Omit<PurchaseActInput, 'purchaseId' | 'deed' | 'expectedSeq'>>;

function Shown({ purchase, policy, refetch }: Props) {
  const { t } = useTranslation('purchases');
  const { pick } = useLanguage();
  const { org, id } = useParams({ from: FROM });
  const [open, setOpen] = useState<PurchaseDeed | null>(null);
  const [problems, setProblems] = useState<readonly ProblemLike[]>([]);
  const [said, setSaid] = useState<PurchaseDeed | null>(null);
  const [state, send] = useMutation(PurchaseActSend);
  const check = readFragment(CheckShown, purchase.check);
  const steps = purchase.steps.map((step) => readFragment(StepShown, step));
  const request = purchase.request as Content | undefined;

  async function act(deed: PurchaseDeed, more: More) {
    const input: PurchaseActInput = {
      purchaseId: purchase.id,
      deed,
      expectedSeq: purchase.seq,
      content: {},
      reasons: [],
      note: '',
      ...more,
    };
    const answer = await send({ input });
    const found = problemsOf(answer.data?.purchaseAct);
    setProblems(found);
    if (found.length === 0) {
      setOpen(null);
      setSaid(deed);
    } else if (found.some(({ code }) => code === 'version_conflict')) refetch();
  }
  const close = () => {
    setOpen(null);
    setProblems([]);
  };
  return (
    <>
      <p className="pl-small">
        <Link to="/o/$org/applications/$id/purchases" params={{ org, id }}>
          ‹ {t('book.title')}
        </Link>{' '}
        · {purchase.reference}
      </p>
      <div className="pl-cardhead">
        <PageTitle>{textAt(request, 'title') || purchase.reference}</PageTitle>
        <PurchaseStageBadge stage={purchase.stage} />
      </div>
      <p className="pl-muted">
        {pick(purchase.department.label)} · {pick(purchase.category.label)} · {t('page.line', { line: purchase.line.description })}
        {purchase.line.left !== null && ` · ${t('page.left', { left: money(purchase.line.left) })}`}
        {purchase.returns > 0 && ` · ${t('page.returned', { count: purchase.returns })}`}
      </p>
      {said !== null && (
        <p className="pl-note" role="status">
          {t('page.recorded', { deed: t(`deed.${said}`) })}
        </p>
      )}
      {steps.length > 0 && (
        <section className="pl-card" aria-label={t('page.steps')}>
          <h2>{t('page.steps')}</h2>
          <Steps steps={steps} next={purchase.next} />
        </section>
      )}
      {open === null && <Deeds purchase={purchase} onOpen={(deed) => { setSaid(null); setProblems([]); setOpen(deed); }} />}
      {open === 'AWARD' && (
        <AwardForm
          purchase={purchase}
          busy={state.fetching}
          problems={problems}
          onSend={(content, interest, note) => void act('AWARD', { content, interest, note })}
          onCancel={close}
        />
      )}
      {open === 'REQUEST' && (
        <RequestForm
          applicationId={purchase.applicationId}
          purchaseId={purchase.id}
          lines={[purchase.line]}
          lineId={purchase.line.id}
          policy={policy}
          start={requestDraft(purchase.request)}
          busy={state.fetching}
          problems={problems}
          onSend={({ content, interest, note }) => void act('REQUEST', { content, interest, note })}
        />
      )}
      {open !== null && open !== 'AWARD' && open !== 'REQUEST' && (
        <DeedDialog
          key={open}
          deed={open}
          purchase={purchase}
          policy={policy}
          busy={state.fetching}
          problems={problems}
          onSend={(more) => void act(open, more)}
          onClose={close}
        />
      )}
      {open !== 'AWARD' && open !== 'REQUEST' && (
        <div className="pl-grid-2">
          <div>
            {check && <CheckPanel check={check} title={t('page.check')} />}
            <RequestSummary purchase={purchase} />
          </div>
          <div>
            <Quotations purchase={purchase} />
            <History purchase={purchase} />
          </div>
        </div>
      )}
    </>
  );
}

/** What this person may do, and why not the rest of what is next. */
function Deeds({ purchase, onOpen }: { purchase: PurchaseShownFragment; onOpen: (deed: PurchaseDeed) => void }) {
  const { t } = useTranslation('purchases');
  const { language } = useLanguage();
  if (purchase.stage !== 'OPEN') return null;
  if (purchase.may.length === 0) return <p className="pl-muted">{t('page.readOnly')}</p>;
  const possible = purchase.may.filter(({ blocks }) => blocks.length === 0).map(({ deed }) => deed);
  const next = purchase.may.find(({ deed, blocks }) => deed === purchase.next && blocks.length > 0);
  return (
    <section className="pl-card pl-noprint" aria-label={t('page.yourTurn')}>
      <h2>{t('page.yourTurn')}</h2>
      <Group>
        {possible.map((deed) => (
          <Button key={deed} {...(deed === purchase.next ? {} : { variant: 'default' })} onClick={() => onOpen(deed)}>
            {t(`deed.${deed}`)}
          </Button>
        ))}
      </Group>
      {next && (
        <div className="pl-small" style={{ marginTop: '0.5rem' }}>
          {t('page.notYou', { step: t(`deed.${next.deed}`) })}
          <ul>
            {next.blocks.map((block, position) => (
              <li key={`${block.code}-${position}`}>{blockWords(block, language)}</li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

interface DialogProps {
  deed: PurchaseDeed;
  purchase: PurchaseShownFragment;
  policy: unknown;
  busy: boolean;
  problems: readonly ProblemLike[];
  onSend: (more: More) => void;
  onClose: () => void;
}

function DeedDialog({ deed, purchase, policy, busy, problems, onSend, onClose }: DialogProps) {
  const { t } = useTranslation(['purchases', 'common']);
  const { pick } = useLanguage();
  const due = purchase.steps.map((step) => readFragment(StepShown, step)).find((step) => step.action === 'INVOICE')?.amount;
  const [amount, setAmount] = useState(deed === 'PAYMENT' ? (due ?? '') : '');
  const [reasons, setReasons] = useState<string[]>([]);
  const [interest, setInterest] = useState('');
  const [note, setNote] = useState('');
  const codes = policyCodes(policy, deed === 'WAIVE' ? 'waiver.reasons' : 'refusal_reasons');
  return (
    <Modal
      opened
      onClose={onClose}
      title={<strong>{t(`deed.${deed}`)}</strong>}
      centered
      size="lg"
      closeButtonProps={{ 'aria-label': t('common:actions.close') }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          onSend({
            reasons,
            note,
            interest: deed === 'DECLARE_INTEREST' ? true : interest === '' ? null : interest === 'yes',
            ...(WITH_AMOUNT.has(deed) && amount.trim() !== '' ? { amount } : {}),
          });
        }}
      >
        <ErrorSummary problems={problems} />
        <p>{t(`dialog.${deed}`)}</p>
        {WITH_AMOUNT.has(deed) && <AmountInput label={t('dialog.amount')} value={amount} onChange={setAmount} />}
        {WITH_REASON.has(deed) && (
          <Checkbox.Group label={t('dialog.reasons')} value={reasons} onChange={setReasons}>
            <div className="pu-reasons">
              {codes.map(({ code, label }) => (
                <Checkbox key={code} value={code} label={pick(label)} />
              ))}
            </div>
          </Checkbox.Group>
        )}
        {DECIDING.has(deed) && <Interest value={interest} onChange={setInterest} />}
        <Textarea mt="sm" label={t('form.note')} value={note} autosize minRows={2} onChange={(event) => setNote(event.currentTarget.value)} />
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={onClose}>
            {t('dialog.cancel')}
          </Button>
          <Button type="submit" loading={busy} {...(deed === 'REFUSE' ? { color: 'red.9' } : {})}>
            {t(`deed.${deed}`)}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

function RequestSummary({ purchase }: { purchase: PurchaseShownFragment }) {
  const { t } = useTranslation('purchases');
  const { language } = useLanguage();
  const request = purchase.request as Content | undefined;
  const need = request?.['requirement'];
  const day = (key: string) => {
    const found = textAt(request, key);
    return found === '' ? t('check.unknownValue') : date(found, language);
  };
  return (
    <section className="pl-card" aria-labelledby="request-title">
      <h2 id="request-title">{t('page.request')}</h2>
      <dl className="pl-facts">
        <dt>{t('form.requirement')}</dt>
        <dd>{need === null ? t('form.once') : textAt(request, 'requirement') || t('check.unknownValue')}</dd>
        <dt>{t('form.invitedOn')}</dt>
        <dd>{day('invited_on')}</dd>
        <dt>{t('form.neededOn')}</dt>
        <dd>{day('needed_on')}</dd>
        <dt>{t('page.parts')}</dt>
        <dd>
          {rowsAt(purchase.request, 'parts').map((part, position) => {
            const estimated = part['estimated'] as Content | undefined;
            const category = textAt(part, 'category');
            const item = textAt(estimated, 'item');
            const upkeep = textAt(estimated, 'maintenance');
            return (
              <div key={position}>
                {category === 'goods' || category === 'services' || category === 'works' ? t(`category.${category}`) : category}
                {item !== '' && ` · ${money(item)}`}
                {upkeep !== '' && ` + ${t('page.maintenance', { amount: money(upkeep) })}`}
              </div>
            );
          })}
        </dd>
      </dl>
    </section>
  );
}

function Quotations({ purchase }: { purchase: PurchaseShownFragment }) {
  const { t } = useTranslation('purchases');
  const offers = offersOf(purchase.award);
  if (offers.length === 0) return null;
  const reason = textAt(purchase.award as Content | undefined, 'lowest_reason');
  return (
    <section className="pl-card" aria-labelledby="offers-title">
      <h2 id="offers-title">{t('award.offers')}</h2>
      <div className="pl-scroll" tabIndex={0} role="group" aria-label={t('award.offers')}>
        <table className="pl-table">
          <caption className="pl-hidden">{t('award.offers')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('award.supplier')}</th>
              <th scope="col" className="pl-end">
                {t('award.price')}
              </th>
              <th scope="col">{t('award.conforming')}</th>
              <th scope="col">{t('award.form')}</th>
            </tr>
          </thead>
          <tbody>
            {offers.map((offer) => (
              <tr key={offer.id}>
                <th scope="row">
                  {offer.supplier || offer.id}
                  <div>
                    {offer.chosen && <Badge tone="good">{t('award.chosen')}</Badge>} {offer.lowest && <Badge tone="info">{t('award.lowest')}</Badge>}
                  </div>
                </th>
                <td className="pl-end">{offer.amount === '' ? t('check.unknownValue') : money(offer.amount)}</td>
                <td>
                  {offer.conforming === null ? t('check.unknownValue') : offer.conforming ? t('award.conforms') : t('award.conformsNot')}
                </td>
                <td>{offer.form === 'written' || offer.form === 'oral' ? t(`form.${offer.form}`) : t('check.unknownValue')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {reason !== '' && <p>{t('award.reasonGiven', { reason })}</p>}
    </section>
  );
}

function History({ purchase }: { purchase: PurchaseShownFragment }) {
  const { t } = useTranslation('purchases');
  const { pick, language } = useLanguage();
  return (
    <section className="pl-card" aria-labelledby="history-title">
      <h2 id="history-title">{t('page.history')}</h2>
      <ol className="pl-timeline">
        {purchase.acts.map((each) => (
          <li key={each.seq}>
            <strong>{t(`deed.${each.deed}`)}</strong> · {personName(each.by)}
            {each.amount !== null && ` · ${money(each.amount)}`}
            <div className="pl-muted pl-small">
              <DateTimeHkt at={each.at} />
            </div>
            {each.reasons.length > 0 && <div>{each.reasons.map(({ label }) => pick(label)).join(language === 'zh' ? '、' : ', ')}</div>}
            {each.note !== '' && <div className="pl-answer">{each.note}</div>}
          </li>
        ))}
      </ol>
    </section>
  );
}
