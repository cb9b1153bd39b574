import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checksums, plant } from '../support/files.js';
import { House } from '../support/house.js';
import { checksumsOf, contentOf } from '../support/sandbox.js';
import { addJob, addShare, readItems, runToEnd } from '../support/work.js';

const files = {
  'Plans/A-101.pdf': 'a drawing',
  'Plans/~$A-101.docx': 'a lock',
  'Plans/Thumbs.db': 'thumbs',
  'old/A-100.pdf': 'superseded',
  'notes.txt': 'notes',
};
const kept = { 'Plans/A-101.pdf': 'a drawing', 'notes.txt': 'notes' };
const RULES = [{ isExclusion: true, globs: ['~$*', 'Thumbs.db', 'old/**'] }];

describe('filters, between a share and Procore', () => {
  let house: House;
  beforeAll(async () => {
    house = await House.open();
  });
  afterAll(() => house?.close());

  const reasonsOf = async (runId: string) =>
    (await readItems(house.client, runId))
      .filter(({ outcome }) => outcome === 'SKIPPED')
      .map(({ sourcePath, reason }) => `${sourcePath} ${reason}`)
      .sort();

  it('leave out the same on the way there and back, and never remove what was copied before', async () => {
    const origin = await house.folder('origin');
    await plant(origin, files);
    const share = { connectionId: await addShare(house.client, origin) };
    const procore = { connectionId: house.procoreId };
    const mirror = { deletions: 'MIRROR' };
    const there = await addJob(house.client, 'There', share, procore, mirror, { rules: RULES });
    const first = await runToEnd(house.client, there);
    expect(first.state).toBe('SUCCEEDED');
    expect((await contentOf(house.sandbox)).files).toEqual(checksumsOf(kept));
    expect(await reasonsOf(first.id)).toEqual([
      '/Plans/Thumbs.db EXCLUDED_BY_RULE',
      '/Plans/~$A-101.docx EXCLUDED_BY_RULE',
      '/old EXCLUDED_BY_RULE',
    ]);

    await rename(join(origin, 'notes.txt'), join(origin, '~$notes.txt'));
    expect((await runToEnd(house.client, there)).state).toBe('SUCCEEDED');
    expect((await contentOf(house.sandbox)).files).toEqual(checksumsOf(kept));

    const target = await house.folder('target');
    const to = { connectionId: await addShare(house.client, target) };
    const rules = [{ extensions: ['pdf'] }];
    const back = await addJob(house.client, 'Back', procore, to, mirror, { rules });
    const second = await runToEnd(house.client, back);
    expect(await checksums(target)).toEqual(checksumsOf({ 'Plans/A-101.pdf': 'a drawing' }));
    expect(await reasonsOf(second.id)).toEqual(['/notes.txt EXCLUDED_BY_RULE']);
    expect(await reasonsOf((await runToEnd(house.client, back)).id)).toEqual(['/notes.txt EXCLUDED_BY_RULE']);
  });
});
