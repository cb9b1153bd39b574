import fs, { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { readSecretKey } from './secret-key.js';

/** Called after every call that could change a file, as another process that looks at that moment. */
const look = { after: (): void => undefined, linkError: null as string | null };

const WATCHED = [
  'openSync',
  'writeSync',
  'closeSync',
  'renameSync',
  'copyFileSync',
  'writeFileSync',
  'linkSync',
] as const;
type Watched = (typeof WATCHED)[number];
type Call = (...args: unknown[]) => unknown;
const original = Object.fromEntries(WATCHED.map((name) => [name, fs[name] as Call])) as Record<Watched, Call>;
let isLooking = false;

function lookOnce(): void {
  if (isLooking) return;
  isLooking = true;
  try {
    look.after();
  } finally {
    isLooking = false;
  }
}

function watched(name: Watched): Call {
  return (...args) => {
    if (name === 'linkSync' && look.linkError !== null)
      throw Object.assign(new Error('no links'), { code: look.linkError });
    const result = original[name](...args);
    lookOnce();
    return result;
  };
}

// The calls themselves are replaced, since a mock of the module would reach nobody who has loaded it already.
beforeAll(() => {
  Object.assign(fs, Object.fromEntries(WATCHED.map((name) => [name, watched(name)])));
  syncBuiltinESMExports();
});
afterAll(() => {
  Object.assign(fs, original);
  syncBuiltinESMExports();
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
