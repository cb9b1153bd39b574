import { describe, expect, it } from 'vitest';
import { defaultPolicies } from '../plan/index.js';
import type { Item, Lock, Support } from '../platform/index.js';
import { createMemoryPlatform, item, MemoryEngineStore } from '../testing/index.js';
import { HeldItems } from './held-items.js';

const NOW = new Date('2026-11-21T10:00:00.000Z');
const theirs: Lock = { holder: 'Ada', until: null };
const locked = (path: string, over: Partial<Item> = {}) => item(path, { lock: theirs, ...over });
const folder = (path: string) => item(path, { kind: 'FOLDER', size: null, version: null });
const seen = (one: Item) => ({ key: one.path.join('/'), item: one });

/** Notes which folders are looked into. */
class WatchedStore extends MemoryEngineStore {
  readonly lookedInto: string[] = [];

  override async destinationChildren(...given: Parameters<MemoryEngineStore['destinationChildren']>) {
    this.lookedInto.push(given[0]);
    return super.destinationChildren(...given);
  }
}

async function heldAmong(items: readonly Item[], level: Support['level'] = 'FULL') {
  const store = new WatchedStore();
  await store.stage('DESTINATION', items.map(seen));
  const destination = createMemoryPlatform({ capabilities: { FILE_LOCK_PROPAGATION: { level } } });
  const held = new HeldItems({ store, destination }, { policies: defaultPolicies('COPY'), now: NOW });
  const messageOf = async (path: Item) => (await held.of(seen(path)))?.message ?? null;
  const messageOfOther = async (path: Item) => (await held.ofOther(seen(path)))?.message ?? null;
  return { held, store, messageOf, messageOfOther };
}

describe('a file', () => {
  it('that somebody else has locked keeps its place', async () => {
    const { held, messageOfOther } = await heldAmong([]);
    expect(await held.of(seen(locked('f/a')))).toMatchObject({
      action: 'REFUSE',
      reason: 'LOCKED',
      message: 'Ada has locked the file at the destination.',
    });
    expect(await messageOfOther(locked('f/a'))).toBe('Ada has locked “a” at the destination.');
  });

  it.each([
    ['nobody has locked', item('a')],
    ['the own account has locked', locked('a', { lock: { ...theirs, isOwn: true } })],
    ['was locked until a while ago', locked('a', { lock: { ...theirs, until: new Date(NOW.getTime() - 1) } })],
  ])('that %s may leave its place', async (_, file) => {
    expect(await (await heldAmong([])).messageOf(file)).toBeNull();
  });
});

describe('a folder', () => {
  const tree = [folder('f'), folder('f/s'), folder('f/s/t'), item('f/a'), locked('f/s/t/b'), folder('g'), item('g/c')];

  it('with a file that somebody has locked keeps its place, at any depth', async () => {
    const { messageOf, messageOfOther } = await heldAmong(tree);
    expect(await messageOf(folder('f'))).toBe('Ada has locked “s/t/b” in the folder at the destination.');
    expect(await messageOf(folder('f/s/t'))).toBe('Ada has locked “b” in the folder at the destination.');
    expect(await messageOfOther(folder('f'))).toBe('Ada has locked “s/t/b” in “f” at the destination.');
  });

  it('with nothing that others hold may leave its place', async () => {
    expect(await (await heldAmong(tree)).messageOf(folder('g'))).toBeNull();
  });

  it('with a file that the own account has locked may leave its place, and one with another is held by that', async () => {
    const own = locked('f/a', { lock: { ...theirs, isOwn: true } });
    expect(await (await heldAmong([folder('f'), own])).messageOf(folder('f'))).toBeNull();
    expect(await (await heldAmong([folder('f'), own, locked('f/b')])).messageOf(folder('f'))).toMatch(/“b”/);
  });

  it('is looked into once, whatever is found', async () => {
    const { messageOf, store } = await heldAmong(tree);
    for (const path of ['f', 'f', 'f/s', 'g', 'g']) await messageOf(folder(path));
    expect(store.lookedInto).toEqual(['f', 'f/s', 'f/s/t', 'g']);
  });

  it('is not looked into where the platform locks nothing', async () => {
    const { messageOf, store } = await heldAmong(tree, 'NONE');
    expect(await messageOf(folder('f'))).toBeNull();
    expect(store.lookedInto).toEqual([]);
  });
});
