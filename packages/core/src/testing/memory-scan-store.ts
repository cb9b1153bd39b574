import { groupBy } from '../platform/index.js';
import { pathKey } from '../plan/index.js';
import {
  MAX_DUPLICATE_GROUPS,
  MAX_DUPLICATE_PATHS,
  type ListedFigures,
  type ReadFile,
  type ScanDuplicates,
  type ScanStore,
  type SizedFile,
  type UnreadFile,
} from '../run/index.js';

interface Row extends UnreadFile {
  sha256: string | null;
  isRead: boolean;
}

/** A scan store in memory; a new process that is given it finds what `kill -9` leaves. */
export class MemoryScanStore implements ScanStore {
  figures: ListedFigures | null = null;
  duplicates: ScanDuplicates | null = null;
  private rows: Row[] = [];

  async reset(): Promise<void> {
    this.figures = this.duplicates = null;
    this.rows = [];
  }

  async addFiles(files: readonly SizedFile[]): Promise<void> {
    for (const file of files)
      this.rows.push({ id: this.rows.length + 1, file, sha256: file.sha256, isRead: file.sha256 !== null });
  }

  async keepFigures(figures: ListedFigures): Promise<void> {
    this.figures = figures;
  }

  async unread(after: UnreadFile | null, limit: number): Promise<UnreadFile[]> {
    const isAfter = ({ id, file: { size } }: UnreadFile) =>
      after === null || size < after.file.size || (size === after.file.size && id < after.id);
    const sizes = groupBy(this.rows, ({ file }) => String(file.size));
    return this.rows
      .filter((row) => !row.isRead && isAfter(row) && sizes.get(String(row.file.size))!.length > 1)
      .sort((a, b) => b.file.size - a.file.size || b.id - a.id)
      .slice(0, limit)
      .map(({ id, file }) => ({ id, file }));
  }

  async noteHashes(read: readonly ReadFile[]): Promise<void> {
    for (const { id, sha256 } of read) Object.assign(this.rows[id - 1]!, { sha256, isRead: true });
  }

  async finish(): Promise<void> {
    const hashed = this.rows.filter(({ sha256 }) => sha256 !== null);
    const groups = [...groupBy(hashed, ({ file, sha256 }) => `${file.size} ${sha256}`).values()]
      .filter(({ length }) => length > 1)
      .map((rows) => ({
        sha256: rows[0]!.sha256!,
        byteSize: rows[0]!.file.size,
        fileCount: rows.length,
        paths: rows.slice(0, MAX_DUPLICATE_PATHS).map(({ file }) => `/${pathKey(file.path)}`),
      }))
      .sort((a, b) => wasted(b) - wasted(a) || (a.sha256 < b.sha256 ? -1 : 1));
    this.duplicates = {
      groupCount: groups.length,
      byteCount: groups.reduce((sum, group) => sum + wasted(group), 0),
      groups: groups.slice(0, MAX_DUPLICATE_GROUPS),
    };
  }
}

const wasted = ({ byteSize, fileCount }: { byteSize: number; fileCount: number }) => byteSize * (fileCount - 1);
