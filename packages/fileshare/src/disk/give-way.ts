import { getPriority, setPriority } from 'node:os';

const LEAST_PRIORITY = 19;
const STEPS = 9;

/**
 * Has this thread work after the main thread of its process, which answers requests and must not be kept from ending a
 * transaction that others wait for. Only Linux has priorities of threads; elsewhere the call is about the whole process.
 */
export function giveWay(): void {
  if (process.platform !== 'linux') return;
  try {
    setPriority(0, Math.min(LEAST_PRIORITY, getPriority(0) + STEPS));
  } catch {
    // A system that refuses it has all threads work alike.
  }
}
