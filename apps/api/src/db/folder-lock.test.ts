import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSecretKey } from '../secrets/secret-key.js';
import { StartError } from '../start/start-error.js';
import { DataFolderInUseError, lockFolder } from './folder-lock.js';
import { openDatabase } from './open-database.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-folder-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const opening = (dataFolder: string) => openDatabase({ dataFolder, databaseUrl: null, role: 'all' });

describe('a data folder that cannot be used stops the start with a sentence', () => {
  it.each(['data', 'data/below'])('a file (%s)', async (path) => {
    writeFileSync(join(folder, 'data'), 'not a folder');
    await expect(opening(join(folder, path))).rejects.toThrow(StartError);
    await expect(opening(join(folder, path))).rejects.toThrow(/^The data folder .*data.* is a file or lies below one/);
  });

  // The folders of `/proc` refuse new files to every account, root too.
  it.runIf(existsSync('/sys/kernel'))('one that not even root may write', async () => {
    await expect(opening('/sys/kernel/sluice')).rejects.toThrow(StartError);
    await expect(opening('/sys/kernel/sluice')).rejects.toThrow(/^The data folder \/sys\/kernel\/sluice .*SLUICE_DATA/);
  });

  it('a lock file that cannot be opened is not “another Sluice”', () => {
    mkdirSync(join(folder, 'lock.db'));
    expect(() => lockFolder(folder)).toThrow(/^The lock file .*lock\.db is a folder where a file has to be\./);
    expect(() => lockFolder(folder)).not.toThrow(DataFolderInUseError);
  });

  it('a lock file that is no lock', () => {
    writeFileSync(join(folder, 'lock.db'), 'x'.repeat(5_000));
    expect(() => lockFolder(folder)).toThrow(/^The lock file .*lock\.db is damaged or no database/);
  });

  it('a database that is none, and the folder is free again', async () => {
    writeFileSync(join(folder, 'sluice.db'), 'x'.repeat(5_000));
    await expect(opening(folder)).rejects.toThrow(/^The database .*sluice\.db is damaged or no database/);
    rmSync(join(folder, 'sluice.db'));
    await (await opening(folder)).close();
  });

  it('a secret key that is a folder', () => {
    mkdirSync(join(folder, 'secret.key'));
    const reading = () => readSecretKey({ secretKey: null, dataFolder: folder });
    expect(reading).toThrow(/^The secret key .*secret\.key is a folder where a file has to be/);
  });
});
