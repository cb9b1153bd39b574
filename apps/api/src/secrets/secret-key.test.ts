import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type * as Files from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { readSecretKey } from './secret-key.js';

/** Called after every call that could change a file, as another process that looks at that moment. */
const look = vi.hoisted(() => ({ after: (): void => undefined, linkError: null as string | null }));

vi.mock('node:fs', async (original) => {
  const files = await original<typeof Files>();
  const watched = <A extends unknown[], R>(call: (...args: A) => R) => {
    return (...args: A): R => {
      const result = call(...args);
      look.after();
      return result;
    };
  };
  const link = (from: string, to: string) => {
    if (look.linkError !== null) throw Object.assign(new Error('no links'), { code: look.linkError });
    files.linkSync(from, to);
  };
  const { openSync, writeSync, closeSync, renameSync, copyFileSync } = files;
  return {
    ...files,
    openSync: watched(openSync),
    writeSync: watched(writeSync as (...args: unknown[]) => number),
    closeSync: watched(closeSync),
    renameSync: watched(renameSync),
    copyFileSync: watched(copyFileSync),
    writeFileSync: watched(files.writeFileSync),
    linkSync: watched(link),
  };
});

let folder = '';
const file = () => join(folder, 'secret.key');
const read = () => readSecretKey({ secretKey: null, dataFolder: folder });
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-key-'));
});
afterEach(() => {
  look.after = () => undefined;
  look.linkError = null;
  rmSync(folder, { recursive: true });
});

it('is never seen without its whole key by another process', () => {
  const seen = new Set<string>();
  look.after = () => void (existsSync(file()) && seen.add(readFileSync(file(), 'utf8')));
  const key = read();
  expect([...seen]).toEqual([`${key}\n`]);
  expect(readdirSync(folder)).toEqual(['secret.key']);
  expect(statSync(file()).mode & 0o777).toBe(0o600);
});

it('is the one of the process that came first', () => {
  const first = 'the key of the other process, long enough';
  look.after = () => {
    look.after = () => undefined;
    writeFileSync(file(), first);
  };
  expect(read()).toBe(first);
  expect(readdirSync(folder)).toEqual(['secret.key']);
});

it('is made where the file system has no links', () => {
  for (const code of ['EPERM', 'ENOTSUP']) {
    rmSync(file(), { force: true });
    look.linkError = code;
    expect(read()).toBe(read());
    expect(readdirSync(folder)).toEqual(['secret.key']);
  }
});

it('is not made where the disk is full', () => {
  look.linkError = 'ENOSPC';
  expect(read).toThrow('secret key');
  expect(readdirSync(folder)).toEqual([]);
});
