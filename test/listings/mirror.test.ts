import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Sandbox } from '@sluice/procore-sandbox';
import { memorySide, Projects } from '../support/effects/sides.js';
import { startEmptySandbox } from '../support/sandbox.js';
import { Mirror } from './mirror.js';

let sandbox: Sandbox;
beforeEach(async () => void (sandbox = await startEmptySandbox()));
afterEach(() => sandbox.close());

describe('a copy with MIRROR from Procore', () => {
  it.each([true, false])(
    'removes what is seen in the recycle bin, files and folders (parents kept there: %s)',
    async (recycledKeepParent) => {
      sandbox.control.setBehaviour({ recycledKeepParent });
      const mirror = await new Mirror(await new Projects(sandbox).side(), memorySide()).copied();
      await mirror.own.remove('top.txt');
      await mirror.own.remove('g');
      expect(await mirror.run()).toEqual({ kind: 'DONE' });
      expect(Object.keys(await mirror.destination.files()).filter((path) => !path.startsWith('f/'))).toEqual([]);
      expect((await mirror.changes()).length).toBe(10);
    },
  );

  it('leaves what an account that may not see the bin does not find', async () => {
    const mirror = await new Mirror(await new Projects(sandbox).side(), memorySide()).copied();
    mirror.isFull = true;
    await mirror.own.remove('top.txt');
    const route = 'is_in_recycle_bin%5D=true';
    sandbox.control.setFaults([{ kind: 'status', status: 403, match: { route } }]);
    expect(await mirror.run()).toEqual({ kind: 'DONE' });
    expect(await mirror.changes()).toEqual([]);
    sandbox.control.setFaults([]);
    await mirror.run();
    expect(await mirror.changes()).toEqual(['top.txt']);
  });
});

it('a copy with MIRROR to Procore puts what was deleted into its recycle bin', async () => {
  const mirror = await new Mirror(memorySide(), await new Projects(sandbox).side()).copied();
  await mirror.own.remove('g/deep');
  expect(await mirror.run()).toEqual({ kind: 'DONE' });
  expect((await mirror.changes()).every((path) => path.startsWith('g/deep/'))).toBe(true);
  expect(await mirror.destination.removed()).toHaveLength(6);
});
