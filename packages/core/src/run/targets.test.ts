import { describe, expect, it } from 'vitest';
import { PUBLISH } from '../decide/index.js';
import { skip } from '../plan/index.js';
import { MemoryEngineStore } from '../testing/index.js';
import { at, FOLDER } from './active-room.testing.js';
import { Extras } from './extras.js';
import { blockedBy, REMOVED_THERE, Targets } from './targets.js';
import type { TargetFolder } from './placing.js';

const blocked = blockedBy('NAME_INVALID', 'The name is not allowed.');
const goesTo = (key: string, over: Partial<TargetFolder> = {}): TargetFolder => ({
  ...{ key, listedKey: key, formerKey: key, movingId: null },
  ...over,
});

function targets() {
  const extras = new Extras({ table: PUBLISH });
  return { extras, targets: new Targets(['root', 'of job'], extras) };
}

describe('where a folder of the source goes', () => {
  it('is the place of the job for what is at its root', () => {
    expect(targets().targets.of('')).toEqual({ key: '', listedKey: '', formerKey: '', movingId: null });
  });

  it('is not known before it is planned', () => {
    expect(targets().targets.of('f')).toBeUndefined();
    expect(targets().targets.listedAt('f')).toBeNull();
  });

  it('is what was planned last', () => {
    const { targets: aimed } = targets();
    aimed.aim('f', goesTo('g'));
    aimed.aim('f', goesTo('h', { listedKey: 'h before' }));
    expect(aimed.of('f')).toEqual(goesTo('h', { listedKey: 'h before' }));
    expect(aimed.listedAt('f')).toBe('h before');
  });

  it('is listed nowhere where it goes nowhere', () => {
    const { targets: aimed } = targets();
    aimed.aim('f', blocked);
    expect(aimed.listedAt('f')).toBeNull();
  });

  it.each([
    ['at the root of the job', 'a', true],
    ['in a folder that is not planned yet', 'x/a', true],
    ['in a folder that goes somewhere', 'f/a', true],
    ['in a folder that goes nowhere', 'b/a', false],
  ])('an item %s gets a place: %s', (_, key, expected) => {
    const { targets: aimed } = targets();
    aimed.aim('f', goesTo('g'));
    aimed.aim('b', blocked);
    expect(aimed.takes(key)).toBe(expected);
  });

  it('is told as a path from the root of the connection', () => {
    const { targets: aimed } = targets();
    expect(aimed.pathOf(goesTo('f/a\u2215b'))).toEqual(['root', 'of job', 'f', 'a/b']);
    expect(aimed.pathOf(blocked)).toEqual(['root', 'of job']);
  });
});

describe('a folder that goes nowhere', () => {
  it('tells what is in it why', () => {
    expect(blocked).toEqual({
      blocked: {
        ...{ action: 'REFUSE', reason: 'NAME_INVALID' },
        message: 'Its folder is left out: The name is not allowed.',
        remedy: 'Solve the problem of the folder, then retry.',
      },
    });
    expect(REMOVED_THERE).toEqual({
      blocked: {
        ...{ action: 'SKIP', reason: 'OUT_OF_SCOPE' },
        message: 'Its folder was removed at the destination after it was migrated.',
      },
    });
  });

  it('hands on why it is left out', () => {
    const { targets: aimed } = targets();
    aimed.blockBelow(at('f', FOLDER), skip('NAME_TAKEN', 'A file has its name.'));
    expect(aimed.of('f')).toEqual({ blocked: skip('NAME_TAKEN', 'Its folder is left out: A file has its name.') });
  });

  it('says of what is in an empty one only that it is empty', () => {
    const { targets: aimed } = targets();
    aimed.blockBelow(at('f', FOLDER), skip('EMPTY_FOLDER', 'The folder is empty.'));
    expect(aimed.of('f')).toEqual({ blocked: skip('EMPTY_FOLDER', 'The folder is empty.') });
  });

  it('is no file', () => {
    const { targets: aimed } = targets();
    aimed.blockBelow(at('a'), skip('NAME_TAKEN', 'A folder has its name.'));
    expect(aimed.of('a')).toBeUndefined();
  });
});

it('what the destination has is extra in every folder to which a folder of the source goes, and in no other', async () => {
  const { targets: aimed, extras } = targets();
  aimed.aim('f', goesTo('g', { listedKey: 'g before' }));
  aimed.aim('n', goesTo('n', { listedKey: null }));
  aimed.aim('b', blocked);
  const store = new MemoryEngineStore();
  await store.stage('DESTINATION', [at('a'), at('g before/a'), at('n/a'), at('b/a')]);
  await extras.finish(store);
  expect(extras.folders).toEqual([
    { sourceKey: '', key: '', positions: [0] },
    { sourceKey: 'f', key: 'g before', positions: [0] },
  ]);
});

describe('folders that go into one which gets another place', () => {
  async function followed() {
    const { targets: aimed } = targets();
    aimed.aim('f', goesTo('g'));
    aimed.aim('f/x', goesTo('g/x'));
    aimed.aim('f/new', goesTo('g/new', { listedKey: null, movingId: 'as planned' }));
    aimed.aim('f/lost', goesTo('g/lost', { movingId: 'as planned' }));
    aimed.aim('g2', goesTo('g2'));
    aimed.aim('b', blocked);
    const store = new MemoryEngineStore();
    await store.stage('DESTINATION', [at('g', FOLDER), at('g/x', FOLDER), at('g2', FOLDER)]);
    await aimed.follow({ before: 'g', after: 'h/g' }, store);
    return aimed;
  }

  it.each<[string, string, Partial<TargetFolder>]>([
    ['goes along itself', 'f', { key: 'h/g', listedKey: 'g', movingId: 'id:g' }],
    ['takes those along that are in it', 'f/x', { key: 'h/g/x', listedKey: 'g/x', movingId: 'id:g/x' }],
    ['takes new ones along', 'f/new', { key: 'h/g/new', listedKey: null, movingId: 'as planned' }],
    ['takes those along that are not there any more', 'f/lost', { key: 'h/g/lost', movingId: 'as planned' }],
    ['leaves one whose name begins alike', 'g2', { key: 'g2', movingId: null }],
    ['leaves the root', '', { key: '', movingId: null }],
  ])('%s', async (_, key, expected) => {
    expect((await followed()).of(key)).toMatchObject(expected);
  });

  it('leaves those that go nowhere', async () => {
    expect((await followed()).of('b')).toEqual(blocked);
  });
});
