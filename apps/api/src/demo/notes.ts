import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FILE_MODE } from '../start/data-folder.js';

/** What the demo made at an earlier start. */
export interface DemoNotes {
  shareId: string | null;
  procoreId: string | null;
  jobId: string | null;
  /** Address of the sandbox that the connection knows. */
  procoreUrl: string | null;
}

const NOTHING: DemoNotes = { shareId: null, procoreId: null, jobId: null, procoreUrl: null };

const path = (folder: string): string => join(folder, 'demo.json');

export async function readNotes(folder: string): Promise<DemoNotes> {
  const text = await readFile(path(folder), 'utf8').catch(() => '{}');
  return { ...NOTHING, ...(JSON.parse(text) as Partial<DemoNotes>) };
}

export async function writeNotes(folder: string, notes: DemoNotes): Promise<void> {
  await writeFile(path(folder), `${JSON.stringify(notes, null, 2)}\n`, { mode: FILE_MODE });
}
