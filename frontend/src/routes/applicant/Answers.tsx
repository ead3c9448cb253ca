// Why: the answers of a section as text, from the same form data that asked for them; used before
// submitting and for what was submitted.
import i18next from 'i18next';
import { useTranslation } from 'react-i18next';
import { date, dateTime, grouped, money, percent, type Language } from '@/format';
import type { FieldDataFragment } from '@/gql/graphql';
import { aside, useLanguage, wordFor } from '@/i18n';
import { isAsked } from './section/context';
import { getAt, rowsAt, type Content } from './section/path';

interface Props {
  fields: readonly FieldDataFragment[];
  content: unknown;
}

const DECIMAL = /^-?\d+(\.\d+)?$/;

export function Answers({ fields, content }: Props) {
  const { language, pick } = useLanguage();
  const { t } = useTranslation('applicant');
  const top = fields.filter((field) => !field.path.includes('[]') && isAsked(field, field.path, content));
  return (
    <>
      <dl className="pl-facts">
        {top
          .filter((field) => field.kind !== 'rows')
          .map((field) => (
            <div key={field.path} style={{ display: 'contents' }}>
              <dt>{pick(field.label)}</dt>
              <dd className="pl-answer">{answerText(field, getAt(content, field.path), language)}</dd>
            </div>
          ))}
      </dl>
      {top
        .filter((field) => field.kind === 'rows')
        .map((list) => {
          const rows = rowsAt(content, list.path);
          const asked = fields.filter((field) => field.path.startsWith(`${list.path}[].`) && field.kind !== 'rows');
          return (
            <div key={list.path} style={{ marginTop: '0.5rem' }}>
              <h3>
                {pick(list.label)}
                {aside(String(rows.length))}
              </h3>
              {rows.map((row, position) => (
                <details key={String(row['id'] ?? position)} className="pl-printopen">
                  <summary>{rowTitle(row) || t('check.row', { number: position + 1 })}</summary>
                  <RowAnswers path={`${list.path}[${position}]`} list={list.path} fields={asked} content={content} />
                </details>
              ))}
            </div>
          );
        })}
    </>
  );
}

function rowTitle(row: Content): string {
  return String(row['description'] ?? row['name'] ?? row['stakeholder'] ?? '');
}

interface RowProps {
  path: string;
  list: string;
  fields: readonly FieldDataFragment[];
  content: unknown;
}

function RowAnswers({ path, list, fields, content }: RowProps) {
  const { language, pick } = useLanguage();
  const plain = fields.filter((field) => !field.path.slice(list.length + 3).includes('[]'));
  const cells = rowsAt(content, `${path}.cells`);
  const weights = getAt(content, `${path}.weights`);
  return (
    <dl className="pl-facts pl-small">
      {plain.map((field) => {
        const at = field.path.replace(`${list}[]`, path);
        const value = getAt(content, at);
        if (value === undefined || !isAsked(field, at, content)) return null;
        return (
          <div key={field.path} style={{ display: 'contents' }}>
            <dt>{pick(field.label)}</dt>
            <dd className="pl-answer">{answerText(field, value, language)}</dd>
          </div>
        );
      })}
      {cells.map((cell, position) => (
        <div key={position} style={{ display: 'contents' }}>
          <dt>
            {String(cell['financial_year'] ?? '')} · {sourceWord(String(cell['source'] ?? ''))}
          </dt>
          <dd className="pl-num">{moneyOrText(cell['amount'])}</dd>
        </div>
      ))}
      {typeof weights === 'object' &&
        weights !== null &&
        Object.entries(weights).map(([activity, weight]) => (
          <div key={activity} style={{ display: 'contents' }}>
            <dt>{activity}</dt>
            <dd className="pl-num">{String(weight)}</dd>
          </div>
        ))}
    </dl>
  );
}

function sourceWord(source: string): string {
  return wordFor(`applicant:budget.sources.${source}`) ?? source.replace(/^other:/, '');
}

function moneyOrText(value: unknown): string {
  const text = String(value ?? '');
  return DECIMAL.test(text) ? money(text) : text;
}

/** One answer in words; a missing key and a stated none are told apart. */
function answerText(field: FieldDataFragment, value: unknown, language: Language): string {
  const word = (key: 'state.notGiven' | 'state.none' | 'state.yes' | 'state.no') => i18next.t(key);
  if (value === undefined) return word('state.notGiven');
  if (value === null) return word('state.none');
  const label = (code: unknown) => field.options.find((option) => option.code === code)?.label[language] ?? String(code);
  if (typeof value === 'boolean') return value ? word('state.yes') : word('state.no');
  if (Array.isArray(value)) {
    const parts = (value as unknown[]).map((each) => {
      if (typeof each !== 'object' || each === null) return label(each);
      const row = each as Content;
      if ('share' in row || 'code' in row) {
        const share = String(row['share'] ?? '');
        return `${label(row['code'])} ${DECIMAL.test(share) ? percent(share) : share}`;
      }
      return Object.values(row).map(String).join(language === 'zh' ? '：' : ': ');
    });
    return parts.length === 0 ? word('state.none') : parts.join(language === 'zh' ? '、' : ', ');
  }
  if (typeof value === 'object') {
    // One answer for each figure, such as the evidence grades of an outcome.
    const each = Object.entries(value).map(([key, answer]) => `${wordFor(`parameter.${key}`) ?? key} ${String(answer)}`);
    return each.join(language === 'zh' ? '、' : ', ');
  }
  const text = String(value);
  if (field.kind === 'consent') return word('state.yes');
  if (field.kind === 'select') return label(value);
  if (field.kind === 'date') return /^\d{4}-\d{2}-\d{2}$/.test(text) ? date(text, language) : dateTime(text, language);
  if (!DECIMAL.test(text)) return text;
  if (field.kind === 'money') return money(text);
  if (field.kind === 'share') return percent(text);
  return field.kind === 'integer' || field.kind === 'decimal' ? grouped(text) : text;
}
