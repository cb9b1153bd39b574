import type { Item } from '@sluice/core/platform';
import { describe, expect, it } from 'vitest';
import { closeTwoWay, oneWay } from './histories.js';
import { HISTORIES, simulate } from './simulation.js';
import type { Spoil } from './world.js';

const SEED = Number(process.env['SLUICE_TEST_SEED'] ?? 20_261_127);

it(`${HISTORIES} histories of COPY, MIGRATE, MOVE, PUBLISH, STRUCTURE and SYNC go as the tables say (seed ${SEED})`, async () => {
  expect(await simulate(SEED)).toBeNull();
}, 300_000);

const SPOILT: Record<string, Spoil> = {
  'a file that is told to be written and is not there': (inner, platform) => ({
    ...inner,
    write: async (request, call) => {
      const written = await inner.write(request, call);
      platform.removeBehind(written.item.path.join('/'));
      return written;
    },
  }),
  'a file that is written twice': (inner, platform) => ({
    ...inner,
    write: async (request, call) => {
      const written = await inner.write(request, call);
      platform.seed([{ path: `${written.item.path.join('/')} twice`, bytes: 'twice' }]);
      return written;
    },
  }),
  'a removal that takes a neighbour along': (inner, platform) => ({
    ...inner,
    remove: async (request, call) => {
      await inner.remove!(request, call);
      for (const path of platform.tree()) if (!path.endsWith('/')) return platform.removeBehind(path);
    },
  }),
};

/** A destination that puts a new version over whatever is there by then. */
const unchecked: Spoil = (inner, platform) => {
  const versionOf = (id: string) => platform.all().find(({ item }) => item.id === id)?.item.version ?? null;
  const asItIs = (item: Item): Item => Object.defineProperty({ ...item }, 'version', { get: () => versionOf(item.id) });
  return {
    ...inner,
    write: (request, call) =>
      inner.write(request.replaces ? { ...request, replaces: asItIs(request.replaces) } : request, call),
  };
};

describe('what goes wrong is noticed, and shrinks to a few acts:', () => {
  it.each(Object.entries(SPOILT))('%s', async (_name, spoil) => {
    const report = await simulate(1, { count: 500, spoil, of: oneWay });
    expect(report).toContain('Counterexample');
    expect(report!.match(/"what":/g)!.length).toBeLessThanOrEqual(4);
  });

  it('a version that people wrote while the run was at work, and that is replaced', async () => {
    const report = await simulate(1, { count: 200, spoil: unchecked, of: closeTwoWay });
    expect(report).toContain('is lost from both sides');
  });

  it('and the same seed tells the same again', async () => {
    const [spoil] = Object.values(SPOILT);
    const again = () => simulate(1, { count: 500, spoil, of: oneWay });
    expect(await again()).toBe(await again());
  });
});
