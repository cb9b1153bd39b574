import { expect, it } from 'vitest';
import { isGuardExceeded, withheldBecause, type RemovalCase } from './index.js';

const sound: RemovalCase = { provesAbsence: true, canRemove: true, seen: 1, remembered: 5 };

it.each<[Partial<RemovalCase>, string | null]>([
  [{}, null],
  [{ seen: 0, remembered: 0 }, null],
  [{ seen: 0 }, 'empty'],
  [{ provesAbsence: false }, 'does not tell'],
  [{ canRemove: false }, 'cannot remove'],
])('removals are withheld by %j: %s', (given, words) => {
  const reason = withheldBecause({ ...sound, ...given });
  if (words === null) expect(reason).toBeNull();
  else expect(reason).toContain(words);
});

it.each([
  [10, 20, false],
  [11, 20, true],
  [20, 100, false],
  [21, 100, true],
  [20, 104, false],
  [1, 0, false],
])('%d removals of %d remembered items exceed the guard: %s', (removals, remembered, expected) => {
  expect(isGuardExceeded(removals, remembered, { maxItems: 10, maxShare: 0.2 })).toBe(expected);
});
