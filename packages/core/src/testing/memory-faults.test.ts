import { beforeEach, describe, expect, test } from 'vitest';
import { PlatformError } from '../platform/index.js';
import type { Call, Item, ListEntry } from '../platform/index.js';
import { collect, contentOf, failureOf } from './contract/bytes.js';
import { createMemoryPlatform } from './memory-platform.js';
import type { MemoryPlatform } from './memory-platform.js';

const call: Call = { signal: new AbortController().signal, priority: 'JOB', owner: 'test' };
const gone = new PlatformError('UNREACHABLE', 'No answer.');

let platform: MemoryPlatform;
beforeEach(() => {
  platform = createMemoryPlatform();
});

async function write(name: string, more: { inDoubtSince?: Date } = {}) {
  const parent = await platform.find({ path: [] }, call);
  if (!parent) throw new Error('The root is missing.');
  return platform.destination?.write({ parent, name, content: contentOf(new Uint8Array([1])), ...more }, call);
}

function item(path: string): Item {
  const found = platform.item(path);
  if (!found) throw new Error(`There is no “${path}”.`);
  return found;
}

async function list(): Promise<ListEntry[]> {
  const entries: ListEntry[] = [];
  for await (const entry of platform.source?.list({ folder: { path: [] } }, call) ?? [])
    if (entry.type !== 'end') entries.push(entry);
  return entries;
}

test('a planned fault is thrown as often as said, and for its operation alone', async () => {
  platform.failNext('write', gone, 2);
  expect(await platform.find({ path: [] }, call)).not.toBeNull();
  expect(await failureOf(write('a'))).toBe(gone);
  expect(await failureOf(write('a'))).toBe(gone);
  await write('a');
  expect(platform.tree()).toEqual(['a']);
});

test('a lost reply leaves the effect, and the next try finds it', async () => {
  platform.failNext('write', gone, 1, 'after');
  await failureOf(write('a'));
  expect(platform.tree()).toEqual(['a']);
  expect(await write('a', { inDoubtSince: new Date(0) })).toMatchObject({ wasAlreadyThere: true });
  expect(platform.versions('a')).toBe(1);
});

describe('a hook', () => {
  test('sees each operation before and after its effect', async () => {
    const seen: string[] = [];
    platform.onOperation(({ operation, moment, path }) => {
      if (operation === 'write') seen.push(`${moment} ${path.join('/')}: ${platform.tree().length}`);
    });
    await write('a');
    expect(seen).toEqual(['before a: 0', 'after a: 1']);
  });

  test('can stop everything, as a crash does, until it is taken away', async () => {
    platform.onOperation(() => {
      throw new Error('killed');
    });
    await expect(write('a')).rejects.toThrow('killed');
    platform.onOperation(null);
    await write('a');
    expect(platform.tree()).toEqual(['a']);
  });
});

test('a folder whose listing is denied is a problem and its siblings are listed', async () => {
  platform.seed([
    { path: 'closed/a', bytes: 'a' },
    { path: 'open/b', bytes: 'b' },
  ]);
  platform.denyListing('closed', new PlatformError('ACCESS_DENIED', 'No.'));
  const entries = await list();
  expect(
    entries
      .map((entry) => (entry.type === 'item' ? entry.item.path : entry.type === 'problem' ? entry.problem.path : []))
      .map((path) => path.join('/'))
      .sort(),
  ).toEqual(['closed', 'closed', 'open', 'open/b']);
  platform.denyListing('closed', null);
  expect((await list()).every((entry) => entry.type === 'item')).toBe(true);
});

test('a file can change while it is read, once', async () => {
  platform.seed([{ path: 'a', bytes: 'before' }]);
  platform.changeDuringRead('a', 'after');
  const read = () => collect(platform.source?.open(item('a'), call) ?? contentOf(new Uint8Array()).read());
  expect((await failureOf(read())).kind).toBe('CHANGED_DURING_READ');
  expect(new TextDecoder().decode(await read())).toBe('after');
  expect(platform.versions('a')).toBe(2);
});

test('what is locked or read-only is not changed, and what was removed behind is gone', async () => {
  platform.seed([{ path: 'a', bytes: 'a' }]);
  platform.edit('a', { lock: { holder: 'Ada', until: null } });
  const remove = () => platform.destination!.remove!({ item: item('a'), trash: { root: [], at: new Date(0) } }, call);
  expect((await failureOf(remove())).kind).toBe('LOCKED');
  platform.edit('a', { lock: null, isReadOnly: true });
  expect((await failureOf(remove())).kind).toBe('ACCESS_DENIED');
  platform.removeBehind('a');
  expect(platform.tree()).toEqual([]);
});

test('an engine that breaks its promise about names and sizes is found out', async () => {
  platform = createMemoryPlatform({ limits: { maxPathLength: 5, forbiddenCharacters: [':'], maxFileBytes: 0 } });
  expect((await failureOf(write('a:b'))).kind).toBe('NAME_INVALID');
  expect((await failureOf(write('abcdef'))).kind).toBe('PATH_TOO_LONG');
  expect((await failureOf(write('abc'))).kind).toBe('FILE_TOO_LARGE');
});
