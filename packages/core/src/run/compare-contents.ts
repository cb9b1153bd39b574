import { PlatformError, type PlatformErrorKind } from '../platform/index.js';
import { pathKey } from '../plan/index.js';
import { callTo } from './context.js';
import type { ActiveScan } from './scan-context.js';
import { HashedContent } from './hashed-content.js';
import type { ReadFile, UnreadFile } from './scan-ports.js';
import { paced } from './throttle.js';

/** Files that are read before their hashes are stored. */
const BATCH_FILES = 64;
/** Failures in a row after which the scan ends, on a platform of which each reading costs calls. */
const COSTLY_FAILURES_IN_A_ROW = 25;
/** Unread files that the log names. */
const MAX_NAMED_FILES = 3;

/** Trouble with the platform as a whole, or with the way to it: the scan rests, and goes on later. */
const OF_THE_PLATFORM: ReadonlySet<PlatformErrorKind> = new Set(['ABORTED', 'BUDGET_EXHAUSTED', 'UNREACHABLE']);

/** Reads the files of equal sizes that nobody has read yet. False when it was stopped before the last of them. */
export async function compareContents(scan: ActiveScan): Promise<boolean> {
  const reading = new Reading(scan);
  for (let last: UnreadFile | null = null; ;) {
    const files: UnreadFile[] = await scan.scans.unread(last, BATCH_FILES);
    if (files.length === 0) break;
    await scan.scans.noteHashes(await reading.readAll(files));
    if (scan.control.isStopping) return false;
    last = files.at(-1)!;
  }
  await reading.tellUnread();
  return true;
}

class Reading {
  private unread = 0;
  private readonly named: string[] = [];
  private failuresInARow = 0;
  private inFlight = 0;
  private bytesInFlight = 0;

  constructor(private readonly scan: ActiveScan) {}

  /** Those that were read, and those that cannot be; once the scan is to stop, no other is begun. */
  async readAll(files: readonly UnreadFile[]): Promise<ReadFile[]> {
    const waiting = files.values();
    const read: ReadFile[] = [];
    const lane = async () => {
      for (const file of waiting) {
        if (this.scan.control.isStopping) return;
        read.push(await this.read(file));
      }
    };
    const lanes = await Promise.allSettled(Array.from({ length: this.scan.maxParallelReads }, lane));
    const [failed] = lanes.filter((result) => result.status === 'rejected');
    if (!failed) return read;
    await this.scan.scans.noteHashes(read);
    throw failed.reason;
  }

  private async read({ id, file }: UnreadFile): Promise<ReadFile> {
    const { size } = file;
    this.fly(1, size);
    try {
      const sha256 = await this.hash(id, file);
      this.failuresInARow = 0;
      return { id, size, sha256 };
    } catch (error) {
      this.miss(file, error);
      return { id, size, sha256: null };
    } finally {
      this.fly(-1, -size);
    }
  }

  private async hash(id: number, file: UnreadFile['file']): Promise<string> {
    const { source, control, report } = this.scan;
    const call = callTo('SOURCE', this.scan, control.signal);
    const open = () => paced(this.scan, source.source!.open(file, call), call.signal);
    return new HashedContent(file.size, open, (bytes) => report.progress(String(id), bytes)).hash();
  }

  private fly(files: number, bytes: number): void {
    this.inFlight += files;
    this.bytesInFlight += bytes;
    this.scan.report.inFlight(this.inFlight, this.bytesInFlight);
  }

  /** A file that cannot be read is equal to none. Throws what concerns more than the file. */
  private miss({ path }: UnreadFile['file'], error: unknown): void {
    if (!(error instanceof PlatformError) || error.concernsAccount || OF_THE_PLATFORM.has(error.kind)) throw error;
    this.failuresInARow += 1;
    const isCostly = this.scan.source.destination?.cost !== undefined;
    if (isCostly && this.failuresInARow >= COSTLY_FAILURES_IN_A_ROW) throw error;
    this.unread += 1;
    if (this.named.length < MAX_NAMED_FILES) this.named.push(`"/${pathKey(path)}": ${error.message}`);
  }

  async tellUnread(): Promise<void> {
    if (this.unread === 0) return;
    const message = `${this.unread} files could not be read and are compared with none, such as ${this.named.join(' ')}`;
    await this.scan.store.log('WARNING', message);
  }
}
