import { describe, expect, it } from 'vitest';
import type { ItemKind, Limits } from '../platform/index.js';
import { cleanName, isLegalName, type NamingRules } from './clean-name.js';
import { SHARE, STRICT } from './limits.testing.js';

const replace: NamingRules = { invalidCharacters: 'REPLACE', truncateLongNames: false };
const cut: Partial<NamingRules> = { truncateLongNames: true };

interface Place {
  limits?: Limits;
  parentPathLength?: number;
  kind?: ItemKind;
}

function verdictOf(name: string, rules: Partial<NamingRules> = {}, place: Place = {}) {
  const { limits = STRICT, parentPathLength = 0, kind = 'FILE' } = place;
  return cleanName(name, limits, { ...replace, ...rules }, { parentPathLength, kind });
}

function clean(name: string, rules: Partial<NamingRules> = {}, place: Place = {}) {
  const verdict = verdictOf(name, rules, place);
  return 'name' in verdict ? verdict.name : verdict.reason;
}

describe('what a platform cannot hold', () => {
  it.each([
    ['plan.pdf', 'plan.pdf'],
    ['a:b?.pdf', 'a_b_.pdf'],
    [' lead and trail .pdf', 'lead and trail.pdf'],
    ['space before. pdf', 'space before.pdf'],
    ['a. .b', 'a..b'],
    ['dots...', 'dots'],
    ['dots and blanks. . ', 'dots and blanks'],
    ['tab\tinside', 'tab_inside'],
    ['   ', '_'],
    ['...', '_'],
    ['..', '_'],
    ['.', '_'],
    ['', '_'],
    ['.hidden', '.hidden'],
    ['u\u0308ber', '\u00fcber'],
    ['lone \ud800 half', 'lone _ half'],
    ['NUL\0inside', 'NUL_inside'],
    ['virus.EXE', 'FILE_TYPE_RESTRICTED'],
    ['virus.exe. ', 'FILE_TYPE_RESTRICTED'],
    ['virus. exe', 'FILE_TYPE_RESTRICTED'],
    ['exe', 'exe'],
    ['日本 🙂.pdf', '日本 🙂.pdf'],
    ['a\\b]c^d-e.pdf', 'a_b]c^d-e.pdf'],
  ])('replaces: %j becomes %j', (from, to) => expect(clean(from)).toBe(to));

  it.each([
    ['a:b', 'a%3Ab'],
    ['ends ', 'ends%20'],
    [' begins', '%20begins'],
    [' . begins', '%20.%20begins'],
    ['around . pdf', 'around%20.%20pdf'],
    ['dots..', 'dots%2E%2E'],
    ['tab\t', 'tab%09'],
    ['ü\u0001', 'ü%01'],
    ['lone \ud800 half', 'lone _ half'],
    ['...', '%2E%2E%2E'],
  ])('encodes: %j becomes %j', (from, to) => expect(clean(from, { invalidCharacters: 'PERCENT_ENCODE' })).toBe(to));

  it.each(['a:b', ' a', 'a.', '', '..', 'con', 'a\0'])('flags what would have to change: %j', (name) => {
    expect(clean(name, { invalidCharacters: 'FLAG' })).toBe('NAME_INVALID');
  });

  it('flags no legal name, nor another Unicode form', () => {
    expect(clean('fine.pdf', { invalidCharacters: 'FLAG' })).toBe('fine.pdf');
    expect(clean('u\u0308ber', { invalidCharacters: 'FLAG' })).toBe('\u00fcber');
  });

  it('says which name it is, without what a page cannot show', () => {
    const message = (name: string) => (verdictOf(name, { invalidCharacters: 'FLAG' }) as { message: string }).message;
    expect(message('a\0\ud800b')).toBe('The destination cannot hold the name "a\ufffd\ufffdb".');
    expect(message(`${'x'.repeat(59)}🙂?`)).toBe(`The destination cannot hold the name "${'x'.repeat(59)}…".`);
    expect(verdictOf('a.exe')).toMatchObject({ message: 'The destination refuses files of type .exe.' });
  });

  it('keeps a folder as it is where only files have extensions', () => {
    const folder = { kind: 'FOLDER' } as const;
    expect(clean('A. Drawings', {}, folder)).toBe('A. Drawings');
    expect(clean('A . Drawings', {}, folder)).toBe('A . Drawings');
    expect(clean('setup.exe', {}, folder)).toBe('setup.exe');
    expect(clean(' 1.2 Drawings. ', {}, folder)).toBe('1.2 Drawings');
  });

  it('takes another character where the platform cannot hold the underscore either', () => {
    const without = (...more: string[]) => ({
      limits: { ...STRICT, forbiddenCharacters: [...STRICT.forbiddenCharacters, ...more] },
    });
    expect(clean('a:b', {}, without('_'))).toBe('a-b');
    expect(clean('a:b', {}, without('_', '-', '~'))).toBe('a+b');
    expect(clean('u:\u0308', {}, without('_', '-', '~', '+'))).toBe('u\u1e8d');
    expect(clean('a:b', {}, without('_', '-', '~', '+', 'x'))).toBe('NAME_INVALID');
    expect(clean('a:b ', { invalidCharacters: 'PERCENT_ENCODE' }, without('%'))).toBe('a_b');
  });
});

describe('reserved names', () => {
  it.each([
    ['con', 'con_'],
    ['CON', 'CON_'],
    ['con.txt', 'con_.txt'],
    ['con.tar.gz', 'con_.tar.gz'],
    ['con .txt', 'con_.txt'],
    ['con ', 'con_'],
    ['console.txt', 'console.txt'],
    ['Desktop.INI', 'Desktop_.INI'],
    ['desktop.txt', 'desktop.txt'],
  ])('as Windows has them: %j becomes %j', (from, to) => expect(clean(from)).toBe(to));

  it('of folders, with a dot and with white space before it', () => {
    expect(clean('con.d', {}, { kind: 'FOLDER' })).toBe('con_.d');
    expect(clean('con .d', {}, { kind: 'FOLDER' })).toBe('con _.d');
    expect(clean('desktop.ini', {}, { kind: 'FOLDER' })).toBe('desktop.ini_');
  });

  it('a name beside a reserved one is not reserved in its turn', () => {
    const limits = { ...STRICT, reservedNames: ['con', 'con_'] };
    expect(clean('con', {}, { limits })).toBe('con__');
  });

  it.each([
    ['.', '_'],
    ['..', '__'],
    ['...', '...'],
    ['..pdf', '..pdf'],
    ['.sluice-trash', '.sluice-trash_'],
    ['.SLUICE-TRASH', '.SLUICE-TRASH'],
    ['.sluice-trash.txt', '.sluice-trash.txt'],
    [' . ', ' . '],
    ['con', 'con'],
    ['tab\t', 'tab\t'],
    ['u\u0308', 'u\u0308'],
  ])('exactly, as a share has them: %j becomes %j', (from, to) => expect(clean(from, {}, { limits: SHARE })).toBe(to));

  it('exactly, in any case of letters where case does not count', () => {
    const limits = { ...SHARE, isCaseSensitive: false };
    expect(clean('.Sluice-Trash', {}, { limits })).toBe('.Sluice-Trash_');
    expect(clean('..', { invalidCharacters: 'PERCENT_ENCODE' }, { limits })).toBe('%2E%2E');
    const reserved = { ...limits, reservedNames: ['index.dat'] };
    expect(clean('index.dat', {}, { limits: reserved })).toBe('index_.dat');
    expect(clean('index.dat', {}, { limits: reserved, kind: 'FOLDER' })).toBe('index.dat_');
  });

  it('of the root are renamed directly below it, in any case, and stay elsewhere', () => {
    const limits: Limits = { ...STRICT, reservedRootNames: ['Schedules'] };
    const named = (name: string, parentPathLength: number, kind: ItemKind = 'FOLDER') =>
      clean(name, {}, { limits, parentPathLength, kind });
    expect(named('Schedules', 0)).toBe('Schedules_');
    expect(named('SCHEDULES', 0)).toBe('SCHEDULES_');
    expect(named('Schedules', 7)).toBe('Schedules');
    expect(named('Schedules.pdf', 0, 'FILE')).toBe('Schedules.pdf');
  });
});

describe('long names and paths', () => {
  const long = `${'x'.repeat(50)}.pdf`;

  it('are refused, with the limits of the platform in the sentence', () => {
    expect(verdictOf(long)).toEqual({
      reason: 'PATH_TOO_LONG',
      message: `The name "${long}" is too long in its place; the destination holds names up to 40 characters and paths up to 60 characters.`,
    });
    expect(clean('short.pdf', {}, { parentPathLength: 55 })).toBe('PATH_TOO_LONG');
    expect(clean('four', {}, { parentPathLength: 55 })).toBe('four');
    const names = { ...SHARE, maxPathLength: null };
    const paths = { ...SHARE, maxSegmentLength: null, maxPathLength: 9 };
    expect(verdictOf('ü'.repeat(128), {}, { limits: names })).toMatchObject({
      message: expect.stringMatching(/holds names up to 255 bytes\.$/) as string,
    });
    expect(verdictOf('0123456789', {}, { limits: paths })).toMatchObject({
      message: expect.stringMatching(/holds paths up to 9 bytes\.$/) as string,
    });
  });

  it('are cut before the extension where the job says so', () => {
    expect(clean(long, cut)).toBe(`${'x'.repeat(36)}.pdf`);
    expect(clean('short.pdf', cut, { parentPathLength: 53 })).toBe('sh.pdf');
    expect(clean('short.pdf', cut, { parentPathLength: 60 })).toBe('PATH_TOO_LONG');
    expect(clean('short.pdf', cut, { parentPathLength: 90 })).toBe('PATH_TOO_LONG');
  });

  it('are cut at the end where there is no extension: of folders, and of sentences', () => {
    const name = `1.2 ${'Drawings '.repeat(5)}`.trim();
    expect(clean(name, cut, { kind: 'FOLDER' })).toBe(name.slice(0, 40).trim());
    const sentence = `3. ${'Minutes of the meeting '.repeat(3)}`.trim();
    const limits = { ...STRICT, whitespaceRule: null };
    expect(clean(sentence, cut, { limits })).toBe(sentence.slice(0, 40).trim());
  });

  it('never lose a part of a character', () => {
    expect(clean(`${'🙂'.repeat(30)}.pdf`, cut)).toBe(`${'🙂'.repeat(18)}.pdf`);
    const family = '👨‍👩‍👧';
    expect(clean(`${family.repeat(5)}.pdf`, cut)).toBe(`${family.repeat(4)}.pdf`);
    const accented = 'q\u0323\u0307';
    expect(clean(`x${accented.repeat(20)}`, cut)).toBe(`x${accented.repeat(13)}`);
    expect(clean(accented.repeat(20), cut, { parentPathLength: 57 })).toBe('PATH_TOO_LONG');
  });

  it('count in bytes where the platform does, names and paths', () => {
    const limits: Limits = { ...SHARE, maxSegmentLength: 10, maxPathLength: 20 };
    expect(clean('üüüü.t', {}, { limits })).toBe('üüüü.t');
    expect(clean('üüüüü.t', {}, { limits })).toBe('PATH_TOO_LONG');
    expect(clean('üüüüü.t', cut, { limits })).toBe('üüüü.t');
    expect(clean('üüü.t', {}, { limits, parentPathLength: 12 })).toBe('PATH_TOO_LONG');
    expect(clean('üüü.t', cut, { limits, parentPathLength: 12 })).toBe('üü.t');
    const mixed: Limits = { ...limits, pathLengthUnit: 'UTF16' };
    expect(clean('üüüü.t', {}, { limits: mixed, parentPathLength: 13 })).toBe('üüüü.t');
    expect(clean('üüüüü.t', cut, { limits: mixed, parentPathLength: 13 })).toBe('üüüü.t');
    expect(clean('üüüü.t', cut, { limits: mixed, parentPathLength: 14 })).toBe('üüü.t');
  });

  it('end neither in white space nor in a dot after the cut', () => {
    expect(clean(`${'x'.repeat(38)}   y`, cut, { kind: 'FOLDER' })).toBe('x'.repeat(38));
    expect(clean(`${'x'.repeat(38)}. .y`, cut, { kind: 'FOLDER' })).toBe('x'.repeat(38));
    expect(clean(`${'x'.repeat(34)}  y.pdf`, cut)).toBe(`${'x'.repeat(34)}.pdf`);
    expect(clean(`${'x'.repeat(34)}..y.pdf`, cut)).toBe(`${'x'.repeat(34)}...pdf`);
    const share = { ...SHARE, maxSegmentLength: 4 };
    expect(clean('abc.de', cut, { limits: share, kind: 'FOLDER' })).toBe('abc.');
    expect(clean('abc de', cut, { limits: share, kind: 'FOLDER' })).toBe('abc');
  });

  it('become no reserved name by the cut, and no way', () => {
    expect(clean('console', cut, { parentPathLength: 56 })).toBe('co');
    expect(clean('..x', cut, { limits: { ...SHARE, maxSegmentLength: 2 } })).toBe('PATH_TOO_LONG');
    expect(clean('.sluice-trash2', cut, { limits: { ...SHARE, maxSegmentLength: 13 } })).toBe('.sluice-tras');
  });
});

describe('isLegalName', () => {
  const isLegal = (name: string, parentPathLength = 0, kind: ItemKind = 'FILE') =>
    isLegalName(name, STRICT, { parentPathLength, kind });

  it('holds for what would be left as it is', () => {
    expect(['plan.pdf', 'u\u0308ber', 'x'.repeat(40)].map((name) => isLegal(name))).toEqual([true, true, true]);
    const illegal = ['', 'a:b', ' a', 'a.', '..', 'con', 'a\ud800', 'x'.repeat(41)];
    expect(illegal.filter((name) => isLegal(name))).toEqual([]);
    expect(isLegal('abcd', 55)).toBe(true);
    expect(isLegal('abcde', 55)).toBe(false);
    expect([isLegal('a. b', 0, 'FILE'), isLegal('a. b', 0, 'FOLDER')]).toEqual([false, true]);
  });

  it('asks the same question twice with the same answer', () => {
    expect([isLegal('a:b'), isLegal('a:b'), isLegal('a:b')]).toEqual([false, false, false]);
  });
});
