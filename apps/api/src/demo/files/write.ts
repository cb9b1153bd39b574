import { mkdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FILE_MODE, FOLDER_MODE } from '../../start/data-folder.js';
import { below, dice } from './dice.js';
import { siteFiles } from './site.js';

const FIRST_FILE_TIME_MS = Date.UTC(2026, 3, 1);
const DAY_MS = 24 * 3600 * 1000;

/** Writes the demo's files unless the folder exists: people may have changed its content since. */
export async function writeSite(folder: string): Promise<void> {
  if (existsSync(folder)) return;
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  for (const file of siteFiles()) {
    const path = join(unfinished, ...file.path);
    await mkdir(dirname(path), { recursive: true, mode: FOLDER_MODE });
    await writeFile(path, file.bytes(), { mode: FILE_MODE });
    const time = new Date(FIRST_FILE_TIME_MS + below(dice(file.path.join('/')), 200) * DAY_MS);
    await utimes(path, time, time);
  }
  await rename(unfinished, folder);
}
