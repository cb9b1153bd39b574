import { describe, expect, it } from 'vitest';
import { COPY, MIRRORED_COPY, PUBLISH, SYNC, type TransferTable } from '../decide/index.js';
import { MemoryEngineStore } from '../testing/index.js';
import { at } from './active-room.testing.js';
import { Extras } from './extras.js';

const children = async () => {
  const store = new MemoryEngineStore();
  await store.stage(
    'DESTINATION',
    ['f/a', 'f/b', 'f/c', 'g/d'].map((key) => at(key)),
  );
  return store;
};

const inFolder = async (table: TransferTable = PUBLISH) => {
  const extras = new Extras({ table });
  const there = { key: 'f', children: await (await children()).destinationChildren('f') };
  return { extras, folder: extras.inFolder('at source', there) };
};

it.each([
  ['a publication', PUBLISH, true],
  ['a copy', COPY, false],
  ['a copy that mirrors deletions', MIRRORED_COPY, false],
  ['a sync', SYNC, false],
])('whether %s removes what only the destination has: %#', (_, table, expected) => {
  expect(new Extras({ table }).isActive).toBe(expected);
});

describe('what only the destination has in a folder', () => {
  it('is what no item of the source belongs to', async () => {
    const { extras, folder } = await inFolder();
    folder.keep(at('elsewhere at the source', { id: 'id:f/b' }));
    folder.keep(null);
    folder.end();
    expect(extras.folders).toEqual([{ sourceKey: 'at source', key: 'f', positions: [0, 2] }]);
  });

  it('is known once all items of the source were planned', async () => {
    const { extras, folder } = await inFolder();
    folder.keep(at('f/b'));
    expect(extras.folders).toEqual([]);
  });

  it('is nothing where each item belongs to one', async () => {
    const { extras, folder } = await inFolder();
    for (const key of ['f/a', 'f/b', 'f/c']) folder.keep(at(key));
    folder.end();
    expect(extras.folders).toEqual([]);
  });

  it('is nothing in a new folder', () => {
    const extras = new Extras({ table: PUBLISH });
    extras.inFolder('f', null).end();
    expect(extras.folders).toEqual([]);
  });

  it('is no matter of a copy', async () => {
    const { extras, folder } = await inFolder(COPY);
    folder.end();
    expect(extras.folders).toEqual([]);
  });
});

describe('what stands in a folder of which the source has nothing', () => {
  const found = async (table: TransferTable, prepare: (extras: Extras) => void) => {
    const extras = new Extras({ table });
    prepare(extras);
    await extras.finish(await children());
    return extras.folders;
  };
  const ALL_OF_F = [{ sourceKey: 'at source', key: 'f', positions: [0, 1, 2] }];

  it('is extra in the end, all of it', async () => {
    expect(await found(PUBLISH, (extras) => extras.expect('at source', 'f'))).toEqual(ALL_OF_F);
  });

  it('is not where its items were planned', async () => {
    const planned = (extras: Extras) => {
      extras.expect('at source', 'f');
      extras.expect('another', 'g');
      extras.planned('another');
    };
    expect(await found(PUBLISH, planned)).toEqual(ALL_OF_F);
  });

  it('is nothing in a folder that is not there yet', async () => {
    expect(await found(PUBLISH, (extras) => extras.expect('at source', null))).toEqual([]);
  });

  it('is no matter of a copy', async () => {
    expect(await found(COPY, (extras) => extras.expect('at source', 'f'))).toEqual([]);
  });
});
