import { expect, it } from 'vitest';
import { PlatformError } from '../platform/index.js';
import { House } from './execution.testing.js';

function oneAtATime(): House {
  const house = new House();
  house.policies = { ...house.policies, maxParallelTransfers: 1 };
  return house;
}

/** Calls back at the first write, before it has an effect. */
function atFirstWrite(house: House, callback: () => void): void {
  let isFirst = true;
  house.destination.onOperation(({ operation, moment }) => {
    if (!isFirst || operation !== 'write' || moment !== 'before') return;
    isFirst = false;
    callback();
  });
}

it('a run that is to stop lets what is under way end, and begins nothing else', async () => {
  const house = oneAtATime();
  atFirstWrite(house, () => (house.control.isStopping = true));
  expect(await house.run(house.files('a', 'b'))).toEqual({ kind: 'STOPPED' });
  expect(house.told()).toEqual(['a CREATED', 'b PENDING']);
});

it('a run that is to stop before it begins does nothing', async () => {
  const house = oneAtATime();
  house.control.isStopping = true;
  expect(await house.run(house.files('a'))).toEqual({ kind: 'STOPPED' });
  expect(house.told()).toEqual(['a PENDING']);
});

it('a run that is broken off leaves in doubt what was under way', async () => {
  const house = oneAtATime();
  const abort = new AbortController();
  const control = { ...house.control, signal: abort.signal };
  atFirstWrite(house, () => abort.abort(new PlatformError('ABORTED', 'The process ends.')));
  expect(await house.run(house.files('a', 'b'), { control })).toEqual({ kind: 'STOPPED' });
  expect(house.told()).toEqual(['a IN_PROGRESS', 'b PENDING']);
});

it('a bug that comes of breaking off is none', async () => {
  const house = oneAtATime();
  const abort = new AbortController();
  const control = { ...house.control, signal: abort.signal };
  atFirstWrite(house, () => {
    abort.abort(new Error('The process ends.'));
    throw new TypeError('x is not a function');
  });
  expect(await house.run(house.files('a'), { control })).toEqual({ kind: 'STOPPED' });
});

it.each(['the stop', 'the waiting'])(
  'a run that is to stop does not wait for calls, if %s comes last',
  async (last) => {
    const house = oneAtATime();
    let stopping = () => {};
    const control = Object.assign(house.control, { onStopping: (callback: () => void) => (stopping = callback) });
    const context = house.context({ control });
    const wait = () => context.waits.set({}, new Date(0));
    atFirstWrite(house, () => {
      if (last === 'the stop') wait();
      house.control.isStopping = true;
      if (last === 'the stop') stopping();
      else wait();
    });
    expect(await house.run(house.files('a', 'b'), {}, context)).toEqual({ kind: 'STOPPED' });
    expect(house.told()).toEqual(['a IN_PROGRESS', 'b PENDING']);
  },
);

it('a run that waits for calls, and is not to stop, goes on', async () => {
  const house = oneAtATime();
  const context = house.context();
  atFirstWrite(house, () => context.waits.set({}, new Date(0)));
  expect(await house.run(house.files('a', 'b'), {}, context)).toEqual({ kind: 'DONE' });
  expect(house.told()).toEqual(['a CREATED', 'b CREATED']);
});
