import { afterAll, describe, expect, it } from 'vitest';
import { SEED } from '../support/crash.js';
import { PHASES, VICTIMS } from '../support/kills.js';
import { carryOutHit, HousesOfPhases } from '../support/phases.js';
import { seeded } from '../support/random.js';

const roll = seeded(SEED);
const pick = <T>(values: readonly T[]): T => values[Math.floor(roll() * values.length)] as T;

/** One victim and one signal for each phase; the long form, `npm run crash`, has all of them. */
const hits = PHASES.map((phase) => [phase, pick(VICTIMS), pick(['SIGTERM', 'SIGKILL'] as const)] as const);

describe(`a run that loses a process (seed ${SEED})`, () => {
  const houses = new HousesOfPhases();
  afterAll(() => houses[Symbol.asyncDispose]());

  it.each(hits)('while it is %s, %s by %s, has every file once', async (phase, victim, signal) => {
    expect(await carryOutHit(await houses.of(phase), { phase, victim, signal }, `Hit ${phase}`)).toEqual([]);
  });
});
