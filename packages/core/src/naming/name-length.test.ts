import { describe, expect, it } from 'vitest';
import { STRICT } from './limits.testing.js';
import { beginningInPlace, beginningOf, fitsInPlace, lengthOf, withoutLastCharacter } from './name-length.js';

const utf16 = 'UTF16';
const utf8 = 'UTF8';

describe('lengthOf', () => {
  it.each([
    ['abc', 3, 3],
    ['ü', 1, 2],
    ['設', 1, 3],
    ['🙂', 2, 4],
  ])('%s is %i units and %i bytes', (text, units, bytes) => {
    expect([lengthOf(text, utf16), lengthOf(text, utf8)]).toEqual([units, bytes]);
  });
});

describe('the room of a name', () => {
  const at = (parentPathLength: number, given = {}) => {
    const [limits, context] = [
      { ...STRICT, ...given },
      { parentPathLength, kind: 'FILE' as const },
    ];
    const { length } = beginningInPlace('x'.repeat(99), '', limits, context);
    expect(fitsInPlace('x'.repeat(length + 1), limits, context)).toBe(length === 99);
    expect(fitsInPlace('x'.repeat(length), limits, context)).toBe(parentPathLength < 60);
    expect(beginningInPlace('x'.repeat(99), '123', limits, context)).toHaveLength(
      Math.max(0, Math.min(99, length - 3)),
    );
    return length;
  };

  it('is what name and path leave, a slash before the name counted below the root only', () => {
    expect(at(0)).toBe(40);
    expect(at(30)).toBe(29);
    expect(at(60)).toBe(0);
    expect(at(0, { maxSegmentLength: null })).toBe(60);
    expect(at(30, { maxPathLength: null })).toBe(40);
  });

  it('is endless where there is no limit', () => {
    const limits = { ...STRICT, maxPathLength: null, maxSegmentLength: null };
    expect(beginningInPlace('x'.repeat(999), 'y', limits, { parentPathLength: 30, kind: 'FILE' })).toHaveLength(999);
  });
});

describe('beginningOf', () => {
  const family = '👨‍👩‍👧';
  const flag = '🇩🇪';
  it.each([
    ['abc', 2, 'ab', 'ab'],
    ['abc', 3, 'abc', 'abc'],
    ['abc', 9, 'abc', 'abc'],
    ['abc', 0, '', ''],
    ['abc', -5, '', ''],
    ['', 3, '', ''],
    ['aüb', 2, 'aü', 'a'],
    ['a🙂', 2, 'a', 'a'],
    ['ae\u0301', 2, 'a', 'a'],
    [`a${family}`, 8, 'a', 'a'],
    [`a${family}`, 9, `a${family}`, 'a'],
    [`${flag}${flag}`, 6, flag, ''],
    [`${flag}${flag}`, 8, flag + flag, flag],
    ['👍🏽!', 3, '', ''],
    ['\ud800a', 1, '\ud800', ''],
    ['न\u093fa', 1, '', ''],
  ])('%j within %i: %j of units, %j of bytes', (text, room, ofUnits, ofBytes) => {
    expect([beginningOf(text, room, utf16), beginningOf(text, room, utf8)]).toEqual([ofUnits, ofBytes]);
  });
});

describe('withoutLastCharacter', () => {
  it.each([
    ['ab', 'a'],
    ['a🙂', 'a'],
    ['ae\u0301', 'a'],
    ['a', ''],
    ['', ''],
  ])('%j becomes %j', (from, to) => expect(withoutLastCharacter(from)).toBe(to));
});
