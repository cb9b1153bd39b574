import { describe, expect, it } from 'vitest';
import type { Limits } from '../platform/index.js';
import { assignNames, type AssignmentRules, type Sibling } from './assign-names.js';
import { cleanName, conflictName, type NamingRules } from './clean-name.js';

const strict: Limits = {
  maxFileBytes: null,
  maxPathLength: 60,
  maxSegmentLength: 40,
  pathLengthUnit: 'UTF16',
  segmentLengthUnit: 'UTF16',
  forbiddenCharacters: [...'\\/:*?"<>|'],
  reservedNames: ['con'],
  reservedNameRule: 'WINDOWS',
  restrictedTypes: ['exe'],
  isCaseSensitive: false,
  isUnicodeFormSensitive: false,
  whitespaceRule: 'No white space at the ends.',
  holdsEmptyFiles: false,
};
const replace: NamingRules = { invalidCharacters: 'REPLACE', truncateLongNames: false };
const place = { parentPathLength: 0, kind: 'FILE' as const };
const clean = (name: string, rules: Partial<NamingRules> = {}, at: Partial<typeof place> = {}) => {
  const verdict = cleanName(name, strict, { ...replace, ...rules }, { ...place, ...at });
  return 'name' in verdict ? verdict.name : verdict.reason;
};

describe('reserved root names', () => {
  const limits: Limits = { ...strict, reservedRootNames: ['Schedules'] };
  const named = (name: string, parentPathLength: number, kind: 'FILE' | 'FOLDER' = 'FOLDER') =>
    cleanName(name, limits, replace, { parentPathLength, kind });

  it('are renamed directly below the root, in any case, and stay elsewhere', () => {
    expect(named('Schedules', 0)).toEqual({ name: 'Schedules_' });
    expect(named('SCHEDULES', 0)).toEqual({ name: 'SCHEDULES_' });
    expect(named('Schedules', 7)).toEqual({ name: 'Schedules' });
    expect(named('Schedules.pdf', 0, 'FILE')).toEqual({ name: 'Schedules.pdf' });
  });
});

describe('cleanName', () => {
  it.each([
    ['plan.pdf', 'plan.pdf'],
    ['a:b?.pdf', 'a_b_.pdf'],
    [' lead and trail .pdf', 'lead and trail.pdf'],
    ['space before. pdf', 'space before.pdf'],
    ['dots...', 'dots'],
    ['tab\tinside', 'tab_inside'],
    ['   ', '_'],
    ['...', '_'],
    ['..', '_'],
    ['.hidden', '.hidden'],
    ['con.txt', 'con_.txt'],
    ['CON', 'CON_'],
    ['u\u0308ber', '\u00fcber'],
    ['lone \ud800 half', 'lone _ half'],
    ['virus.EXE', 'FILE_TYPE_RESTRICTED'],
    ['日本 🙂.pdf', '日本 🙂.pdf'],
  ])('replaces: %j becomes %j', (from, to) => expect(clean(from)).toBe(to));

  it.each([
    ['a:b', 'a%3Ab'],
    ['ends ', 'ends%20'],
    ['tab\t', 'tab%09'],
  ])('encodes: %j becomes %j', (from, to) => expect(clean(from, { invalidCharacters: 'PERCENT_ENCODE' })).toBe(to));

  it('flags what would have to change', () => {
    expect(clean('a:b', { invalidCharacters: 'FLAG' })).toBe('NAME_INVALID');
    expect(clean('fine.pdf', { invalidCharacters: 'FLAG' })).toBe('fine.pdf');
  });

  it('refuses or cuts long names and paths, keeping the extension', () => {
    const long = `${'x'.repeat(50)}.pdf`;
    expect(clean(long)).toBe('PATH_TOO_LONG');
    expect(clean(long, { truncateLongNames: true })).toBe(`${'x'.repeat(36)}.pdf`);
    expect(clean('short.pdf', {}, { parentPathLength: 55 })).toBe('PATH_TOO_LONG');
    expect(clean('short.pdf', { truncateLongNames: true }, { parentPathLength: 53 })).toBe('sh.pdf');
    expect(clean('short.pdf', { truncateLongNames: true }, { parentPathLength: 60 })).toBe('PATH_TOO_LONG');
    expect(clean(`${'🙂'.repeat(30)}.pdf`, { truncateLongNames: true })).toBe(`${'🙂'.repeat(18)}.pdf`);
  });

  it('counts bytes where the platform does', () => {
    const limits: Limits = { ...strict, segmentLengthUnit: 'UTF8', maxSegmentLength: 10 };
    expect(cleanName('üüüü.t', limits, replace, place)).toEqual({ name: 'üüüü.t' });
    expect(cleanName('üüüüü.t', limits, replace, place)).toMatchObject({ reason: 'PATH_TOO_LONG' });
  });
});

describe('conflictName', () => {
  it('puts the time before the extension and cuts what does not fit', () => {
    const at = new Date('2026-11-21T14:05:09.123Z');
    expect(conflictName('a.pdf', at, strict, place)).toEqual({ name: 'a (conflict 2026-11-21 14-05-09).pdf' });
    const long = conflictName(`${'y'.repeat(30)}.pdf`, at, strict, place);
    expect(long).toEqual({ name: 'yyyyy (conflict 2026-11-21 14-05-09).pdf' });
  });
});

describe('assignNames', () => {
  const rules: AssignmentRules = { ...replace, duplicateNames: 'RENAME' };
  const assign = (names: (string | Sibling)[], occupied: string[] = [], over: Partial<AssignmentRules> = {}) =>
    assignNames(
      names.map((name) => (typeof name === 'string' ? { name, kind: 'FILE', earlierName: null } : name)),
      occupied,
      strict,
      { ...rules, ...over },
      0,
    ).map((assigned) => ('name' in assigned ? assigned.name : assigned.reason));

  it.each<[string, string[], string[]]>([
    ['nothing to do', ['a', 'b'], ['a', 'b']],
    ['case twins: the first by name keeps it', ['plan.pdf', 'PLAN.pdf'], ['plan (1).pdf', 'PLAN.pdf']],
    ['a legal name comes before a cleaned one', ['a:b', 'a_b'], ['a_b (1)', 'a_b']],
    ['several cleaned ones', ['a:b', 'a?b', 'a*b'], ['a_b (1)', 'a_b (2)', 'a_b']],
    ['numbers that exist are left out', ['a:b', 'a_b', 'a_b (1)'], ['a_b (2)', 'a_b', 'a_b (1)']],
    ['Unicode forms', ['\u00fc', 'u\u0308'], ['\u00fc', '\u00fc (1)']],
  ])('%s', (_, from, to) => expect(assign(from)).toEqual(to));

  it('keeps the names of earlier runs when a sibling is added', () => {
    const known: Sibling = { name: 'a:b', kind: 'FILE', earlierName: 'a_b' };
    expect(assign([known, 'a_b'])).toEqual(['a_b', 'a_b (1)']);
  });

  it('does not number into a name that stands at the destination', () => {
    expect(assign(['A', 'a'], ['a (1)'])).toEqual(['A', 'a (2)']);
  });

  it('flags duplicates where the policy asks', () => {
    expect(assign(['A', 'a'], [], { duplicateNames: 'FLAG' })).toEqual(['A', 'DUPLICATE_NAME']);
  });

  it('says whether a name is revised, the Unicode form aside', () => {
    const [form, cleaned] = assignNames(
      [
        { name: 'u\u0308', kind: 'FILE', earlierName: null },
        { name: 'x?', kind: 'FILE', earlierName: null },
      ],
      [],
      strict,
      rules,
      0,
    );
    expect(form).toEqual({ name: '\u00fc', isRevised: false });
    expect(cleaned).toEqual({ name: 'x_', isRevised: true });
  });
});
