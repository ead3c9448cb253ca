// Why: an address that was shared opens the same view, and nonsense in it opens the plain page.
import { describe, expect, it } from 'vitest';
import { placeOf, readCompareSearch, readDraftSearch, sideOf } from './search';

describe('the address of a draft', () => {
  it('keeps what it knows and leaves out the rest', () => {
    expect(readDraftSearch({ tab: 'test', at: '3', round: 'r1', q: 'DF', x: 1 })).toEqual({ tab: 'test', at: 3, round: 'r1', q: 'DF' });
    expect(readDraftSearch({ tab: 'nowhere', at: '-1', q: '' })).toEqual({});
    expect(readDraftSearch({ tab: 'criteria', at: 0 })).toEqual({ at: 0 });
  });
  it('leads to where a problem is mended', () => {
    expect(placeOf('criteria[3].rule.left.field')).toEqual({ tab: 'criteria', at: 3 });
    expect(placeOf('tables.cap_by_size.rows[1]')).toEqual({ tab: 'tables' });
    expect(placeOf('sections[2].fields[0].label.zh')).toEqual({ tab: 'form' });
    expect(placeOf('parameters.max_months')).toEqual({ tab: 'parameters' });
    expect(placeOf('rubric.dimensions[2].levels[3].zh')).toEqual({ tab: 'rubric' });
    expect(placeOf('settings.anchors.R2.hundred')).toEqual({ tab: 'rubric' });
    expect(placeOf('settings.machine_read.R2')).toEqual({ tab: 'rubric' });
    expect(placeOf('settings.stability.samples')).toEqual({ tab: 'ranking' });
    expect(placeOf('')).toEqual({ tab: 'criteria' });
  });
});

describe('the address of a comparison', () => {
  it('names a version or a draft', () => {
    expect(readCompareSearch({ from: 'v:1', to: 'd:abc' })).toEqual({ from: 'v:1', to: 'd:abc' });
    expect(readCompareSearch({ from: '1', to: '' })).toEqual({});
    expect(sideOf('v:2', 'p')).toEqual({ programmeId: 'p', version: '2' });
    expect(sideOf('d:abc', 'p')).toEqual({ draftId: 'abc' });
  });
});
