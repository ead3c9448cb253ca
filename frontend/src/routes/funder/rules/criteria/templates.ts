// Why: most criteria are one of a few kinds. A template brings the rule with gaps to fill in and the
// words for each outcome in both languages; all of it can be changed.
import type { Content } from '../../../applicant/section/path';
import { emptyTable } from '../tables';

export const TEMPLATES = [
  'blank', 'amount_at_most', 'date_within', 'date_not_before', 'one_of', 'must_be_given',
  'min_characters', 'document', 'every_line', 'cap_by_size', 'first_time',
] as const;
export type TemplateName = (typeof TEMPLATES)[number];

interface Words {
  pass?: [en: string, zh: string];
  fail?: [en: string, zh: string];
  unknown?: [en: string, zh: string];
  fixFail?: [en: string, zh: string];
  fixUnknown?: [en: string, zh: string];
}

interface Template {
  group: string;
  rule?: Content;
  fixField?: string;
  words: Words;
  /** A table that the rule reads, added where it is missing. */
  tables?: Record<string, Content>;
}

const ASKED = { field: 'application.requested_hkd' };
const SIZE_TABLE = 'cap_by_size';

const NOT_GIVEN: Words = {
  pass: ['This has been given.', '已提供所需資料。'],
  unknown: ['This has not been given yet.', '尚未提供所需資料。'],
  fail: ['This has not been given.', '並無提供所需資料。'],
  fixFail: ['Fill it in.', '請填寫。'],
  fixUnknown: ['Fill it in.', '請填寫。'],
};

const OVER_CAP: Words = {
  pass: ['The amount of {value} is within the limit of {threshold}.', '款額{value}在上限{threshold}之內。'],
  fail: ['The amount is {value}, which is {shortfall} over the limit of {threshold}.', '款額為{value}，較上限{threshold}多出{shortfall}。'],
  unknown: ['The limit cannot be checked, because an amount is missing.', '款額未齊，暫未能核對上限。'],
  fixFail: ['Reduce the amount by {shortfall}.', '請將款額減少{shortfall}。'],
  fixUnknown: ['Fill in the amount.', '請填寫款額。'],
};

const DATE_WORDS: Words = {
  unknown: ['The date has not been given.', '尚未填寫日期。'],
  fixUnknown: ['Fill in the date.', '請填寫日期。'],
};

const BUILT: Record<TemplateName, Template> = {
  blank: { group: '', words: {} },
  amount_at_most: {
    group: 'money',
    rule: { op: 'lte', left: ASKED, right: '' },
    fixField: ASKED.field,
    words: OVER_CAP,
  },
  date_within: {
    group: 'time',
    rule: { op: 'between', left: { field: 'project.start_on' }, low: '', high: '' },
    fixField: 'project.start_on',
    words: {
      ...DATE_WORDS,
      pass: ['The date, {value}, lies within the period.', '日期為{value}，在期限之內。'],
      fail: ['The date is {value}; it must lie from {low} to {high}.', '日期為{value}，須介乎{low}至{high}。'],
      fixFail: ['Choose a date from {low} to {high}.', '請選擇{low}至{high}之間的日期。'],
    },
  },
  date_not_before: {
    group: 'time',
    rule: { op: 'gte', left: { field: 'project.start_on' }, right: '' },
    fixField: 'project.start_on',
    words: {
      ...DATE_WORDS,
      pass: ['The date, {value}, is not before {threshold}.', '日期為{value}，不早於{threshold}。'],
      fail: ['The date is {value}, which is before {threshold}.', '日期為{value}，早於{threshold}。'],
      fixFail: ['Choose {threshold} or a later date.', '請選擇{threshold}或之後的日期。'],
    },
  },
  one_of: {
    group: 'project',
    rule: { op: 'in', left: { field: '' }, right: [] },
    words: {
      pass: ['The answer, {value}, is one that is accepted.', '所填「{value}」屬可接受的項目。'],
      fail: ['The answer is {value}, which is not accepted.', '所填「{value}」不屬可接受的項目。'],
      unknown: ['This has not been answered.', '尚未作答。'],
      fixFail: ['Accepted are: {threshold}.', '可接受的項目包括：{threshold}。'],
      fixUnknown: ['Choose an answer.', '請選擇答案。'],
    },
  },
  must_be_given: { group: 'project', rule: { op: 'present', left: { field: '' } }, words: NOT_GIVEN },
  min_characters: {
    group: 'project',
    rule: { op: 'min_length', left: { field: '' }, right: 50 },
    words: {
      pass: ['The answer is long enough.', '所填內容已達所需字數。'],
      fail: ['The answer has {value} characters; at least {threshold} are needed.', '所填內容只有{value}字，最少須有{threshold}字。'],
      unknown: ['This has not been answered.', '尚未作答。'],
      fixFail: ['Add at least {shortfall} characters.', '請最少補充{shortfall}字。'],
      fixUnknown: ['Write at least {threshold} characters.', '請填寫最少{threshold}字。'],
    },
  },
  document: {
    group: 'governance',
    rule: { op: 'present', left: { field: 'project.pia_document' } },
    fixField: 'project.pia_document',
    words: {
      pass: ['The document has been provided.', '已提供文件。'],
      fail: ['It is stated that there is no such document.', '已註明沒有該文件。'],
      unknown: ['The document has not been provided.', '尚未提供文件。'],
      fixFail: ['Provide the document.', '請提供文件。'],
      fixUnknown: ['Provide the document, or say that there is none.', '請提供文件，或註明沒有。'],
    },
  },
  every_line: {
    group: 'money',
    rule: {
      op: 'all',
      over: { field: 'application.budget_lines' },
      where: { op: 'lte', left: { field: 'item.requested_hkd' }, right: '' },
    },
    fixField: 'application.budget_lines',
    words: {
      pass: ['Every budget line meets the condition.', '每個預算項目均符合條件。'],
      fail: ['Budget line {item} does not meet the condition.', '第{item}個預算項目不符合條件。'],
      unknown: ['Some budget lines cannot be checked yet.', '部分預算項目暫未能核對。'],
      fixFail: ['Correct budget line {item}.', '請修正第{item}個預算項目。'],
      fixUnknown: ['Fill in all budget lines.', '請填妥所有預算項目。'],
    },
  },
  cap_by_size: {
    group: 'money',
    rule: { op: 'lte', left: ASKED, right: { op: 'table', name: SIZE_TABLE } },
    fixField: ASKED.field,
    words: OVER_CAP,
    tables: { [SIZE_TABLE]: emptyTable(['org.size_band'], '按機構規模的上限', 'Cap by size of the organisation') },
  },
  first_time: {
    group: 'track_record',
    rule: { op: 'eq', left: { field: 'org.first_time_applicant' }, right: true },
    fixField: 'org.first_time_applicant',
    words: {
      pass: ['The organisation has had no award under this programme.', '機構未曾在本計劃獲批款項。'],
      fail: ['The organisation has had an award under this programme before.', '機構以往曾在本計劃獲批款項。'],
      unknown: ['Earlier awards are not known.', '尚未知悉以往批款。'],
      fixFail: ['Only first-time applicants may apply.', '只限首次申請的機構。'],
      fixUnknown: ['Earlier awards come from the award ledger.', '以往批款取自批款記錄。'],
    },
  },
};

function both(words: [string, string] | undefined): Content | undefined {
  return words === undefined ? undefined : { en: words[0], zh: words[1] };
}

function given(entries: Record<string, unknown>): Content {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined));
}

/** A new criterion of this kind, and the tables it needs. */
export function fromTemplate(name: TemplateName, id: string): { criterion: Content; tables: Record<string, Content> } {
  const { group, rule, fixField, words, tables = {} } = BUILT[name];
  const criterion = given({
    id,
    group,
    severity: 'hard',
    question_en: '',
    question_zh: '',
    rule: rule ?? {},
    source: [],
    reason: given({ pass: both(words.pass), fail: both(words.fail), unknown: both(words.unknown) }),
    fix: given({ fail: both(words.fixFail), unknown: both(words.fixUnknown) }),
    fix_field: fixField,
  });
  return { criterion, tables };
}
