import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';

const BOOT_ID = '/proc/sys/kernel/random/boot_id';

/**
 * Name of this machine since its start. Processes with the same name share the monotonic clock; where the system does not
 * tell, each process has a name of its own.
 */
export function nameOfMachine(read: (path: string) => string = (path) => readFileSync(path, 'utf8')): string {
  try {
    return read(BOOT_ID).trim() || randomUUID();
  } catch {
    return randomUUID();
  }
}
