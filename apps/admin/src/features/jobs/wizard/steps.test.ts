import { describe, expect, it } from 'vitest';
import { problemsOf, stepAt, stepOfField, stepsOf } from './steps.js';

describe('steps of the way to a job', () => {
  it('leave out the mappings of a scan, and lead on from there', () => {
    expect(stepsOf('SCAN')).toEqual(['type', 'locations', 'policies', 'filters', 'schedule', 'summary']);
    expect(stepsOf('COPY')).toContain('mappings');
    expect([stepAt('mappings', 'SCAN'), stepAt('mappings', 'COPY')]).toEqual(['filters', 'mappings']);
  });

  it.each([
    ['transferType', 'type'],
    ['source.connectionId', 'locations'],
    ['destination', 'locations'],
    ['policies.retries', 'policies'],
    ['policies.bandwidth.0', 'schedule'],
    ['mappingSetIds', 'mappings'],
    ['rules', 'filters'],
    ['schedule.windows.1', 'schedule'],
    ['name', 'summary'],
    ['sourcery', 'summary'],
    [null, 'summary'],
  ] as const)('show the field %s at %s', (path, step) => {
    expect(stepOfField(path)).toBe(step);
  });

  it('have the problems of their own fields only', () => {
    const problems = { name: 'a', 'source.at': 'b', 'policies.bandwidth.0': 'c' };
    expect(problemsOf(problems, 'locations')).toEqual({ 'source.at': 'b' });
    expect(problemsOf(problems, 'policies')).toEqual({});
  });
});
