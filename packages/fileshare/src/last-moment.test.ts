import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { PlatformError } from '@sluice/core/platform';
import type { Item } from '@sluice/core/platform';
import { HookedDisk } from './testing/hooked-disk.js';
import type { DiskCall } from './testing/hooked-disk.js';
import { content, ShareFixture } from './testing/share-fixture.js';

let share: ShareFixture;
let hooks: HookedDisk;
afterEach(() => share.dispose());

const SYSTEMS: [string, DiskCall[]][] = [
  ['where names can change places', []],
  ['where they cannot', ['exchange']],
  ['where nothing but links and renaming is there', ['exchange', 'renameToFree']],
];

async function open(lacking: DiskCall[]): Promise<Item> {
  hooks = new HookedDisk(lacking);
  share = await ShareFixture.create('NEVER', undefined, hooks.disk);
  await share.put('plan.pdf', 'the version before');
  return share.item('plan.pdf');
}

const EDITORS: Record<string, (path: string) => void> = {
  'writes into the file': (path) => writeFileSync(path, 'theirs'),
  'saves a new file in its place': (path) => {
    writeFileSync(share.outside('new'), 'theirs');
    renameSync(share.outside('new'), path);
  },
  'removes it and makes another': (path) => {
    rmSync(path, { force: true });
    writeFileSync(path, 'theirs');
  },
};

/** Does the work with an editor at work before the call of that number; returns the error and how many calls there were. */
async function withEditor(work: () => Promise<unknown>, edit: () => void, instant: number) {
  let calls = 0;
  hooks.before = () => {
    if (calls++ === instant) edit();
  };
  const error = await work().then(
    () => null,
    (cause: unknown) => cause,
  );
  hooks.before = () => {};
  if (calls <= instant) edit();
  return { error, calls };
}

const MAX_CALLS = 200;

/** Goes through all instants of the work, each on a share of its own. */
async function atEveryInstant(
  lacking: DiskCall[],
  edit: (path: string) => void,
  work: (item: Item) => Promise<unknown>,
  look: (error: unknown) => Promise<void>,
): Promise<number> {
  for (let instant = 0; instant < MAX_CALLS; instant += 1) {
    const item = await open(lacking);
    const { error, calls } = await withEditor(
      () => work(item),
      () => edit(share.root('plan.pdf')),
      instant,
    );
    await look(error);
    if (calls <= instant) return instant;
    await share.dispose();
  }
  throw new Error('The work does not end.');
}

const kindOf = (error: unknown) => (error instanceof PlatformError ? error.kind : error);

describe.each(SYSTEMS)('a file that changes at any instant of its replacement, %s', (_, lacking) => {
  const replace = async (replaces: Item) => {
    const request = { parent: await share.item(''), name: 'plan.pdf', content: content('ours'), replaces };
    return share.destination.write(request, share.call());
  };

  test.each(Object.entries(EDITORS))('is never lost when somebody %s', async (__, edit) => {
    const kinds = new Set<unknown>();
    const instants = await atEveryInstant(lacking, edit, replace, async (error) => {
      kinds.add(kindOf(error));
      expect(await readFile(share.root('plan.pdf'), 'utf8')).toBe('theirs');
      expect(await share.onDisk()).toEqual(['plan.pdf']);
    });
    expect(instants).toBeGreaterThan(15);
    expect([...kinds].sort()).toEqual(['CONFLICT', null].sort());
  });

  test('is not brought back when somebody removes it', async () => {
    let isRemoved = false;
    const remove = (path: string) => {
      isRemoved = existsSync(path);
      rmSync(path, { force: true });
    };
    await atEveryInstant(lacking, remove, replace, async (error) => {
      expect(['CONFLICT', null]).toContain(kindOf(error));
      expect(await share.onDisk()).toEqual(isRemoved ? [] : ['plan.pdf']);
    });
  });

  test('is kept beside the newest when it changes twice', async () => {
    await atEveryInstant(
      lacking,
      (path) => {
        EDITORS['saves a new file in its place']!(path);
        const before = hooks.before;
        let calls = 0;
        hooks.before = (call, args) => {
          before(call, args);
          if (calls++ === 2) writeFileSync(path, 'theirs, and later');
        };
      },
      replace,
      async () => {
        const files = await share.onDisk();
        const texts = await Promise.all(files.map((name) => readFile(share.root(name), 'utf8')));
        expect(files.filter((name) => name.startsWith('.'))).toEqual([]);
        expect(texts.some((text) => text.startsWith('theirs'))).toBe(true);
      },
    );
  });
});

describe.each(SYSTEMS)('a name that somebody takes at any instant, %s', (_, lacking) => {
  const take = () => writeFileSync(share.root('new.pdf'), 'theirs');

  test('is never overwritten by a new file', async () => {
    const create = async () => {
      const request = { parent: await share.item(''), name: 'new.pdf', content: content('ours') };
      return share.destination.write(request, share.call());
    };
    await atEveryInstant(lacking, take, create, async (error) => {
      expect(['NAME_TAKEN', null]).toContain(kindOf(error));
      expect(await readFile(share.root('new.pdf'), 'utf8')).toBe('theirs');
      expect(await share.onDisk()).toEqual(['new.pdf', 'plan.pdf']);
    });
  });

  test('is never overwritten by a file that is moved there', async () => {
    const move = async (item: Item) =>
      share.destination.move(item, { parent: await share.item(''), name: 'new.pdf' }, share.call());
    await atEveryInstant(lacking, take, move, async (error) => {
      const texts = await Promise.all((await share.onDisk()).map((name) => readFile(share.root(name), 'utf8')));
      // Who writes into the file that was moved just then has it back under the name that it had.
      expect(['NAME_TAKEN', 'CONFLICT', null]).toContain(kindOf(error));
      expect(texts).toContain('theirs');
      if (kindOf(error) === 'NAME_TAKEN') expect(texts.sort()).toEqual(['the version before', 'theirs']);
    });
  });
});

describe.each(SYSTEMS)('a file that changes at any instant, %s', (_, lacking) => {
  test.each(Object.entries(EDITORS))(
    'is never moved or removed as another version when somebody %s',
    async (__, edit) => {
      const works: ((item: Item) => Promise<unknown>)[] = [
        async (item) => share.destination.move(item, { parent: await share.item(''), name: 'moved.pdf' }, share.call()),
        (item) => share.destination.remove({ item, trash: { root: [], at: new Date(0) } }, share.call()),
      ];
      for (const work of works) {
        await atEveryInstant(lacking, edit, work, async (error) => {
          expect(['CONFLICT', null]).toContain(kindOf(error));
          expect(await readFile(share.root('plan.pdf'), 'utf8')).toBe('theirs');
          if (error !== null) expect(await share.onDisk()).not.toContain('moved.pdf');
        });
        await share.dispose();
      }
      await open([]);
    },
  );
});
