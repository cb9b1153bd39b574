import { describe, expect, it } from 'vitest';
import type { Policies } from '../data.js';
import type { PolicyName } from './policies.js';
import { fits, isPossible, type SideFacts, type Sides } from './used-policies.js';

const side = (capabilities: readonly string[], facts: Partial<SideFacts> = {}): SideFacts => ({
  has: (capability) => capabilities.includes(capability),
  keepsDeleted: false,
  countsCalls: false,
  ...facts,
});
const share = side(['TIMESTAMP_PRESERVATION']);
const project = side(
  ['VERSION_PRESERVATION', 'FILE_LOCK_PROPAGATION', 'PERMISSION_PRESERVATION', 'GROUP_MAP', 'CONTENT_CHECKSUM'],
  { keepsDeleted: true, countsCalls: true },
);
const policies = { versionsAsFiles: false } as Policies;
const fitting = (type: string, sides: Sides, given = policies) =>
  (
    [
      ...['budgetShare', 'createGroups', 'deletePermanently', 'keepTimestamps', 'lockedFiles', 'maxVersions'],
      ...['onBudgetExhausted', 'permissions', 'readBack', 'versionsAsFiles'],
    ] as PolicyName[]
  ).filter((name) => fits(type, name, sides, given));

describe('what two sides give a policy to decide', () => {
  it('is nothing of versions, locks or calls between two shares', () => {
    expect(fitting('COPY', [share, share])).toEqual(['deletePermanently', 'keepTimestamps', 'readBack']);
  });

  it('is by what is written', () => {
    const calls = ['budgetShare', 'createGroups', 'lockedFiles', 'onBudgetExhausted'];
    expect(fitting('COPY', [share, project])).toEqual(calls);
    expect(fitting('COPY', [project, share])).toEqual(
      ['budgetShare', 'deletePermanently', 'keepTimestamps', 'lockedFiles', 'onBudgetExhausted'].concat(
        'readBack',
        'versionsAsFiles',
      ),
    );
  });

  it('is by both ways where both sides are written, and by the source where it is emptied', () => {
    expect(fitting('SYNC', [share, project])).toEqual(expect.arrayContaining(['keepTimestamps', 'readBack']));
    expect(fits('MOVE', 'deletePermanently', [share, project], policies)).toBe(true);
    expect(fits('PUBLISH', 'deletePermanently', [share, project], policies)).toBe(false);
  });

  it('has a number of versions where they are kept, or become files', () => {
    expect(fits('COPY', 'maxVersions', [project, project], policies)).toBe(true);
    expect(fits('COPY', 'maxVersions', [project, share], policies)).toBe(false);
    expect(fits('COPY', 'maxVersions', [project, share], { ...policies, versionsAsFiles: true })).toBe(true);
  });

  it('leaves every other policy to the type of transfer', () => {
    expect(fits('COPY', 'retries', [share, share], policies)).toBe(true);
  });
});

it('asks for locks on the other side only where both have some', () => {
  expect(isPossible('lockedFiles', 'PROPAGATE', [share, project])).toBe(false);
  expect(isPossible('lockedFiles', 'PROPAGATE', [project, project])).toBe(true);
  expect(isPossible('lockedFiles', 'FLAG', [share, share])).toBe(true);
});
