import type { FileHandle } from 'node:fs/promises';

/** Sets access and modification time of an open file or folder, in nanoseconds since 1970. */
export type SetTime = (file: FileHandle, accessed: bigint, modified: bigint) => Promise<void>;

const NANOSECONDS_PER_SECOND = 1_000_000_000n;
const HALF_A_MICROSECOND = 5e-7;

let chosen: Promise<SetTime> | null = null;

/**
 * Sets the time to the nanosecond where the system's own call can be reached, else to the microsecond: Node takes a time as
 * a fraction of seconds and cuts it there.
 */
export const setTime: SetTime = async (file, accessed, modified) => {
  chosen ??= systemCall().catch(() => setToMicrosecond);
  await (
    await chosen
  )(file, accessed, modified);
};

/** Half a microsecond more, because the fraction is cut, not rounded. */
export const setToMicrosecond: SetTime = async (file, accessed, modified) => {
  const seconds = (time: bigint) => Number(time / 1000n) / 1e6 + HALF_A_MICROSECOND;
  await file.utimes(seconds(accessed), seconds(modified));
};

/** `futimens` of the C library, which 64-bit Unix systems have with the same layout: two pairs of seconds and nanoseconds. */
async function systemCall(): Promise<SetTime> {
  if (
    process.platform === 'win32' ||
    !['x64', 'arm64', 'ppc64', 'riscv64', 'loong64', 's390x'].includes(process.arch)
  ) {
    throw new Error('This system counts its times otherwise.');
  }
  const { default: koffi } = await import('koffi');
  const futimens = koffi.load(null).func('int futimens(int file, const void *times)');
  return async (file, accessed, modified) => {
    const times = new BigInt64Array([accessed, modified].flatMap(secondsAndRest));
    const result = await new Promise<number>((resolve, reject) => {
      futimens.async(file.fd, times, (error: Error | null, value: number) => {
        if (error) reject(error);
        else resolve(value);
      });
    });
    // Node's own call then says why the system refuses.
    if (result !== 0) await setToMicrosecond(file, accessed, modified);
  };
}

/** Whole seconds and the nanoseconds beyond them, which are never negative, for times before 1970 too. */
function secondsAndRest(time: bigint): [bigint, bigint] {
  const rest = ((time % NANOSECONDS_PER_SECOND) + NANOSECONDS_PER_SECOND) % NANOSECONDS_PER_SECOND;
  return [(time - rest) / NANOSECONDS_PER_SECOND, rest];
}
