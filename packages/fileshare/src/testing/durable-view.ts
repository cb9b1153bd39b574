import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Disk } from '../disk/disk.js';

/**
 * What of a folder a loss of power would leave, on a disk that keeps nothing by itself: the bytes of a file by a call for the
 * file, a name by a call for the folder that has it, and everything by a call for the file system.
 */
export class DurableView {
  /** Names in each folder, and bytes of each file, as they are durable. */
  private readonly names = new Map<string, Map<string, string>>();
  private readonly bytes = new Map<string, string>();
  /** Is told of each change. */
  onChange: () => void = () => {};

  constructor(private readonly root: string) {
    this.keepBelow(root);
  }

  /** The disk with this memory; nothing of it waits for the real one. */
  watched(disk: Disk, syncsAsWhole: boolean): Disk {
    const sync = (file: number) => this.keep(readlinkSync(`/proc/self/fd/${file}`));
    const syncFileSystem = () => {
      if (syncsAsWhole) this.keepBelow(this.root);
      return syncsAsWhole;
    };
    return { ...disk, sync: (file) => this.told(sync(file)), syncFileSystem: () => this.told(syncFileSystem()) };
  }

  private told<T>(result: T): T {
    this.onChange();
    return result;
  }

  /** Texts of the files that would be there, by their paths below the root. */
  files(): Record<string, string> {
    const found: Record<string, string> = {};
    const walk = (path: string, key: string) => {
      const text = this.bytes.get(key);
      if (text !== undefined) found[path] = text;
      for (const [name, inner] of this.names.get(key) ?? []) walk(join(path, name), inner);
    };
    walk('', keyOf(this.root));
    return found;
  }

  private keepBelow(path: string): void {
    this.keep(path);
    if (lstatSync(path).isDirectory()) for (const name of readdirSync(path)) this.keepBelow(join(path, name));
  }

  private keep(path: string): void {
    if (!lstatSync(path).isDirectory()) return void this.bytes.set(keyOf(path), readFileSync(path, 'utf8'));
    this.names.set(keyOf(path), new Map(readdirSync(path).map((name) => [name, keyOf(join(path, name))])));
  }
}

/** Numbers of files that are gone are used again. */
function keyOf(path: string): string {
  const { ino, birthtimeNs } = lstatSync(path, { bigint: true });
  return `${ino} ${birthtimeNs}`;
}
