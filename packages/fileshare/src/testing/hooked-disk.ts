import { realDisk } from '../disk/disk.js';
import type { Disk } from '../disk/disk.js';

export type DiskCall = keyof Disk;

/** A disk on which something happens before a call, such as an error of the system or a change by somebody else. */
export class HookedDisk {
  /** May throw, which is then the call's own error. */
  before: (call: DiskCall, args: readonly unknown[]) => void = () => {};
  readonly disk: Disk;

  /** `lacking` are calls that this system refuses. */
  constructor(lacking: readonly DiskCall[] = []) {
    const real = realDisk();
    this.disk = Object.fromEntries(
      Object.entries(real).map(([name, call]) => [name, this.hooked(name as DiskCall, lacking, call as Work)]),
    ) as unknown as Disk;
  }

  private hooked(name: DiskCall, lacking: readonly DiskCall[], call: Work): Work {
    return (...args) => {
      this.before(name, args);
      if (!lacking.includes(name)) return call(...args);
      return REFUSALS[name] ?? false;
    };
  }
}

/** How calls tell that they were not done, where it is not `false`. */
const REFUSALS: Partial<Record<DiskCall, unknown>> = {
  entriesOf: -1,
  openAt: -1,
  readAt: -1,
  writeNext: -1,
  statIn: 'REFUSED',
  attributeOf: null,
};

type Work = (...args: unknown[]) => unknown;

export function systemError(code: string): Error {
  return Object.assign(new Error(code), { code });
}
