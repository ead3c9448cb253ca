// Why: a dimension that is renamed or removed must not leave its name behind in anchors, readings or tie
// keys, and the sum people see must be the sum that is checked.
import { describe, expect, it } from 'vitest';
import programme from '../../../../../../seed/programmes/dedicated-fund-it.json';
import sections from '../../../../../../seed/programmes/dedicated-fund-it.sections.json';
import settings from '../../../../../../seed/programmes/dedicated-fund-it.settings.json';
import { asContent } from '../../../applicant/section/useSavedForm';
import { formContent } from '../body';
import {
  completed, dimensionsOf, isComplete, pointsOf, renamed, scopesOf, scoredBy, tieParts, weightsOf, withDimension, withoutDimension,
  withWeights,
} from './rubric';

const content = formContent({ ...programme, settings }, sections);
const settingsOf = (of: unknown) => asContent(asContent(of)['settings']);

describe('points', () => {
  it('of the demonstration come to a hundred, and what is no whole number counts for nothing', () => {
    expect(pointsOf(content)).toEqual({ sum: 100, left: 0 });
    expect(pointsOf({ rubric: { dimensions: [{ weight: 15 }, { weight: '20' }, { weight: 1.5 }, {}] } })).toEqual({ sum: 15, left: 85 });
    expect(pointsOf(undefined)).toEqual({ sum: 0, left: 100 });
  });
});

describe('weights that are taken over', () => {
  it('stand in the draft, and nothing else in it changes', () => {
    const after = withWeights(content, { ...weightsOf(content), R1: 30, R2: 5 });
    expect(weightsOf(after)).toEqual({ ...weightsOf(content), R1: 30, R2: 5 });
    expect(withWeights(after, weightsOf(content))).toEqual(content);
    expect(weightsOf(withWeights(content, { R9: 100 }))).toEqual(weightsOf(content));
  });

  it('are one short where an id is used twice or is missing', () => {
    const rubric = { dimensions: [{ id: 'R1', weight: 60 }, { id: 'R1', weight: 30 }, { id: '', weight: 10 }] };
    expect(Object.keys(weightsOf({ rubric }))).toHaveLength(1);
  });
});

describe('a dimension', () => {
  it('is added under the next id with the points that are left and six empty levels', () => {
    const less = withoutDimension(content, 7);
    const added = dimensionsOf(withDimension(less)).at(-1);
    expect(added).toMatchObject({ id: 'R8', weight: 5, source: 'reviewers' });
    expect(added?.['levels']).toHaveLength(6);
    expect(dimensionsOf(withDimension({}))[0]).toMatchObject({ id: 'R1', weight: 100 });
  });

  it('takes its anchors, its reading and its tie key along when it is renamed', () => {
    const after = settingsOf(renamed(content, 1, 'Value'));
    expect(after['machine_read']).toEqual({ Value: 'sroi_p5' });
    expect(Object.keys(asContent(after['anchors']))).toEqual(['reviewed', 'Value']);
    expect(after['tie_break']).toEqual(['Value:max', 'cost:min']);
    expect(dimensionsOf(renamed(content, 1, 'Value'))[1]?.['id']).toBe('Value');
  });

  it('leaves nothing behind when it is removed', () => {
    const after = withoutDimension(content, 1);
    expect(dimensionsOf(after).map(({ id }) => id)).toEqual(['R1', 'R3', 'R4', 'R5', 'R6', 'R7', 'R8']);
    expect(settingsOf(after)).toMatchObject({ machine_read: {}, anchors: { reviewed: { zero: '0', hundred: '5' } }, tie_break: ['cost:min'] });
    expect(settingsOf(after)['discount_rate']).toBe('0.035');
  });

  it('shares its settings with nobody: an id typed twice does not move them', () => {
    const twice = renamed(content, 0, 'R2');
    expect(settingsOf(renamed(twice, 0, 'R9'))['machine_read']).toEqual({ R2: 'sroi_p5' });
  });

  it('is scored by people or by the machine, said in both places', () => {
    const read = scoredBy(content, 0, 'machine');
    expect(dimensionsOf(read)[0]?.['source']).toBe('machine');
    expect(settingsOf(read)['machine_read']).toEqual({ R1: 'sroi_p5', R2: 'sroi_p5' });
    expect(asContent(settingsOf(read)['anchors'])['R1']).toEqual({ zero: '0', hundred: '5' });
    expect(settingsOf(scoredBy(read, 0, 'reviewers'))).toEqual(settingsOf(content));
  });
});

it('a dimension of an earlier version is given room for what it lacks', () => {
  const early = { id: 'R1', look_for: 'named problem', levels: [{ level: 3, en: 'a', zh: '甲' }] };
  expect(isComplete(early)).toBe(false);
  const after = completed(early);
  expect(isComplete(after)).toBe(true);
  expect(after['look_for']).toEqual({ en: 'named problem', zh: '' });
  expect((after['levels'] as unknown[])[3]).toEqual({ level: 3, en: 'a', zh: '甲' });
  expect(dimensionsOf(content).every(isComplete)).toBe(true);
});

it('a tie key is read from its end, and scopes come from the form', () => {
  expect(tieParts('R2:max')).toEqual({ name: 'R2', direction: 'max' });
  expect(tieParts('cost')).toEqual({ name: 'cost', direction: '' });
  expect(scopesOf(content).map(({ code }) => code)).toContain('it_infrastructure');
});
