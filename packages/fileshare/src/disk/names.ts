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

/** Accounts and groups by name and number; each of the server's files is read once, when it is first needed. */
export class SystemNames {
  private readonly known: Partial<Record<NameKind, readonly SystemName[]>> = {};
  private readonly byNumber: Partial<Record<NameKind, ReadonlyMap<number, string>>> = {};

  constructor(private readonly disk: Disk) {}

  /** The number itself where the server has no name for it. */
  nameOf(kind: NameKind, id: number): string {
    const names = (this.byNumber[kind] ??= new Map(this.of(kind).map((one) => [one.id, one.name])));
    return names.get(id) ?? String(id);
  }

  /** Null for a name that the server does not know. What is a number only is one. */
  idOf(kind: NameKind, name: string): number | null {
    const found = this.of(kind).find((one) => one.name === name);
    if (found) return found.id;
    const id = /^\d{1,10}$/.test(name) ? Number(name) : null;
    return id !== null && id < NOBODY ? id : null;
  }

  private of(kind: NameKind): readonly SystemName[] {
    return (this.known[kind] ??= systemNames(this.disk, kind));
  }
}

/** The number that tells the system to leave owner or group as they are. */
const NOBODY = 0xffffffff;
