import { describe, expect, it } from 'vitest';
import { nameKey, splitEnding, splitName } from './name-key.js';

const folding = { isCaseSensitive: false, isUnicodeFormSensitive: false };
const exact = { isCaseSensitive: true, isUnicodeFormSensitive: true };

describe('nameKey', () => {
  it.each([
    ['PLAN.pdf', 'plan.PDF'],
    ['PLÄNE', 'pläne'],
    ['u\u0308ber', '\u00fcBER'],
    ['ΟΔΟΣ', 'οδος'],
    ['ΟΔΟΣ', 'οδοσ'],
    ['ΟΔΟΣ Α', 'οδος α'],
    ['ПЛАН', 'план'],
    ['\u212b', '\u00e5'],
    ['\u{10400}', '\u{10428}'],
  ])('%j and %j are one name where neither case nor Unicode form counts', (one, other) => {
    expect(nameKey(one, folding)).toBe(nameKey(other, folding));
    expect(nameKey(one, exact)).not.toBe(nameKey(other, exact));
  });

  it.each([
    ['straße', 'strasse'],
    ['a', 'b'],
    ['ﬁ', 'fi'],
  ])('%j and %j stay two', (one, other) => expect(nameKey(one, folding)).not.toBe(nameKey(other, folding)));

  it('tells the Unicode form and the case apart where only one of them counts', () => {
    const form = { isCaseSensitive: false, isUnicodeFormSensitive: true };
    const letters = { isCaseSensitive: true, isUnicodeFormSensitive: false };
    expect(nameKey('\u00fc', letters)).toBe(nameKey('u\u0308', letters));
    expect(nameKey('\u00fc', letters)).not.toBe(nameKey('\u00dc', letters));
    expect(nameKey('A', form)).toBe(nameKey('a', form));
  });
});

describe('splitName', () => {
  it.each([
    ['a.tar.gz', 'a.tar', '.gz'],
    ['.bashrc', '.bashrc', ''],
    ['README', 'README', ''],
    ['a.', 'a', '.'],
    ['', '', ''],
  ])('%j is %j and %j', (name, base, extension) => expect(splitName(name)).toEqual({ base, extension }));
});

describe('splitEnding', () => {
  it('knows no extension of a folder, and none that is as long as a sentence', () => {
    expect(splitEnding('1.2 Drawings', 'FOLDER')).toEqual({ base: '1.2 Drawings', extension: '' });
    expect(splitEnding('1.2 Drawings', 'FILE')).toEqual({ base: '1', extension: '.2 Drawings' });
    expect(splitEnding(`a.${'x'.repeat(31)}`, 'FILE').base).toBe('a');
    expect(splitEnding(`a.${'x'.repeat(32)}`, 'FILE').extension).toBe('');
  });
});
