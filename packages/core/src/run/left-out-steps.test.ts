import { describe, expect, it } from 'vitest';
import { item } from '../testing/index.js';
import type { Step } from '../plan/index.js';
import { tellLeftOut } from './left-out-steps.js';
import { Restriction } from './restriction.js';
import { Sifter } from './sifter.js';
import { StepWriter } from './step-writer.js';

/** A filter of the items of a side, which leave these out. */
function sifterOf(...keys: string[]): Sifter {
  const sifter = new Sifter([], [], 0, ['FILE', 'FOLDER']);
  for (const key of keys) sifter.tell({ key, item: item(key), standing: 'OUT', rule: 0 });
  return sifter;
}

async function told(sifters: Parameters<typeof tellLeftOut>[0], scope?: Restriction) {
  const [steps, logged]: [Step[], string[]] = [[], []];
  const appendSteps = async (given: readonly Step[]) => void steps.push(...given);
  const store = { appendSteps, countUnchanged: async () => {} };
  const writer = new StepWriter(store, { sleep: async () => {} });
  const log = async (severity: string, message: string) => void logged.push(`${severity} ${message}`);
  await tellLeftOut(sifters, { log }, writer, scope);
  await writer.finish();
  return { steps: steps.map(({ side, sourceKey, destinationKey }) => ({ side, sourceKey, destinationKey })), logged };
}

const atSource = (sourceKey: string) => ({ side: 'DESTINATION', sourceKey, destinationKey: null });
const atDestination = (destinationKey: string) => ({ side: 'SOURCE', sourceKey: null, destinationKey });

const many = sifterOf(...Array.from({ length: 10_002 }, (_, n) => `file ${n}`));

describe('what the filters leave out', () => {
  it('of the source is told item by item', async () => {
    const { steps, logged } = await told({ sifter: sifterOf('a', 'f/b') });
    expect(steps).toEqual([atSource('a'), atSource('f/b')]);
    expect(logged).toEqual([]);
  });

  it('of the destination is told as what stands there, but for what the source has at the same place', async () => {
    const { steps } = await told({ sifter: sifterOf('a'), sifterThere: sifterOf('a', 'b') });
    expect(steps).toEqual([atSource('a'), atDestination('b')]);
  });

  it('is told within the part of the source that is planned, and nothing of the destination then', async () => {
    const sifters = { sifter: sifterOf('a', 'f/b'), sifterThere: sifterOf('c') };
    expect((await told(sifters, new Restriction(['f']))).steps).toEqual([atSource('f/b')]);
  });

  it('is counted where it is too many to be told one by one', async () => {
    const { steps, logged } = await told({ sifter: many });
    expect(steps).toHaveLength(10_000);
    expect(logged).toEqual(['INFO The filters of the job leave out 2 more items, which are not listed here.']);
  });

  it('is counted for both sides together', async () => {
    const { logged } = await told({ sifter: many, sifterThere: many });
    expect(logged).toEqual(['INFO The filters of the job leave out 4 more items, which are not listed here.']);
  });
});
