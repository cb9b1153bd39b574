import { expect, test } from 'vitest';
import { PlatformError } from '@sluice/core/platform';
import { errorOf, faultOf } from './fault.js';

/** As an error comes out in another thread. */
const passed = (cause: unknown) => errorOf(structuredClone(faultOf(cause)));

test('an error of ours is the same in another thread', () => {
  const facts = { retry: 'later' as const, remedy: 'Make room.', remoteStatus: 'ENOSPC' };
  const error = passed(new PlatformError('DESTINATION_FULL', 'Full.', facts));
  expect(error).toBeInstanceOf(PlatformError);
  expect(error).toMatchObject({ kind: 'DESTINATION_FULL', message: 'Full.', ...facts });
});

test('what an error of ours does not tell stays untold', () => {
  const fault = faultOf(new PlatformError('REJECTED', 'No.'));
  expect(fault).toEqual({
    ...{ kind: 'REJECTED', message: 'No.' },
    facts: { retry: 'never', remedy: undefined, remoteStatus: undefined },
  });
  expect(errorOf(fault)).toMatchObject({ remedy: null, remoteStatus: null });
});

test('an error of the system keeps its code, its words and where it came up', () => {
  const cause = Object.assign(new Error('EIO: i/o error'), { code: 'EIO' });
  const error = passed(cause);
  expect(error).not.toBeInstanceOf(PlatformError);
  expect(error).toMatchObject({ message: 'EIO: i/o error', code: 'EIO', stack: cause.stack });
});

test('a defect keeps its words and has no code, whatever was thrown', () => {
  const error = passed(new TypeError('no function'));
  expect(error.message).toBe('no function');
  expect('code' in error).toBe(false);
  expect(passed('just text').message).toBe('just text');
});
