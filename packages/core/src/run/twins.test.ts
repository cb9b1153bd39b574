import { expect, it } from 'vitest';
import type { Item, Platform } from '../platform/index.js';
import { defaultPolicies } from '../plan/index.js';
import { createMemoryPlatform, MemoryEngineStore, MemoryJob, quietRun } from '../testing/index.js';
import { executeRun } from './index.js';

/** A platform that lists these items beside its own, such as one that holds a file and a folder of one name. */
function showing(platform: Platform, more: () => Item[]): Platform {
  const { source } = platform;
  const list = source!.list.bind(source);
  Object.assign(source!, {
    async *list(...asked: Parameters<typeof list>) {
      for await (const entry of list(...asked)) {
        if (entry.type !== 'end') {
          yield entry;
          continue;
        }
        for (const item of more()) yield { type: 'item', item };
        yield { type: 'end', proof: { ...entry.proof, seen: entry.proof.seen + more().length } };
      }
    },
  });
  return platform;
}

async function copy(source: Platform, destination: Platform, job: MemoryJob): Promise<MemoryEngineStore> {
  const store = new MemoryEngineStore(job);
  const end = await executeRun({
    ...{ source, destination, sourceRoot: [], destinationRoot: [], store },
    policies: defaultPolicies('COPY'),
    clock: { now: () => Date.UTC(2026, 10, 21, 12), monotonic: () => 0, sleep: async () => {} },
    ...quietRun(),
  });
  expect(end).toEqual({ kind: 'DONE' });
  return store;
}

it('two items of one path at the source both arrive, each under a name of its own, and stay so', async () => {
  const [source, destination, job] = [createMemoryPlatform(), createMemoryPlatform(), new MemoryJob()];
  source.seed([
    { path: 'x/in.txt', bytes: 'in' },
    { path: 'other', bytes: 'of the file' },
  ]);
  showing(source, () => [{ ...source.item('other')!, id: source.item('other')!.id, path: ['x'] }]);
  source.edit('other', {});
  await copy(source, destination, job);
  expect(destination.tree()).toContain('x/in.txt');
  expect(destination.tree().filter((path) => /^x \(\d\)$/.test(path))).toHaveLength(1);
  const again = await copy(source, destination, job);
  expect(again.steps().filter(({ outcome }) => outcome === 'CREATED')).toEqual([]);
});

it('of two folders of one path only the first is copied, and what is in the other is told, not mixed in', async () => {
  const [source, destination, job] = [createMemoryPlatform(), createMemoryPlatform(), new MemoryJob()];
  source.seed([{ path: 'x/in.txt', bytes: 'in' }, { path: 'y/sub' }, { path: 'y/sub/out.txt', bytes: 'out' }]);
  const y = source.item('y')!;
  const inner = source.item('y/sub')!;
  const file = source.item('y/sub/out.txt')!;
  source.denyListing('y', null);
  showing(source, () => [
    { ...y, id: 'z', identity: null, path: ['x'] },
    { ...inner, id: 'z2', identity: null, parentId: 'z', path: ['x', 'sub'] },
    { ...file, id: 'z3', identity: null, parentId: 'z2', path: ['x', 'sub', 'out.txt'] },
  ]);
  const store = await copy(source, destination, job);
  expect(destination.tree()).toEqual(['x/', 'x/in.txt', 'y/', 'y/sub/', 'y/sub/out.txt']);
  const refused = store.steps().filter(({ step }) => step.reason === 'DUPLICATE_NAME');
  expect(refused.map(({ step }) => step.sourceKey)).toEqual(['x', 'x/sub', 'x/sub/out.txt']);
});

it.each([
  ['a file and a folder', 'report', 'report', true],
  ['names that differ only by case', 'report', 'REPORT', true],
  ['names that differ only by Unicode form', 'r\u00e9port', 're\u0301port', true],
])(
  'at the destination %s are kept apart: the one of the kind and spelling of the source is compared',
  async (_, own, other) => {
    const limits = { isCaseSensitive: false, isUnicodeFormSensitive: false };
    const [source, destination, job] = [createMemoryPlatform(), createMemoryPlatform({ limits }), new MemoryJob()];
    source.seed([{ path: own, bytes: 'same' }]);
    destination.seed([
      { path: own, bytes: 'same' },
      { path: 'stranger/in.txt', bytes: 'x' },
    ]);
    const isFolder = own === other;
    showing(destination, () => [
      { ...destination.item(isFolder ? 'stranger' : 'stranger/in.txt')!, id: 'twin', identity: null, path: [other] },
    ]);
    const store = await copy(source, destination, job);
    expect(store.outcomes()).toEqual({ [own]: 'ADOPTED IDENTICAL' });
    expect(store.logged.map(({ message }) => message).join()).toContain('several items have one name');
  },
);

it('one name with NUL, and one that no platform holds, end no plan', async () => {
  const [source, destination, job] = [createMemoryPlatform(), createMemoryPlatform(), new MemoryJob()];
  source.seed([
    { path: 'a', bytes: 'a' },
    { path: 'nul', bytes: 'nul' },
    { path: 'slash', bytes: 'slash' },
  ]);
  const odd = (path: string, name: string) => ({ ...source.item(path)!, id: name, identity: null, path: [name] });
  showing(source, () => [odd('nul', 'n\0l'), odd('slash', '/'), odd('a', ''), odd('a', '..')]);
  const store = await copy(source, destination, job);
  expect(destination.tree()).toEqual(expect.arrayContaining(['a', 'nul', 'slash']));
  expect(store.steps().length).toBeGreaterThanOrEqual(5);
});
