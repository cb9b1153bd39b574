import { describe, test } from 'vitest';
import { abortingPromises } from './contract/aborting.js';
import { Bench } from './contract/bench.js';
import type { Promises } from './contract/bench.js';
import { changingPromises } from './contract/changing.js';
import { checkingPromises } from './contract/checking.js';
import { directPromises, writingDirectly } from './contract/direct.js';
import { folderPromises } from './contract/folders.js';
import { missing } from './contract/harness.js';
import type { PlatformHarness } from './contract/harness.js';
import { directoryPromises } from './contract/directory.js';
import { listingPromises } from './contract/listing.js';
import { metadataPromises } from './contract/metadata.js';
import { namePromises } from './contract/names.js';
import { readingPromises } from './contract/reading.js';
import { restoringPromises } from './contract/restoring.js';
import { writingPromises, writtenPromises } from './contract/writing.js';

const SECTIONS: Record<string, (promise: Promises) => void> = {
  listing: listingPromises,
  reading: readingPromises,
  folders: folderPromises,
  writing: writingPromises,
  'direct transfers': directPromises,
  'writing by direct transfers': (promise) =>
    writtenPromises((title, needs, body) =>
      promise(title, [...needs, 'direct'], (bench) => body(writingDirectly(bench))),
    ),
  names: namePromises,
  aborting: abortingPromises,
  changing: changingPromises,
  metadata: metadataPromises,
  directory: directoryPromises,
  restoring: restoringPromises,
  checking: checkingPromises,
};

/** The contract suite: one test for each promise of `Platform`, on a harness of its own. Absent roles skip theirs with a reason. */
export function describePlatform(name: string, makeHarness: () => PlatformHarness | Promise<PlatformHarness>): void {
  const promise: Promises = (title, needs, body) => {
    test(title, async ({ skip }) => {
      const harness = await makeHarness();
      try {
        const reason = missing(needs, harness);
        if (reason !== null) skip(reason);
        await body(new Bench(harness));
      } finally {
        await harness.platform.close();
        await harness.other?.platform.close();
        await harness.other?.dispose?.();
        await harness.dispose?.();
      }
    });
  };
  describe(`${name} keeps the contract`, () => {
    for (const [section, register] of Object.entries(SECTIONS)) describe(section, () => register(promise));
  });
}
