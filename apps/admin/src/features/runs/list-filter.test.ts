import { describe, expect, it } from 'vitest';
import { ACTIVE_STATES } from '../../domain/run/run-states.js';
import { runsAskedOf } from './asked.js';
import { runFilterOf } from './list-filter.js';

describe('the filters of runs', () => {
  it('take from the address what it can mean, and nothing else', () => {
    const all = { state: 'FAILED', type: 'COPY', trigger: 'RETRY', job: 'job_1', from: '2026-11-02', to: '2026-11-03' };
    expect(runsAskedOf({ ...all, page: '7' })).toEqual(all);
    const none = { states: null, transferTypes: null, triggers: null, jobIds: null, queuedAt: null };
    const unknown = { state: 'LOST', type: 'STEAL', trigger: 'LUCK', job: 7, from: 'soon', to: '2026-19-02' };
    expect(runFilterOf(runsAskedOf(unknown))).toEqual(none);
  });

  it('ask for what they say: runs in progress are those of every state that goes on', () => {
    expect(runFilterOf({ state: 'ACTIVE' })).toMatchObject({ states: ACTIVE_STATES });
    expect(runFilterOf({ state: 'FAILED', type: 'COPY', trigger: 'RETRY', job: 'job_1' })).toEqual({
      ...{ states: ['FAILED'], transferTypes: ['COPY'], triggers: ['RETRY'], jobIds: ['job_1'], queuedAt: null },
    });
    expect(runFilterOf({ to: '2026-11-02' }).queuedAt).toEqual({
      from: null,
      to: new Date(2026, 10, 3).toISOString(),
    });
  });
});
