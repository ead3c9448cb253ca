// Why: who reads a list of problems must know at once which criterion, table or question each is about.
import { beforeAll, expect, it } from 'vitest';
import { wordFor } from '@/i18n';
import { wordsReady } from '@/test-words';
import { placeWords } from './place';

const CONTENT = {
  criteria: [{ id: 'DF-E01' }],
  tables: { cap_by_size: { label: { en: 'Cap by size', zh: '按規模的上限' } } },
  sections: [{ code: 'project', title: { en: 'The project', zh: '項目內容' }, fields: [{ path: 'need', label: { en: 'Need', zh: '' } }] }],
  rubric: { dimensions: [{ id: 'R3', en: 'Efficiency', zh: '效率' }] },
  stages: [{ code: 'received', name: { en: 'Received', zh: '已收到' } }],
};

beforeAll(() => wordsReady('en'));

it.each([
  ['criteria[0].question_zh', 'DF-E01 · Question (Chinese)'],
  ['criteria[0].rule.left.field', 'DF-E01 · Rule'],
  ['criteria[0].reason.fail.zh', 'DF-E01 · Reason, not met (Chinese)'],
  ['criteria[0].reason.fail', 'DF-E01 · Reason'],
  ['criteria[0]', 'DF-E01'],
  ['tables.cap_by_size.rows[1].when[0]', 'Cap by size · Row 2'],
  ['tables.cap_by_size.label.en', 'Cap by size'],
  ['sections[0].fields[0].label.zh', 'The project · Need'],
  ['sections[0].title.zh', 'The project'],
  ['stages[0].name.zh', 'Received'],
  ['parameters.max_months', 'Parameters · max_months'],
  ['words.lsg.zh', 'Words · lsg'],
  ['settings', 'Settings'],
  ['rubric.dimensions', 'Rubric'],
  ['rubric.dimensions[0]', 'R3'],
  ['rubric.dimensions[0].weight', 'R3 · Points'],
  ['rubric.dimensions[0].levels[2].zh', 'R3 · Level 2 (Chinese)'],
  ['rubric.dimensions[0].look_for.en', 'R3 · What reviewers look for (English)'],
  ['settings.anchors.R2.by_scope.it_system.zero', 'Anchors · R2 it_system'],
  ['settings.stability.samples', 'Varied weights · Number of weightings'],
  ['settings.reviews_min', 'Fewest reviews'],
  ['settings.tie_break[1]', 'Ties'],
  ['settings.constraints.small_share', 'Fairness rules · Least share for small organisations'],
  ['settings.constraints.at_most', 'Fairness rules · At most'],
  ['settings.constraints.at_most[1].value', 'Fairness rules · At most 2'],
])('%s', (path, words) => expect(placeWords(path, CONTENT, 'en', (key) => wordFor(`rules:${key}`))).toBe(words));
