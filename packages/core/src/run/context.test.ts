import { expect, it } from 'vitest';
import { defaultPolicies } from '../plan/index.js';
import { FakeClock, quietRun } from '../testing/index.js';
import { activate, callTo, type RunContext } from './context.js';

it('every request carries the share that the job has at that moment', () => {
  const { signal } = new AbortController();
  let share = 0.25;
  const given = { clock: new FakeClock(), policies: defaultPolicies('COPY'), sourceRoot: [], share: () => share };
  const context = activate({ ...quietRun(signal), ...given } as unknown as RunContext);
  expect(callTo('SOURCE', context, signal).share).toBe(0.25);
  share = 0.75;
  expect(callTo('DESTINATION', context, signal)).toMatchObject({ owner: 'run', priority: 'JOB', share: 0.75 });
});
