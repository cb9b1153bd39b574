import { mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ConfigError } from '../config.js';
import { readSecretKey } from './secret-key.js';
import { SealBrokenError, Vault } from './vault.js';

const key = 'a secret key of at least 32 characters';

it('gives back what was sealed, to its owner only', () => {
  const vault = new Vault(key);
  const sealed = vault.seal({ password: 'canary' }, 'con_1');
  expect(sealed).not.toContain('canary');
  expect(vault.seal({ password: 'canary' }, 'con_1')).not.toBe(sealed);
  expect(new Vault(key).open(sealed, 'con_1')).toEqual({ password: 'canary' });
  expect(() => vault.open(sealed, 'con_2')).toThrow(SealBrokenError);
});

it('refuses what was altered or sealed with another key', () => {
  const vault = new Vault(key);
  const sealed = vault.seal('x', 'a');
  const last = sealed.at(-2) === 'A' ? 'B' : 'A';
  expect(() => vault.open(`${sealed.slice(0, -2)}${last}${sealed.at(-1)}`, 'a')).toThrow('altered');
  expect(() => new Vault(`${key}!`).open(sealed, 'a')).toThrow('SLUICE_SECRET_KEY');
  expect(() => vault.open('nonsense', 'a')).toThrow(SealBrokenError);
});

it('makes keyed hashes that do not tell their input', () => {
  expect(new Vault(key).digest({ a: 1 })).toBe(new Vault(key).digest({ a: 1 }));
  expect(new Vault(key).digest({ a: 1 })).not.toBe(new Vault(`${key}!`).digest({ a: 1 }));
});

it('makes the key once, for nobody else to read', () => {
  const dataFolder = join(mkdtempSync(join(tmpdir(), 'sluice-key-')), 'data');
  const made = readSecretKey({ secretKey: null, dataFolder });
  expect(made.length).toBeGreaterThanOrEqual(43);
  expect(readSecretKey({ secretKey: null, dataFolder })).toBe(made);
  expect(statSync(join(dataFolder, 'secret.key')).mode & 0o777).toBe(0o600);
  expect(readSecretKey({ secretKey: 'given', dataFolder })).toBe('given');
  writeFileSync(join(dataFolder, 'secret.key'), 'short');
  expect(() => readSecretKey({ secretKey: null, dataFolder })).toThrow(ConfigError);
});
