// Why: the operator sees who asks to be let in and for how long, what they may be a second time, and answers, two where
// there are two.
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { useServerNow } from '@/api/clock';
import { DataTable, type Column } from '@/components/DataTable';
import { DateTimeHkt } from '@/components/Figures';
import { EmptyState, QueryWait } from '@/components/PageStates';
import { PageTitle } from '@/components/PageTitle';
import { timeLeft } from '@/format';
import { readFragment } from '@/gql';
import type { RegistrationShownFragment, RegistrationsPageQuery } from '@/gql/graphql';
import { aside, useLanguage, wordFor } from '@/i18n';
import { personName, personText } from '@/personName';
import { Answer } from './Answer';
import { RegistrationShown, RegistrationsPage } from './query';

type Types = RegistrationsPageQuery['identifierTypes'];

export default function Registrations() {
  const { t } = useTranslation('operator');
  const [state, ask] = useQuery({ query: RegistrationsPage, requestPolicy: 'cache-and-network' });
  const renew = () => ask({ requestPolicy: 'network-only' });
  const waiting = readFragment(RegistrationShown, state.data?.waiting);
  const decided = readFragment(RegistrationShown, state.data?.decided) ?? [];
  if (!waiting) return <QueryWait state={state} found={false} retry={renew} />;
  return (
    <>
      <PageTitle>{t('registrations.title')}</PageTitle>
      <p className="pl-muted">{t('registrations.intro')}</p>
      {waiting.length === 0 && <EmptyState>{t('registrations.none')}</EmptyState>}
      {waiting.map((row) => (
        <Waiting key={row.id} row={row} types={state.data?.identifierTypes ?? []} onAnswered={renew} />
      ))}
      {decided.length > 0 && <Decided rows={decided} />}
    </>
  );
}

function Waiting({ row, types, onAnswered }: { row: RegistrationShownFragment; types: Types; onAnswered: () => void }) {
  const { t } = useTranslation('operator');
  const { language, pick } = useLanguage();
  const now = useServerNow();
  const age = timeLeft(now - Date.parse(row.since), language) ?? t('justNow');
  const other = language === 'zh' ? row.name.en : row.name.zh;
  const typeName = (type: string) => {
    const known = types.find((each) => each.type === type);
    return known ? pick(known.name) : type;
  };
  return (
    <section className="pl-card" aria-labelledby={`registration-${row.id}`}>
      <h2 id={`registration-${row.id}`}>{pick(row.name)}</h2>
      <p className="pl-muted" lang={language === 'zh' ? 'en' : 'zh-HK'}>
        {other}
      </p>
      <dl className="pl-facts">
        <dt>{t('registrations.kind')}</dt>
        <dd>{wordFor(`operator:registrations.kinds.${row.kind}`) ?? row.kind}</dd>
        {row.identifiers.map((each) => (
          <div key={`${each.type}-${each.value}`} style={{ display: 'contents' }}>
            <dt>{typeName(each.type)}</dt>
            <dd>{each.value}</dd>
          </div>
        ))}
        <dt>{t('registrations.person')}</dt>
        <dd>
          {row.person === '' ? personText('') : `${row.person} · ${row.email}`}
        </dd>
        <dt>{t('registrations.notice')}</dt>
        <dd>{row.notice}</dd>
        <dt>{t('registrations.since')}</dt>
        <dd>
          <DateTimeHkt at={row.since} />
          {aside(t('registrations.age', { age }))}
        </dd>
      </dl>
      {row.alike.length > 0 && (
        <div className="pl-card pl-warncard">
          <h3>{t('registrations.alike')}</h3>
          <ul>
            {row.alike.map((each) => (
              <li key={`${each.name.en}-${each.registered}`}>
                {pick(each.name)}:{' '}
                {each.identifier === null ? t('registrations.sameName') : t('registrations.sameNumber', { type: typeName(each.identifier ?? '') })}{' '}
                · {t(each.registered ? 'registrations.isIn' : 'registrations.asksToo')}
              </li>
            ))}
          </ul>
        </div>
      )}
      <Answer row={row} onAnswered={onAnswered} />
    </section>
  );
}

function Decided({ rows }: { rows: readonly RegistrationShownFragment[] }) {
  const { t } = useTranslation('operator');
  const { pick } = useLanguage();
  const last = (row: RegistrationShownFragment) => row.proposals.findLast((each) => each.confirmed);
  const people = (row: RegistrationShownFragment) => [...new Set([last(row)?.proposer, last(row)?.answerer].map((name) => personName(name ?? null)))]
    .filter((name) => name !== '')
    .join(' · ');
  const columns: Column<RegistrationShownFragment>[] = [
    { id: 'name', header: t('registrations.name'), cell: (row) => <span className="pl-nowrap">{pick(row.name)}</span> },
    { id: 'how', header: t('registrations.answer'), cell: (row) => <span className="pl-nowrap">{t(row.approved ? 'registrations.approved' : 'registrations.refused')}</span> },
    { id: 'why', header: t('registrations.reason'), cell: (row) => last(row)?.reason || '—' },
    { id: 'who', header: t('registrations.who'), cell: (row) => <span className="pl-nowrap">{people(row)}</span> },
    { id: 'when', header: t('registrations.when'), cell: (row) => (row.decidedAt ? <DateTimeHkt at={row.decidedAt} /> : '—') },
  ];
  return (
    <section className="pl-card" aria-labelledby="registrations-decided">
      <h2 id="registrations-decided">{t('registrations.decided')}</h2>
      <DataTable caption={t('registrations.decided')} columns={columns} rows={rows} rowId={(row) => row.id} />
    </section>
  );
}
