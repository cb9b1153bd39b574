import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, type Config } from '../config.js';
import { explained, makeDataFolder } from '../db/data-folder.js';
import { randomToken } from './vault.js';

/** The installation's key: from the settings, else from the data folder, where it is made once with mode 0600. */
export function readSecretKey({ secretKey, dataFolder }: Pick<Config, 'secretKey' | 'dataFolder'>): string {
  if (secretKey !== null) return secretKey;
  makeDataFolder(dataFolder);
  const file = join(dataFolder, 'secret.key');
  const key = explained(`The secret key ${file}`, () => {
    createOnce(file);
    return readFileSync(file, 'utf8').trim();
  });
  if (key.length < 32)
    throw new ConfigError(`The file secret.key in ${dataFolder} is damaged; restore it or set SLUICE_SECRET_KEY.`);
  return key;
}

function createOnce(file: string): void {
  try {
    const handle = openSync(file, 'wx', 0o600);
    writeSync(handle, `${randomToken()}\n`);
    closeSync(handle);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
