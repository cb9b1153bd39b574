import { describePlatform } from '@sluice/core/testing';
import type { Seed } from '@sluice/core/testing';
import type { Platform } from '@sluice/core/platform';
import { seeded } from '@sluice/procore-sandbox';
import type { Sandbox } from '@sluice/procore-sandbox';
import { openBench, testCall } from './test-bench.js';

const ROOT = 'suite';
/** One custom field of each type. */
const SAMPLES = {
  fields: {
    custom_field_41007: 'A-2',
    custom_field_41008: '12.5',
    custom_field_41009: 'true',
    custom_field_41010: 'Approved',
    custom_field_41011: 'Civil;Marine',
    custom_field_41012: '2019-03-04T05:06:07.000Z',
  },
  tags: ['as-built', 'Pier 4'],
};

describePlatform('Procore', async () => {
  const { sandbox, platform, close } = await openBench();
  await sandbox.control.seed(seeded.projectId, [{ path: [ROOT] }]);
  const seed = (entries: readonly Seed[]) => seedProject(sandbox, platform, entries);
  return { platform, call: testCall, root: [ROOT], seed, samples: SAMPLES, dispose: close };
});

/**
 * New items are put behind the connector's back, which spares four requests for each. New bytes of a file that is there
 * go through the connector: the link of an older version keeps giving that version's bytes, so that only a change by
 * the connector itself ends a read of it.
 */
async function seedProject({ control }: Sandbox, platform: Platform, entries: readonly Seed[]): Promise<void> {
  const before = new Set((await control.tree(seeded.projectId)).map(({ path }) => path));
  for (const { path, bytes } of entries) {
    const names = [ROOT, ...path.split('/')];
    const content = bytes === undefined ? undefined : Buffer.from(bytes as Uint8Array);
    if (content && before.has(names.join('/'))) await replace(platform, names, content);
    else await control.seed(seeded.projectId, [{ path: names, ...(content && { content }) }]);
  }
}

async function replace(platform: Platform, path: string[], bytes: Buffer): Promise<void> {
  const parent = await platform.find({ path: path.slice(0, -1) }, testCall());
  const replaces = await platform.find({ path }, testCall());
  if (!parent || !replaces) throw new Error(`“${path.join('/')}” was not found.`);
  const content = {
    size: bytes.length,
    async *read({ start, end }: { start: number; end?: number } = { start: 0 }) {
      yield bytes.subarray(start, end);
    },
  };
  const name = path.at(-1) ?? '';
  await platform.destination?.write({ parent, name, content, replaces }, testCall());
}
