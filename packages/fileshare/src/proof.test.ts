import { createHash } from 'node:crypto';
import { open, readdir, readFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Content } from '@sluice/core/platform';
import { failureOf, present, ShareFixture } from './testing/share-fixture.js';

let share: ShareFixture;
beforeEach(async () => {
  share = await ShareFixture.create();
});
afterEach(() => share.dispose());

const SEEDS = Array.from({ length: 100 }, (_, seed) => seed);
const SIZE_BYTES = 10_007;

const bytes = Buffer.from(Array.from({ length: SIZE_BYTES }, (_, at) => (at * 31 + (at >> 7)) & 255));
const expectedSha256 = () => createHash('sha256').update(bytes).digest('hex');

/** The bytes, and once they are written one bit of the file on the disk is flipped, at a place that follows from the seed. */
function flipped(seed: number): Content {
  return {
    size: SIZE_BYTES,
    async *read() {
      yield bytes;
      const name = present((await readdir(share.root())).find((each) => each.endsWith('.part')));
      const file = await open(share.root(name), 'r+');
      const at = (seed * 104_729) % SIZE_BYTES;
      await file.write(Buffer.from([present(bytes[at]) ^ (1 << (seed % 8))]), 0, 1, at);
      await file.close();
    },
  };
}

test.each(['new.bin', 'old.bin'])(
  '%s: every flipped bit is detected, and none comes under a final name',
  async (name) => {
    await share.put('old.bin', 'the version before');
    const replaces = name === 'old.bin' ? await share.item('old.bin') : undefined;
    const request = { parent: await share.item(''), name, replaces, expectedSha256 };
    for (const seed of SEEDS) {
      const failure = await failureOf(share.destination.write({ ...request, content: flipped(seed) }, share.call()));
      expect(failure.kind, `seed ${seed}`).toBe('VERIFICATION_FAILED');
      expect(await share.onDisk(), `seed ${seed}`).toEqual(['old.bin']);
    }
    expect(await readFile(share.root('old.bin'), 'utf8')).toBe('the version before');
    const content = {
      size: SIZE_BYTES,
      read: async function* () {
        yield bytes;
      },
    };
    const { verifiedBy } = await share.destination.write({ ...request, content }, share.call());
    expect(verifiedBy).toBe('CHECKSUM');
    expect((await readFile(share.root(name))).equals(bytes)).toBe(true);
  },
);
