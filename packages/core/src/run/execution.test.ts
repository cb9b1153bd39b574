import { describe, expect, it } from 'vitest';
import { inertStep, type Remove } from '../plan/index.js';
import { PlatformError } from '../platform/index.js';
import { afterMicrotasks, folderStep, settledStep, undoneRun, type MemoryOperation } from '../testing/index.js';
import { folders, House, NOW } from './execution.testing.js';
import { Throttle } from './throttle.js';

const refused = new PlatformError('NAME_INVALID', 'No such name.');
const names = (count: number) => Array.from({ length: count }, (_, n) => `${n}`);

describe('a plan', () => {
  it('is carried out in its order, what is in a folder once that is there', async () => {
    const house = new House();
    const steps = [folderStep('f'), folderStep('f/s', { parentKey: 'f', name: 's' }), ...house.files('f/s/a', 'b')];
    expect(await house.run(steps)).toEqual({ kind: 'DONE' });
    expect(house.destination.tree()).toEqual(['b', 'f/', 'f/s/', 'f/s/a']);
    expect(house.told()).toEqual(['f CREATED', 'f/s CREATED', 'f/s/a CREATED', 'b CREATED']);
  });

  it('of nothing is done at once', async () => {
    expect(await new House().run([])).toEqual({ kind: 'DONE' });
  });

  it('makes the folder of the job first, where it is missing', async () => {
    const house = new House();
    await house.run(house.files('a'), { destinationRoot: ['new', 'job'] });
    expect(house.destination.tree()).toEqual(['new/', 'new/job/', 'new/job/a']);
  });

  it('of more steps than are taken at once is carried out to its end', async () => {
    const house = new House();
    house.policies = { ...house.policies, maxParallelTransfers: 16 };
    await house.run(folders(1_100));
    expect(house.destination.tree()).toHaveLength(1_100);
  });

  it('takes items as they are without a request', async () => {
    const house = new House();
    house.destination.seed([{ path: 'a', bytes: 'x' }]);
    const existing = house.destination.item('a')!;
    await house.run([settledStep('a', { action: 'ADOPT', existing })]);
    expect(house.told()).toEqual(['a ADOPTED']);
  });

  it('removes a folder once everything in it is removed', async () => {
    const house = new House();
    house.destination.seed(['f/a', 'f/s/b'].map((path) => ({ path, bytes: path })));
    const remove = (key: string): Remove => {
      const existing = house.destination.item(key)!;
      const { id, version } = existing;
      const of = { sourceKey: key, destinationKey: key, kind: existing.kind, existing, expects: { id, version } };
      return { ...inertStep(key, null), ...of, type: 'REMOVE', action: 'DELETE', trashedAt: 0 };
    };
    house.destination.onOperation(async ({ operation, path }) => {
      // What is deep takes longest.
      if (operation === 'remove') for (const _ of path) await afterMicrotasks();
    });
    await house.run(['f/a', 'f/s/b', 'f/s', 'f'].map(remove));
    expect(house.store.steps().map(({ attempts }) => attempts.length)).toEqual([1, 1, 1, 1]);
    expect(house.destination.tree()).toEqual([]);
  });

  it('tells when each attempt began and how long it took', async () => {
    const house = new House();
    house.destination.onOperation(({ operation, moment }) => {
      if (operation === 'write' && moment === 'before') house.time += 40;
    });
    await house.run(house.files('a'));
    expect(house.store.steps()[0]?.attempts).toMatchObject([{ startedAt: new Date(NOW), duration: 40, reason: null }]);
  });
});

describe('as many steps as the job allows', () => {
  it('are under way at the same time, and the report tells of them and their bytes', async () => {
    const house = new House();
    house.policies = { ...house.policies, maxParallelTransfers: 3 };
    const most = house.mostAtOnce('write');
    await house.run(house.files(...names(8)));
    expect(most()).toBe(3);
    expect(Math.max(...house.inFlight.map(([items]) => items))).toBe(3);
    expect(Math.max(...house.inFlight.map(([, bytes]) => bytes))).toBe(30);
    expect(house.inFlight.at(-1)).toEqual([0, 0]);
  });

  it.each([
    ['64 folders where files come over directly', {}, false, 64],
    ['as many as files where they do not', { without: ['direct'] as const }, false, 4],
    ['as many as files where a run is undone', {}, true, 4],
  ])('are for folders %s', async (_, options, isUndo, most) => {
    const house = new House(options);
    const count = house.mostAtOnce('ensureFolder');
    await house.run(folders(100), isUndo ? { undo: undoneRun(house.store) } : {});
    expect(count()).toBe(most);
  });
});

describe('files that come over directly', () => {
  it('are counted while they are under way', async () => {
    const house = new House({});
    expect(await house.run([...house.files('a', 'b'), folderStep('f')])).toEqual({ kind: 'DONE' });
    expect(house.destination.tree()).toEqual(['a', 'b', 'f/']);
    expect(Math.max(...house.inFlight.map(([, bytes]) => bytes))).toBe(20);
    expect(house.inFlight.at(-1)).toEqual([0, 0]);
  });

  it.each([
    ['do not where the bandwidth is limited', true, false],
    ['go by a limit that is set later', false, true],
  ])('%s', async (_, isSet, isBypassed) => {
    const house = new House({});
    const throttle = new Throttle({ monotonic: () => 0, sleep: async () => {} });
    throttle.limit(null, isSet);
    await house.run(house.files('a'), { throttle });
    expect(throttle.isBypassed).toBe(isBypassed);
    expect(house.told()).toEqual(['a CREATED']);
  });
});

describe('an item that fails', () => {
  it('is flagged, and the others come', async () => {
    const house = new House();
    house.policies = { ...house.policies, maxParallelTransfers: 1 };
    house.destination.failNext('write', refused);
    expect(await house.run(house.files('a', 'b'))).toEqual({ kind: 'DONE' });
    expect(house.told()).toEqual(['a FLAGGED', 'b CREATED']);
    expect(house.store.steps()[0]?.attempts).toMatchObject([{ reason: 'NAME_INVALID' }]);
  });

  it('halts the run where the job says so, and nothing else is begun', async () => {
    const house = new House();
    house.policies = { ...house.policies, maxParallelTransfers: 1, failure: 'HALT' };
    house.destination.failNext('write', refused);
    const end = await house.run(house.files('a', 'b', 'c'));
    expect(end).toEqual({ kind: 'HALTED', message: '"/a": No such name.' });
    expect(house.told()).toEqual(['a FLAGGED', 'b PENDING', 'c PENDING']);
  });

  it('halts nothing where it is only left out', async () => {
    const house = new House();
    house.policies = { ...house.policies, failure: 'HALT', lockedFiles: 'SKIP' };
    house.destination.failNext('write', new PlatformError('LOCKED', 'Ada has it.'));
    expect(await house.run(house.files('a'))).toEqual({ kind: 'DONE' });
    expect(house.told()).toEqual(['a SKIPPED']);
  });
});

describe('what is wrong with more than one item ends the run', () => {
  it.each(['SIGN_IN_REQUIRED', 'CREDENTIALS_INVALID', 'BUDGET_EXHAUSTED'] as const)('%s', async (kind) => {
    const house = new House();
    const error = new PlatformError(kind, 'No.');
    house.destination.failNext('write', error);
    expect(await house.run(house.files('a'))).toEqual({ kind: 'BROKEN', error });
    expect(house.told()).toEqual(['a PENDING']);
    expect(await house.run([])).toEqual({ kind: 'DONE' });
    expect(house.told()).toEqual(['a CREATED']);
  });

  it('a platform that is out of reach as a whole', async () => {
    const house = new House();
    const error = new PlatformError('UNREACHABLE', 'No answer.');
    house.destination.failNext('write', error);
    house.destination.failNext('check', error);
    expect(await house.run(house.files('a'))).toEqual({ kind: 'BROKEN', error });
    expect(house.told()).toEqual(['a IN_PROGRESS']);
  });

  it('the same refusal again and again', async () => {
    const house = new House();
    const error = new PlatformError('ACCESS_DENIED', 'No right.', { remoteStatus: '403' });
    house.destination.failNext('write', error, 50);
    const message = '5 items in a row failed at the destination for the same reason, so the run ended: No right.';
    expect(await house.run(house.files(...names(50)))).toMatchObject({ kind: 'BROKEN', error: { message } });
  });

  it('but not a refusal that comes now and then', async () => {
    const house = new House();
    house.policies = { ...house.policies, maxParallelTransfers: 1 };
    house.destination.onOperation(({ operation, moment, path }) => {
      if (operation === 'write' && moment === 'before' && path.at(-1) !== '4')
        throw new PlatformError('ACCESS_DENIED', 'No right.', { remoteStatus: '403' });
    });
    expect(await house.run(house.files(...names(9)))).toEqual({ kind: 'DONE' });
  });

  it('a folder of the job that cannot be made', async () => {
    const house = new House();
    house.destination.failNext('ensureFolder', refused);
    const end = await house.run(house.files('a'), { destinationRoot: ['new'] });
    expect(end).toEqual({ kind: 'BROKEN', error: refused });
  });

  it.each<[string, (house: House, bug: Error) => void]>([
    ['a bug', (house, bug) => house.destination.onOperation(failingAt('write', bug))],
    [
      'a store that keeps nothing',
      ({ store }, bug) => void Object.assign(store, { commit: () => Promise.reject(bug) }),
    ],
  ])('%s, loudly', async (_, spoil) => {
    const house = new House();
    const bug = new TypeError('x is not a function');
    spoil(house, bug);
    await expect(house.run(house.files('a'))).rejects.toBe(bug);
  });
});

const failingAt = (at: MemoryOperation, error: Error) => (event: { operation: MemoryOperation }) => {
  if (event.operation === at) throw error;
};
