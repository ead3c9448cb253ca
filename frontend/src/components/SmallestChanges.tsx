// Why: "short by HK$37,000" is half an answer; this says what each figure or date of the applicant's own
// would have to be, each enough by itself, as the engine worked it out and tried it.
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { date, grouped, money, percent } from '@/format';
import { graphql } from '@/gql';
import type { VerdictLinesFragment } from '@/gql/graphql';
import { useLanguage } from '@/i18n';

const FactNames = graphql(`
  query FactNames {
    reference {
      facts {
        code
        label {
          en
          zh
        }
      }
    }
  }
`);

type Change = VerdictLinesFragment['criteria'][number]['changes'][number];

/** What an applicant can change by figure or date; what is to be added or chosen stands in the advice. */
function offered(changes: readonly Change[]): Change[] {
  return changes.filter(
    ({ field, kind, to }) =>
      (kind === 'number' || kind === 'date') &&
      (field.startsWith('application.') || field.startsWith('project.')) &&
      to.length === 1 &&
      !to[0]?.startsWith('-'),
  );
}

export function SmallestChanges({ changes }: { changes: readonly Change[] }) {
  const shown = offered(changes);
  return shown.length === 0 ? null : <Offers changes={shown} />;
}

function Offers({ changes }: { changes: Change[] }) {
  const { t } = useTranslation();
  const { pick, language } = useLanguage();
  const [{ data }] = useQuery({ query: FactNames });
  const name = (field: string) => {
    const path = field.replace(/\[\d+\]/g, '[]');
    const fact = data?.reference.facts.find(({ code }) => code === path);
    const item = /\[(\d+)\]/.exec(field)?.[1];
    const label = fact ? pick(fact.label) : path;
    return item === undefined ? label : t('verdict.ofItem', { label, item: Number(item) + 1 });
  };
  const figure = ({ field, kind }: Change, text: string) => {
    if (kind === 'date') return date(text, language);
    if (field.endsWith('_hkd')) return money(text);
    return field.endsWith('_share') ? percent(text) : grouped(text);
  };
  return (
    <div className="pl-small">
      <p>{t(changes.length === 1 ? 'verdict.wouldPass' : 'verdict.wouldPassEach')}</p>
      <ul>
        {changes.map((change) => (
          <li key={change.field}>
            {t('verdict.change', {
              name: name(change.field),
              to: figure(change, change.to[0] ?? ''),
              from: figure(change, change.from ?? ''),
            })}
          </li>
        ))}
      </ul>
    </div>
  );
}
