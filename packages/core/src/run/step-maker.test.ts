import { describe, expect, it } from 'vitest';
import { FolderNames } from '../naming/index.js';
import { defaultPolicies, type Decision } from '../plan/index.js';
import { createMemoryPlatform, item } from '../testing/index.js';
import { StepMaker } from './step-maker.js';

const { limits } = createMemoryPlatform();
const policies = defaultPolicies('COPY');
const maker = new StepMaker(undefined, { policies, limits, now: new Date(0) });
const rules = { invalidCharacters: 'REPLACE', truncateLongNames: true, duplicateNames: 'RENAME' } as const;
const folder = new FolderNames({ limits, rules, parentPathLength: 0, occupied: [] });
const place = { parentKey: '', name: 'a', isRevised: false, folder };

/** The step of a new item of that kind. */
function stepOfNew(kind: 'FILE' | 'FOLDER') {
  const source = { key: 'a', item: item('a', { kind }) };
  const decision: Decision = { action: 'CREATE', reason: 'NEW', message: 'It is new.' };
  return maker.make({ source, base: null, destination: 'ABSENT' }, decision, place, null);
}

describe('the step of a new item', () => {
  it.each(['FILE', 'FOLDER'] as const)('says nothing that only items have which are left as they are: %s', (kind) => {
    expect(stepOfNew(kind)).not.toHaveProperty('isNote');
  });

  it('knows no content of a folder', () => {
    expect(stepOfNew('FOLDER')).not.toHaveProperty('knownSha256');
  });
});
