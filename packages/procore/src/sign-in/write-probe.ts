import { PlatformError } from '@sluice/core/platform';
import type { Address, Call, Content, Destination, Platform } from '@sluice/core/platform';

const BYTES = new TextEncoder().encode('Sluice tried whether it may write here.\n');
const CONTENT: Content = {
  size: BYTES.length,
  async *read(range) {
    yield BYTES.subarray(range?.start ?? 0, range?.end);
  },
};

/** Writes a small file and removes it; returns its name if it could not be removed. Throws why it could not be written. */
export async function probeWriting(
  platform: Pick<Platform, 'find'>,
  destination: Destination,
  folder: Address,
  random: () => number,
  call: Call,
): Promise<string | null> {
  const parent = await platform.find(folder, call);
  if (parent?.kind !== 'FOLDER') throw new PlatformError('NOT_FOUND', 'The folder to write to does not exist.');
  const name = `sluice-test-${Math.floor(random() * 36 ** 8).toString(36)}.txt`;
  const { item } = await destination.write({ parent, name, content: CONTENT }, call);
  try {
    await destination.remove?.(item, call);
    return null;
  } catch (error) {
    if (error instanceof PlatformError && error.kind !== 'ABORTED') return name;
    throw error;
  }
}
