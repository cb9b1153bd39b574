import { chmodSync, chownSync, closeSync, mkdtempSync, openSync, readdirSync, rmSync, statSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import { afterEach, describe, expect, test } from 'vitest';
import type { Written } from '@sluice/core/platform';
import { realDisk } from './disk/disk.js';
import { HookedDisk, systemError } from './testing/hooked-disk.js';
import { content, ShareFixture } from './testing/share-fixture.js';

const disk = realDisk();
const ACL = 'system.posix_acl_access';
const ACL_OF_FOLDER = 'system.posix_acl_default';
const EVERYBODY_ELSE = 0xffffffff;

/** An access control list as Linux keeps it: owner, one more user, group, mask and the others. */
function acl(user: number, permissions: number): Buffer {
  const entries = [
    [0x01, 6, EVERYBODY_ELSE],
    [0x02, permissions, user],
    [0x04, 4, EVERYBODY_ELSE],
    [0x10, permissions | 4, EVERYBODY_ELSE],
    [0x20, 0, EVERYBODY_ELSE],
  ] as const;
  const bytes = Buffer.alloc(4 + 8 * entries.length);
  bytes.writeUInt32LE(2, 0);
  for (const [index, [tag, allowed, id]] of entries.entries()) {
    bytes.writeUInt16LE(tag, 4 + 8 * index);
    bytes.writeUInt16LE(allowed, 6 + 8 * index);
    bytes.writeUInt32LE(id, 8 + 8 * index);
  }
  return bytes;
}

function set(path: string, name: string, value: Buffer): boolean {
  const file = openSync(path, 'r');
  try {
    return disk.setAttribute(file, name, value);
  } finally {
    closeSync(file);
  }
}

/** Why owners, lists and attributes cannot be tried here; null where they can. */
function obstacle(): string | null {
  if (process.getuid?.() !== 0) return 'only root gives files away';
  const folder = mkdtempSync(join(tmpdir(), 'sluice-acl-'));
  const isKept = set(folder, ACL, acl(1, 4)) && set(folder, 'user.sluice', Buffer.from('x'));
  rmSync(folder, { recursive: true });
  return isKept ? null : 'the file system of the temporary folder has no access control lists or extended attributes';
}

let share: ShareFixture;
let hooks: HookedDisk;
afterEach(() => share.dispose());

async function open(): Promise<void> {
  hooks = new HookedDisk();
  share = await ShareFixture.create('NEVER', undefined, hooks.disk);
}

async function replace(name: string, owner = 'run 1'): Promise<Written> {
  const request = { parent: await share.item(''), name, content: content('new'), replaces: await share.item(name) };
  return share.destination.write(request, share.call({ owner }));
}

const modeOf = async (path: string) => (await stat(share.root(path))).mode & 0o7777;
const reason = obstacle();

describe.skipIf(reason !== null)(`a replaced file${reason ? ` (skipped: ${reason})` : ''}`, () => {
  test('keeps owner, group, mode, access control list and extended attributes', async () => {
    await open();
    await share.put('plan.pdf', 'old');
    const path = share.root('plan.pdf');
    chownSync(path, 1234, 5678);
    chmodSync(path, 0o640);
    set(path, ACL, acl(4321, 6));
    for (const [name, value] of [
      ['user.xdg.tags', 'roof,north'],
      ['user.empty', ''],
    ] as const)
      set(path, name, Buffer.from(value));
    const before = { ...statSync(path), list: disk.attributeAt(path, ACL) };
    expect(await replace('plan.pdf')).not.toHaveProperty('note');
    const { uid, gid, mode } = statSync(path);
    expect({ uid, gid, mode }).toEqual({ uid: 1234, gid: 5678, mode: before.mode });
    expect(disk.attributeAt(path, ACL)).toEqual(before.list);
    expect(disk.attributesAt(path)?.sort()).toEqual([ACL, 'user.empty', 'user.xdg.tags']);
    expect(disk.attributeAt(path, 'user.xdg.tags')?.toString()).toBe('roof,north');
    expect(await readFile(path, 'utf8')).toBe('new');
  });

  test('takes no access control list from its folder that the old one had not', async () => {
    await open();
    await share.put('plan.pdf', 'old');
    chmodSync(share.root('plan.pdf'), 0o604);
    set(share.root(), ACL_OF_FOLDER, acl(4321, 6));
    await replace('plan.pdf');
    expect(disk.attributesAt(share.root('plan.pdf'))).toEqual([]);
    expect(await modeOf('plan.pdf')).toBe(0o604);
  });

  test('loses the rights that a program has, which must not pass to another content', async () => {
    await open();
    await share.put('tool', 'old');
    chmodSync(share.root('tool'), 0o6755);
    await replace('tool');
    expect(await modeOf('tool')).toBe(0o755);
  });

  test('gives nobody more rights where the account may not keep the group or the list', async () => {
    await open();
    await share.put('plan.pdf', 'old');
    chownSync(share.root('plan.pdf'), 1234, 5678);
    chmodSync(share.root('plan.pdf'), 0o664);
    hooks.before = (call) => {
      if (call === 'chown') throw systemError('EPERM');
    };
    const { note } = await replace('plan.pdf');
    expect(note).toContain('owner, group of the replaced file');
    expect(await modeOf('plan.pdf')).toBe(0o644);
  });

  test('of which something cannot be kept is told so once a run', async () => {
    await open();
    hooks.before = (call) => {
      if (call === 'chown') throw systemError('EPERM');
    };
    const notes: (string | undefined)[] = [];
    for (const [name, run] of [
      ['a', 'run 1'],
      ['b', 'run 1'],
      ['c', 'run 2'],
    ] as const) {
      await share.put(name, 'old');
      chownSync(share.root(name), 1234, 0);
      notes.push((await replace(name, run)).note);
    }
    expect(notes.map((note) => note?.includes('keep the owner of'))).toEqual([true, undefined, true]);
  });
});

describe('a file that is being written', () => {
  /** Modes of the working file each time that something was done, from its first moment on. */
  function watched(): Set<number> {
    const modes = new Set<number>();
    hooks.before = () => {
      const name = readdirSync(share.root()).find((each) => each.startsWith('.sluice-'));
      if (name !== undefined) modes.add(statSync(share.root(name)).mode & 0o777);
    };
    return modes;
  }

  test('is never readable for more people than the file that it replaces', async () => {
    await open();
    await share.put('secret.pdf', 'old');
    chmodSync(share.root('secret.pdf'), 0o600);
    const modes = watched();
    await replace('secret.pdf');
    expect([...modes]).toEqual([0o600]);
  });

  test('is its owner’s alone until it has the rights of the file that it replaces', async () => {
    await open();
    await share.put('plan.pdf', 'old');
    chmodSync(share.root('plan.pdf'), 0o664);
    const modes = watched();
    await replace('plan.pdf');
    // At the end the working name holds the old file for a moment, or the new one with its final rights.
    expect([...modes]).toEqual([0o600, 0o664]);
    expect(await modeOf('plan.pdf')).toBe(0o664);
  });

  // Only the process may say what new files are to lack, no thread of it.
  test.runIf(isMainThread)(
    'has from the first moment on the rights that every new file of the account has',
    async () => {
      const mask = process.umask(0o027);
      try {
        await open();
        const modes = watched();
        const request = { parent: await share.item(''), name: 'new.pdf', content: content('new') };
        await share.destination.write(request, share.call());
        expect([...modes]).toEqual([0o640]);
        expect(await modeOf('new.pdf')).toBe(0o640);
      } finally {
        process.umask(mask);
      }
    },
  );
});
