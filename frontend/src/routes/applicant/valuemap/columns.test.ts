// Why: a cell must show, take and keep exactly what a person means.
import { describe, expect, it } from 'vitest';
import { cohortText, readCohorts, withCohorts } from './cohorts';
import { cellText, COLUMNS, editText, lacksReason, outcomeText, typedValue, type ValueColumn } from './columns';

function column(key: string): ValueColumn {
  const found = COLUMNS.find((each) => each.key === key);
  if (!found) throw new Error(key);
  return found;
}
const listed: ValueColumn = {
  ...column('catalogue'),
  choices: [{ code: 'carer_stress', label: 'Less carer stress', names: ['Less carer stress', '照顧者壓力減輕'] }],
};

describe('value map cells', () => {
  it('read a share typed as a percentage and show it so', () => {
    expect(typedValue(column('deadweight'), '15')).toBe('0.15');
    expect(cellText(column('deadweight'), '0.15')).toBe('15%');
    expect(editText(column('deadweight'), '0.15')).toBe('15');
  });

  it('keep what cannot be read', () => {
    expect(typedValue(column('quantity'), 'about 40')).toBe('about 40');
    expect(cellText(column('quantity'), 'about 40')).toBe('about 40');
  });

  it('read whole numbers as integers and empty as unknown', () => {
    expect(typedValue(column('duration'), '３')).toBe(3);
    expect(typedValue(column('proxy'), '  ')).toBeUndefined();
  });

  it('never write a year with a comma', () => {
    expect(cellText(column('price_year'), 2024)).toBe('2024');
  });

  it('state that there is no price, in either language', () => {
    expect(typedValue(column('proxy'), 'not priced')).toBeNull();
    expect(typedValue(column('proxy'), '未定價')).toBeNull();
  });

  it('take a catalogue outcome by any of its names and show it by the one on screen', () => {
    expect(typedValue(listed, '照顧者壓力減輕')).toBe('carer_stress');
    expect(typedValue(listed, 'less CARER stress')).toBe('carer_stress');
    expect(cellText(listed, 'carer_stress')).toBe('Less carer stress');
    expect(typedValue(listed, 'something else')).toBe('something else');
  });

  it('show every grade of an outcome whose figures rest on different evidence', () => {
    expect(cellText(column('evidence_grade'), { quantity: 'D', proxy: 'B', deadweight: 'D' })).toBe('B/D');
  });

  it('say when a figure has no reason or no source yet', () => {
    const outcome = { deadweight: '0.2', reasons: { deadweight: 'Survey' } };
    expect(lacksReason(column('deadweight'), outcome)).toBe(true);
    expect(lacksReason(column('deadweight'), { ...outcome, sources: { deadweight: 'Own records' } })).toBe(false);
    expect(lacksReason(column('dropoff'), outcome)).toBe(false);
    expect(lacksReason(column('duration'), { duration: 2 })).toBe(false);
  });
});

describe('outcomes that start in several years', () => {
  const cohorts = [{ start: 1, quantity: '50' }, { start: 2, quantity: '1200' }];

  it('are written as pairs and read back', () => {
    expect(cohortText(cohorts)).toBe('1:50, 2:1200');
    expect(readCohorts('1:50, 2:1200')).toEqual(cohorts);
    expect(readCohorts('１：５０、2: 1,200')).toEqual(cohorts);
  });

  it('are not guessed at', () => {
    expect(readCohorts('50 then 200')).toBeNull();
    expect(readCohorts('0:50')).toBeNull();
    expect(readCohorts('1:50, 31:5')).toBeNull();
    expect(withCohorts({ id: 'o1', quantity: '9', start: 1 }, '1:x')).toEqual({ id: 'o1', quantity: '9', start: 1, cohorts: '1:x' });
  });

  it('stand instead of one quantity and one start', () => {
    expect(withCohorts({ id: 'o1', quantity: '9', start: 1 }, '1:50, 2:1200')).toEqual({ id: 'o1', cohorts });
    expect(withCohorts({ id: 'o1', cohorts }, '2:75')).toEqual({ id: 'o1', start: 2, quantity: '75' });
    expect(withCohorts({ id: 'o1', cohorts }, '')).toEqual({ id: 'o1' });
  });

  it('show all their quantities and years in the grid', () => {
    expect(outcomeText(column('quantity'), { cohorts })).toBe('50 + 1,200');
    expect(outcomeText(column('start'), { cohorts })).toBe('1, 2');
  });
});
