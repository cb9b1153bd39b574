import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';

/** SHA-256 in hex by path with forward slashes. */
export type Checksums = Record<string, string>;

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Writes files of the given texts or bytes. */
export async function plant(folder: string, files: Record<string, string | Uint8Array>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}

/** `fileCount` small files spread evenly over `folderCount` folders, each with content of its own. */
export function evenTree(fileCount: number, folderCount: number): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: fileCount }, (_, index) => {
      const folder = `Folder ${String(index % folderCount).padStart(3, '0')}`;
      return [`${folder}/Sheet ${String(index).padStart(5, '0')}.txt`, `Sheet ${index}\n${'·'.repeat(index % 500)}\n`];
    }),
  );
}

/** Every file below a folder. */
export async function checksums(folder: string): Promise<Checksums> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const pairs = await Promise.all(
    files.map(async (file) => [relative(folder, file).split(sep).join('/'), sha256(await readFile(file))] as const),
  );
  return Object.fromEntries(pairs);
}

/** How two sets of files differ, path by path; empty when they are equal. Reads better in a failure than two long lists. */
export function differences(found: Checksums, expected: Checksums): string[] {
  const paths = [...new Set([...Object.keys(found), ...Object.keys(expected)])].sort();
  return paths.flatMap((path) => {
    if (found[path] === expected[path]) return [];
    if (found[path] === undefined) return [`missing: ${path}`];
    return [expected[path] === undefined ? `too many: ${path}` : `other bytes: ${path}`];
  });
}
