import type { Disk } from './disk.js';

/** A person or group as the server's own files name it. */
export interface SystemName {
  id: number;
  name: string;
  /** What people call it; the name where there is nothing else. */
  label: string;
}

/** Larger files, and more names, are not what a server's own accounts are kept in. */
const MAX_BYTES = 4 * 1024 * 1024;
const MAX_NAMES = 50_000;

const FILES = { ACCOUNT: '/etc/passwd', GROUP: '/etc/group' } as const;
export type NameKind = keyof typeof FILES;

/** Accounts or groups that the server itself knows, in the order of its file; none where it has no such file. */
export function systemNames(disk: Disk, kind: NameKind): SystemName[] {
  const lines = textOf(disk, FILES[kind]).split('\n', MAX_NAMES);
  return lines.flatMap((line) => {
    const [name, , number, , people] = line.split(':');
    if (!name || !number || !/^\d{1,10}$/.test(number)) return [];
    const label = kind === 'ACCOUNT' ? people?.split(',', 1)[0]?.trim() : null;
    return [{ id: Number(number), name, label: label || name }];
  });
}

function textOf(disk: Disk, path: string): string {
  try {
    return disk.stat(path).size > MAX_BYTES ? '' : disk.readFile(path);
  } catch {
    return '';
  }
}
