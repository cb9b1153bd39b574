import { expect, it, vi } from 'vitest';
import { Deadline, OperationContext } from './operation-context.js';

it('holds no function of its own, which would keep its request past quick collections', () => {
  const setHeader = vi.fn();
  const origin = { requestId: 'r', caller: null, address: '::1', setHeader };
  const context = new OperationContext(origin, new Deadline(1_000));
  expect(Object.values(context).filter((value) => typeof value === 'function')).toEqual([]);
  context.setHeader('retry-after', '1');
  expect(setHeader).toHaveBeenCalledWith('retry-after', '1');
  context.deadline.clear();
});

it('the signal tells of an end also to whoever asks late, and the end is told once', () => {
  vi.useFakeTimers();
  const deadline = new Deadline(1_000);
  const [tell, tellLater] = [vi.fn(), vi.fn()];
  deadline.whenOver(tell);
  vi.advanceTimersByTime(1_100);
  deadline.clientLeft();
  expect(tell).toHaveBeenCalledTimes(1);
  deadline.whenOver(tellLater);
  expect(tellLater).toHaveBeenCalledTimes(1);
  expect(deadline.signal.reason).toMatchObject({ name: 'TimeoutError' });
  vi.useRealTimers();
});
