import { describe, expect, it } from 'vitest';
import type { ItemKind, Limits } from '../platform/index.js';
import {
  FolderNames,
  type AssignedName,
  type AssignmentRules,
  type NamedFolder,
  type Sibling,
} from './folder-names.js';
import { SHARE, STRICT } from './limits.testing.js';

const rules: AssignmentRules = { invalidCharacters: 'REPLACE', truncateLongNames: false, duplicateNames: 'RENAME' };
const cutting: AssignmentRules = { ...rules, truncateLongNames: true };

function folderOf(given: Partial<NamedFolder> = {}): FolderNames {
  return new FolderNames({ limits: STRICT, rules, parentPathLength: 0, occupied: [], ...given });
}

const siblingOf = (name: string | Sibling): Sibling =>
  typeof name === 'string' ? { name, kind: 'FILE', earlierName: null } : name;
const known = (name: string, earlierName: string): Sibling => ({ name, kind: 'FILE', earlierName });
const folder = (name: string): Sibling => ({ name, kind: 'FOLDER', earlierName: null });
const told = (assigned: AssignedName) => ('name' in assigned ? assigned.name : assigned.reason);
const assign = (names: (string | Sibling)[], given: Partial<NamedFolder> = {}) =>
  folderOf(given).assign(names.map(siblingOf)).map(told);

describe('names of one folder', () => {
  it.each<[string, (string | Sibling)[], string[]]>([
    ['case twins: the first by name keeps it', ['plan.pdf', 'PLAN.pdf'], ['plan (1).pdf', 'PLAN.pdf']],
    ['a legal name comes before a cleaned one', ['a:b', 'a_b'], ['a_b (1)', 'a_b']],
    ['several cleaned ones', ['a:b', 'a?b', 'a*b'], ['a_b (1)', 'a_b (2)', 'a_b']],
    ['numbers that exist are left out', ['a:b', 'a_b', 'a_b (1)'], ['a_b (2)', 'a_b', 'a_b (1)']],
    ['a number takes no name that needs no change', ['B', 'b', 'b (1)'], ['B', 'b (2)', 'b (1)']],
    ['nor one that is only cleaned', ['a', 'A', 'A (1)?'], ['a (1)', 'A', 'A (1)_']],
    ['Unicode forms', ['\u00fc', 'u\u0308'], ['\u00fc', '\u00fc (1)']],
    ['a folder keeps its name before a file of the same', ['x', folder('x')], ['x (1)', 'x']],
    ['whatever comes first', [folder('x'), 'x'], ['x', 'x (1)']],
    ['numbers of folders go to the end', [folder('1.2 D'), folder('1.2 d')], ['1.2 D', '1.2 d (1)']],
    ['of files before the extension', ['1.2 D', '1.2 d'], ['1.2 D', '1 (1).2 d']],
    ['impossible ones stand alone', ['a.exe', 'b.pdf'], ['FILE_TYPE_RESTRICTED', 'b.pdf']],
    ['equal by cleaning and by case', ['A?', 'a?', 'a_'], ['A_ (1)', 'a_ (2)', 'a_']],
  ])('%s', (_, from, to) => expect(assign(from)).toEqual(to));

  it('keeps the names of earlier runs when a sibling is added', () => {
    expect(assign([known('a:b', 'a_b'), 'a_b'])).toEqual(['a_b', 'a_b (1)']);
    expect(assign([known('A', 'A (1)'), 'A', 'a'])).toEqual(['A (1)', 'A', 'a (2)']);
  });

  it('keeps the name of an earlier run of one item only', () => {
    expect(assign([known('A', 'x'), known('B', 'X')])).toEqual(['x', 'B']);
  });

  it('keeps an earlier name that became illegal only while it stands there', () => {
    expect(assign([known('a', 'a?')], { occupied: ['a?'] })).toEqual(['a?']);
    expect(assign([known('a', 'a?')])).toEqual(['a']);
    expect(assign([known('a', 'x'.repeat(41))])).toEqual(['a']);
  });

  it('does not number into a name that stands at the destination', () => {
    expect(assign(['A', 'a'], { occupied: ['A (1)'] })).toEqual(['A', 'a (2)']);
    expect(assign(['A', 'a'], { occupied: [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => `a (${n})`) })[1]).toBe('a (10)');
  });

  it('sets names that are made for the destination apart before their extension, also from each other', () => {
    const made = (name: string): Sibling => ({
      name: `${name} of version 3`,
      kind: 'FILE',
      earlierName: null,
      beside: { name, suffix: ' (v3)' },
    });
    expect(assign([made('a.pdf'), made('b?.pdf'), made('c.exe')])).toEqual([
      'a (v3).pdf',
      'b_ (v3).pdf',
      'FILE_TYPE_RESTRICTED',
    ]);
    expect(assign(['a (v3).pdf', made('a.pdf')])).toEqual(['a (v3).pdf', 'a (v3) (1).pdf']);
    const long = 'x'.repeat(36);
    expect(assign([made(`${long}.pdf`), made(`${long}y.pdf`)], { rules: cutting })).toEqual([
      `${'x'.repeat(31)} (v3).pdf`,
      `${'x'.repeat(27)} (v3) (1).pdf`,
    ]);
  });

  it('flags duplicates where the policy asks', () => {
    const flagging = { rules: { ...rules, duplicateNames: 'FLAG' as const } };
    expect(folderOf(flagging).assign(['A', 'a'].map(siblingOf))).toEqual([
      { name: 'A', isRevised: false },
      {
        reason: 'DUPLICATE_NAME',
        message: '"a" would get the name "a", which another item of the same folder has.',
      },
    ]);
  });

  it('says whether a name is revised, the Unicode form aside', () => {
    expect(folderOf().assign(['u\u0308', 'x?'].map(siblingOf))).toEqual([
      { name: '\u00fc', isRevised: false },
      { name: 'x_', isRevised: true },
    ]);
  });

  it('knows the reserved names of the root at the root only', () => {
    const limits: Limits = { ...STRICT, reservedRootNames: ['Schedules'] };
    expect(assign([folder('Schedules'), folder('Schedules_')], { limits })).toEqual(['Schedules_ (1)', 'Schedules_']);
    expect(assign([folder('Schedules')], { limits, parentPathLength: 3 })).toEqual(['Schedules']);
  });

  it('refuses a twin whose number does not fit, and cuts where the job says so', () => {
    const names = ['x'.repeat(40), 'X'.repeat(40)];
    expect(assign(names)).toEqual(['PATH_TOO_LONG', names[1]]);
    expect(assign(names, { rules: cutting })).toEqual([`${'x'.repeat(36)} (1)`, names[1]]);
    expect(assign(['abcd', 'ABCD'], { rules: cutting, parentPathLength: 55 })).toEqual(['PATH_TOO_LONG', 'ABCD']);
  });

  it('numbers on when the digits grow, and cuts more for them', () => {
    const names = Array.from({ length: 12 }, (_, n) => `${'x'.repeat(40)}${String.fromCharCode(97 + n)}`);
    const assigned = assign(names, { rules: cutting });
    expect(assigned[0]).toBe('x'.repeat(40));
    expect(assigned[9]).toBe(`${'x'.repeat(36)} (9)`);
    expect(assigned.slice(10)).toEqual([`${'x'.repeat(35)} (10)`, `${'x'.repeat(35)} (11)`]);
  });

  it('a number that makes a reserved name is left out', () => {
    const limits = { ...SHARE, isCaseSensitive: false, reservedNames: ['a (1)'], maxSegmentLength: 5 };
    expect(assign(['A', 'a'], { limits })).toEqual(['A', 'a (2)']);
    expect(assign(['Abcde', 'abcde'], { limits, rules: cutting })).toEqual(['Abcde', 'a (2)']);
  });

  it('numbers with what the platform can hold', () => {
    const without = (...more: string[]) => ({ ...STRICT, forbiddenCharacters: more });
    expect(assign(['A', 'a'], { limits: without('(', ')', ' ') })).toEqual(['A', 'a__1_']);
    expect(assign(['A', 'a'], { limits: without('7') })).toEqual(['A', 'NAME_INVALID']);
  });
});

describe('conflict names', () => {
  const at = new Date('2026-11-21T14:05:09.123Z');
  const conflict = (names: FolderNames, name: string, kind: ItemKind = 'FILE') => {
    const verdict = names.conflictName(name, kind, at);
    return 'name' in verdict ? verdict.name : verdict.reason;
  };
  const roomy = { limits: { ...STRICT, maxSegmentLength: 60 } };

  it('have the time before the extension, of folders at the end', () => {
    expect(conflict(folderOf(roomy), 'a.pdf')).toBe('a (conflict 2026-11-21 14-05-09).pdf');
    expect(conflict(folderOf(roomy), '1.2 D', 'FOLDER')).toBe('1.2 D (conflict 2026-11-21 14-05-09)');
  });

  it('are cut whatever the job says', () => {
    expect(conflict(folderOf(), `${'y'.repeat(30)}.pdf`)).toBe('yyyyy (conflict 2026-11-21 14-05-09).pdf');
    expect(conflict(folderOf(), `${'y'.repeat(300)}.pdf`)).toBe('yyyyy (conflict 2026-11-21 14-05-09).pdf');
  });

  it('follow the rules of the folder they are for', () => {
    expect(conflict(folderOf(roomy), 'a: b?.pdf')).toBe('a_ b_ (conflict 2026-11-21 14-05-09).pdf');
    expect(conflict(folderOf(roomy), 'con.txt')).toBe('con_ (conflict 2026-11-21 14-05-09).txt');
    const without = { ...STRICT, maxSegmentLength: 60, forbiddenCharacters: ['(', ')', '-'] };
    expect(conflict(folderOf({ limits: without }), 'a.pdf')).toBe('a _conflict 2026_11_21 14_05_09_.pdf');
  });

  it('a second one in the same second, and one that is taken, get a number', () => {
    const names = folderOf({ ...roomy, occupied: ['B (CONFLICT 2026-11-21 14-05-09).pdf'] });
    names.assign([siblingOf('c (conflict 2026-11-21 14-05-09).pdf')]);
    expect(conflict(names, 'a.pdf')).toBe('a (conflict 2026-11-21 14-05-09).pdf');
    expect(conflict(names, 'a.pdf')).toBe('a (conflict 2026-11-21 14-05-09) (1).pdf');
    expect(conflict(names, 'A.pdf')).toBe('A (conflict 2026-11-21 14-05-09) (2).pdf');
    expect(conflict(names, 'b.pdf')).toBe('b (conflict 2026-11-21 14-05-09) (1).pdf');
    expect(conflict(names, 'c.pdf')).toBe('c (conflict 2026-11-21 14-05-09) (1).pdf');
  });

  it('are refused where no name fits, also for the number', () => {
    const deep = folderOf({ parentPathLength: 25 });
    expect(conflict(deep, 'a.pdf')).toBe('PATH_TOO_LONG');
    expect(conflict(folderOf({ parentPathLength: 60 }), 'a.pdf')).toBe('PATH_TOO_LONG');
    const narrow = folderOf({ parentPathLength: 22 });
    expect(conflict(narrow, 'a.pdf')).toBe('a (conflict 2026-11-21 14-05-09).pdf');
    expect(conflict(narrow, 'a.pdf')).toBe('PATH_TOO_LONG');
  });

  it('count bytes on a share', () => {
    const name = conflict(folderOf({ limits: SHARE }), `${'ü'.repeat(125)}.pdf`);
    expect(name).toBe(`${'ü'.repeat(110)} (conflict 2026-11-21 14-05-09).pdf`);
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
  });
});

it('a temporary name stands before the extension, is taken once, and a folder has no extension', () => {
  const names = folderOf({ limits: { ...STRICT, maxSegmentLength: 60 }, occupied: ['b (moving)'] });
  const temporary = (name: string, kind: ItemKind) => {
    const verdict = names.temporaryName(name, kind);
    return 'name' in verdict ? verdict.name : verdict.reason;
  };
  expect([temporary('a.pdf', 'FILE'), temporary('v1.2', 'FOLDER')]).toEqual(['a (moving).pdf', 'v1.2 (moving)']);
  expect([temporary('a.pdf', 'FILE'), temporary('b', 'FILE')]).toEqual(['a (moving) (1).pdf', 'b (moving) (1)']);
});

it('an item that stays while others have its name gets a number that is free, also where twins are flagged', () => {
  const names = folderOf({ occupied: ['a.txt'], rules: { ...rules, duplicateNames: 'FLAG' } });
  const free = (name: string) => {
    const verdict = names.freeName(name, 'FILE');
    return 'name' in verdict ? verdict.name : verdict.reason;
  };
  expect(['a.txt', 'a.txt', 'b.txt', 'b.txt'].map(free)).toEqual(['a (1).txt', 'a (2).txt', 'b.txt', 'b (1).txt']);
});

it('an item beside one that has its name gets a number that is free, or none where twins are flagged', () => {
  const occupied = ['a.txt', 'a (1).txt'];
  const names = folderOf({ occupied });
  expect([names.nameOfTwin('a.txt', 'FILE'), names.nameOfTwin('a.txt', 'FILE')].map(told)).toEqual([
    'a (2).txt',
    'a (3).txt',
  ]);
  const flagged = folderOf({ occupied, rules: { ...rules, duplicateNames: 'FLAG' } });
  expect(told(flagged.nameOfTwin('a.txt', 'FILE'))).toBe('DUPLICATE_NAME');
});
