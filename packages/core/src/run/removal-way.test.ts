import { describe, expect, it } from 'vitest';
import { defaultPolicies } from '../plan/index.js';
import { createMemoryPlatform } from '../testing/index.js';
import { keptAtOf, removalWay } from './removal-way.js';

const AT = new Date('2026-11-21T10:00:00.000Z');
const KEEPING = defaultPolicies('COPY');
const FOR_GOOD = { ...KEEPING, deletePermanently: true };

describe('what is removed', () => {
  it('goes to the recycle bin of its side, in the folder of the plan', () => {
    const told = 'It goes to the recycle bin of the source, from where it can be restored.';
    expect(removalWay(createMemoryPlatform(), KEEPING, AT, 'source')).toEqual({ trashedAt: AT.getTime(), how: told });
  });

  it('goes where its platform says', () => {
    const note = 'It goes to the folder .trash.';
    const platform = createMemoryPlatform({ capabilities: { RECYCLE_BIN: { level: 'LIMITED', note } } });
    expect(removalWay(platform, KEEPING, AT, 'destination')).toEqual({ trashedAt: AT.getTime(), how: note });
  });

  it('is kept nowhere where the job deletes for good', () => {
    expect(removalWay(createMemoryPlatform(), FOR_GOOD, AT, 'destination')).toEqual({
      trashedAt: null,
      how: 'It is deleted for good and cannot be put back.',
    });
  });
});

describe('a content that is replaced', () => {
  it.each([
    ['goes to the trash of the plan where the platform has one', { keepsReplaced: 'TRASH' }, KEEPING, AT.getTime()],
    ['goes nowhere where the job deletes for good', { keepsReplaced: 'TRASH' }, FOR_GOOD, null],
    ['stays as a version of its file where the platform keeps those', { keepsReplaced: 'VERSIONS' }, KEEPING, null],
    ['goes nowhere where the platform keeps nothing', {}, KEEPING, null],
    ['goes nowhere where nothing can be written', undefined, KEEPING, null],
  ] as const)('%s', (_, destination, policies, keptAt) => {
    expect(keptAtOf(destination, { policies, now: AT })).toBe(keptAt);
  });
});
