import { createHash } from 'node:crypto';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReportFormat } from '../db/tables/reports.js';

/** Text that is collected before it is written. */
const CHUNK_CHARACTERS = 65_536;

/** A file that was written as a whole. */
export interface WrittenFile {
  byteSize: number;
  /** In hex. */
  sha256: string;
}

/** Whose file is written: a report's, under a claim. */
export interface Writing {
  id: string;
  format: ReportFormat;
  claim: string;
}

export interface FoundFile {
  name: string;
  reportId: string;
  claim: string | null;
}

/** The files of reports, in a folder of the data folder. A file has its name once it is whole and durable. */
export class ReportFiles {
  private readonly folder: string;

  constructor(dataFolder: string) {
    this.folder = join(dataFolder, 'reports');
  }

  pathOf(reportId: string, format: ReportFormat): string {
    return join(this.folder, `${reportId}.${format.toLowerCase()}`);
  }

  /** Where whoever makes a report may keep what it needs meanwhile; it goes once the file is written or given up. */
  workFolderOf({ id, claim }: Pick<Writing, 'id' | 'claim'>): string {
    return join(this.folder, `${id}.${claim}.work`);
  }

  /** Writes texts to the file of a report, by a working file of the claim. Rejects when `signal` is aborted. */
  async write(writing: Writing, texts: AsyncIterable<string>, signal: AbortSignal): Promise<WrittenFile> {
    const { id, format, claim } = writing;
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const working = join(this.folder, `${id}.${claim}.part`);
    try {
      const written = await writeTexts(working, texts, signal);
      await rename(working, this.pathOf(id, format));
      return written;
    } catch (error) {
      await rm(working, { force: true });
      throw error;
    } finally {
      await rm(this.workFolderOf(writing), { recursive: true, force: true });
    }
  }

  async remove(reportId: string, format: ReportFormat): Promise<void> {
    await rm(this.pathOf(reportId, format), { force: true });
  }

  /** Everything in the folder, by the identifiers in the names; `claim`: of a working file. */
  async list(): Promise<FoundFile[]> {
    const names = await readdir(this.folder).catch(() => []);
    return names.map((name) => {
      const [reportId = '', second = '', third] = name.split('.');
      return { name, reportId, claim: third === 'part' || third === 'work' ? second : null };
    });
  }

  async discard({ name }: FoundFile): Promise<void> {
    await rm(join(this.folder, name), { recursive: true, force: true });
  }
}

async function writeTexts(path: string, texts: AsyncIterable<string>, signal: AbortSignal): Promise<WrittenFile> {
  const hash = createHash('sha256');
  let byteSize = 0;
  const file = await open(path, 'w', 0o600);
  try {
    let pending = '';
    const flush = async () => {
      signal.throwIfAborted();
      const bytes = Buffer.from(pending);
      pending = '';
      hash.update(bytes);
      byteSize += bytes.length;
      await file.writeFile(bytes);
    };
    for await (const text of texts) {
      pending += text;
      if (pending.length >= CHUNK_CHARACTERS) await flush();
    }
    await flush();
    await file.sync();
  } finally {
    await file.close();
  }
  return { byteSize, sha256: hash.digest('hex') };
}
