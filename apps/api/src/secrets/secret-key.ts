import { constants, copyFileSync, existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, type Config } from '../config.js';
import { explained, makeDataFolder } from '../start/data-folder.js';
import { codeOf } from '../start/causes.js';
import { randomToken } from './vault.js';

const WITHOUT_LINKS: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

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

/** The file appears with its whole content, since another process may read it at any moment; the first one made stays. */
function createOnce(file: string): void {
  if (existsSync(file)) return;
  const draft = `${file}.${randomToken(8)}`;
  try {
    writeFileSync(draft, `${randomToken()}\n`, { flag: 'wx', mode: 0o600, flush: true });
    publish(draft, file);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Gives a written file its name, unless there is one of that name. Some mounted file systems have no links. */
function publish(draft: string, file: string): void {
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!WITHOUT_LINKS.has(codeOf(error) ?? '')) throw error;
    copyFileSync(draft, file, constants.COPYFILE_EXCL);
  }
}
