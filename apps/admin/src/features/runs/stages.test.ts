import { expect, it } from 'vitest';
import { stagesOf } from './stages.js';

const at = (second: number) => new Date(second * 1_000).toISOString();

it('tells how long a run was in each stage, each time that it was', () => {
  const events = (['QUEUED', 'LISTING', 'AWAITING_BUDGET', 'LISTING', 'SUCCEEDED'] as const).map((state, index) => ({
    ...{ state, occurredAt: at(index * 10) },
  }));
  const stages = stagesOf([...events, { state: null, occurredAt: at(99) }]);
  expect(stages.map(({ state, from, to }) => [state, from / 1_000, to && to / 1_000])).toEqual([
    ['QUEUED', 0, 10],
    ['LISTING', 10, 20],
    ['AWAITING_BUDGET', 20, 30],
    ['LISTING', 30, 40],
    ['SUCCEEDED', 40, null],
  ]);
});
