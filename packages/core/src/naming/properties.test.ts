import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Limits } from '../platform/index.js';
import { isLegalName, type NamingRules } from './clean-name.js';
import { FolderNames, type AssignmentRules, type NamedFolder, type Sibling } from './folder-names.js';
import { SHARE, STRICT } from './limits.testing.js';
import { nameKey } from './name-key.js';

const PIECES = [
  ...'abABσςΣßxX_-~ ().:/\\?*"\t\0\ud800\u0308\u00fc0127',
  ...['con', 'CON', 'desktop.ini', '.exe', '.pdf', '..', ' (1)', '👨‍👩‍👧', '🇩🇪', 'e\u0301', '設計', 'x'.repeat(30)],
];
const name = fc.array(fc.constantFrom(...PIECES), { maxLength: 9 }).map((pieces) => pieces.join(''));
const kind = fc.constantFrom('FILE' as const, 'FOLDER' as const);

const limits: fc.Arbitrary<Limits> = fc
  .record({
    base: fc.constantFrom(STRICT, SHARE),
    isCaseSensitive: fc.boolean(),
    isUnicodeFormSensitive: fc.boolean(),
    pathLengthUnit: fc.constantFrom('UTF16' as const, 'UTF8' as const),
    segmentLengthUnit: fc.constantFrom('UTF16' as const, 'UTF8' as const),
    maxSegmentLength: fc.constantFrom(null, 8, 40),
    maxPathLength: fc.constantFrom(null, 20, 60),
    forbidden: fc.subarray(['_', '-', '(', ' ', '%']),
  })
  .map(({ base, forbidden, ...own }) => ({
    ...base,
    ...own,
    forbiddenCharacters: [...base.forbiddenCharacters, ...forbidden],
  }));

const rules: fc.Arbitrary<AssignmentRules> = fc.record({
  invalidCharacters: fc.constantFrom<NamingRules['invalidCharacters'][]>('REPLACE', 'PERCENT_ENCODE', 'FLAG'),
  truncateLongNames: fc.boolean(),
  duplicateNames: fc.constantFrom<AssignmentRules['duplicateNames'][]>('RENAME', 'FLAG'),
});

const folder: fc.Arbitrary<NamedFolder> = fc.record({
  limits,
  rules,
  parentPathLength: fc.constantFrom(0, 5, 12, 30),
  occupied: fc.array(name, { maxLength: 4 }),
});

const siblings: fc.Arbitrary<Sibling[]> = fc.uniqueArray(fc.record({ name, kind, earlierName: fc.constant(null) }), {
  maxLength: 12,
  selector: (sibling) => `${sibling.kind} ${sibling.name}`,
});

/** Items and the names that they got. */
function assign(given: NamedFolder, items: readonly Sibling[]): { item: Sibling; name: string | null }[] {
  return new FolderNames(given).assign(items).map((assigned, index) => ({
    item: items[index]!,
    name: 'name' in assigned ? assigned.name : null,
  }));
}

const isLegal = (given: NamedFolder, item: Sibling, named: string) =>
  isLegalName(named, given.limits, { parentPathLength: given.parentPathLength, kind: item.kind });

/** Whether a text is the beginning of another one that ends between two characters as people see them. */
function isWholeBeginning(part: string, whole: string): boolean {
  const segments = new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(whole);
  return whole.startsWith(part) && [...segments].some(({ index }) => index === part.length);
}

const each = (property: (given: NamedFolder, items: Sibling[]) => void) =>
  fc.assert(fc.property(folder, siblings, property), { numRuns: 500, seed: 20_261_126 });

describe('whatever the names, the platform and the policies', () => {
  it('every assigned name is legal in its place', () => {
    each((given, items) => {
      for (const { item, name: named } of assign(given, items)) {
        if (named !== null) expect(isLegal(given, item, named), named).toBe(true);
      }
    });
  });

  it('no two items get what is one name to the platform', () => {
    each((given, items) => {
      const keys = assign(given, items).flatMap((one) => (one.name === null ? [] : [nameKey(one.name, given.limits)]));
      expect(new Set(keys).size).toBe(keys.length);
    });
  });

  it('the same items get the same names again, in any order, and as the names of an earlier run', () => {
    each((given, items) => {
      const first = assign(given, items);
      const names = new Map(first.map((one) => [one.item, one.name]));
      for (const again of assign(given, items.toReversed())) expect(again.name).toBe(names.get(again.item));
      const known = first.map(({ item, name: earlierName }) => ({ ...item, earlierName }));
      const standing = first.flatMap((one) => one.name ?? []);
      const later = assign({ ...given, occupied: [...given.occupied, ...standing] }, known);
      expect(
        later.filter(({ name: named }, index) => first[index]!.name !== null && named !== first[index]!.name),
      ).toEqual([]);
    });
  });

  it('a legal name changes only for another one that is the same to the platform', () => {
    each((given, items) => {
      const named = assign(given, items);
      for (const { item, name: own } of named) {
        const form = given.limits.isUnicodeFormSensitive ? item.name : item.name.normalize('NFC');
        if (own === form || !isLegal(given, item, item.name) || own === null) continue;
        const twins = named.filter(
          (other) => other.name && nameKey(other.name, given.limits) === nameKey(form, given.limits),
        );
        expect(twins).toHaveLength(1);
      }
    });
  });

  it('a twin of a legal name gets the lowest number that is free', () => {
    const given = {
      limits: { ...STRICT, maxPathLength: null },
      rules: { ...REPLACING, duplicateNames: 'RENAME' as const },
    };
    const free = fc.record({ taken: fc.subarray([1, 2, 3, 4, 9, 10, 11]), count: fc.integer({ min: 2, max: 14 }) });
    fc.assert(
      fc.property(free, ({ taken, count }) => {
        const occupied = taken.map((n) => `PLAN (${n}).pdf`);
        const items = Array.from({ length: count }, (_, n) => twin(n));
        const numbers = assign({ ...given, parentPathLength: 0, occupied }, items).map((one) =>
          Number(/\((\d+)\)/.exec(one.name!)?.[1] ?? 0),
        );
        const expected = [0, ...Array.from({ length: 30 }, (_, n) => n + 1).filter((n) => !taken.includes(n))];
        expect(numbers.sort((a, b) => a - b)).toEqual(expected.slice(0, count));
      }),
    );
  });

  it('a cut takes no more than it has to, and never a part of a character', () => {
    each((given, items) => {
      for (const item of items.filter((one) => one.kind === 'FOLDER')) {
        const cut = { ...given, rules: { ...REPLACING, duplicateNames: 'FLAG' as const }, occupied: [] };
        const wide = { ...cut, limits: { ...given.limits, maxSegmentLength: null, maxPathLength: null } };
        const [short, long] = [assign(cut, [item])[0]!.name, assign(wide, [item])[0]!.name!];
        if (short === null || short === long) continue;
        expect(isWholeBeginning(short, long), `${short} of ${long}`).toBe(true);
      }
    });
  });

  it('a conflict name is legal, free and another one each time, or refused', () => {
    each((given, items) => {
      const folderNames = new FolderNames(given);
      const taken = new Set([...given.occupied].map((one) => nameKey(one, given.limits)));
      for (const item of [...items, ...items]) {
        const verdict = folderNames.conflictName(item.name, item.kind, new Date('2026-11-21T14:05:09Z'));
        if (!('name' in verdict)) continue;
        expect(isLegal(given, item, verdict.name), verdict.name).toBe(true);
        expect(taken.has(nameKey(verdict.name, given.limits))).toBe(false);
        taken.add(nameKey(verdict.name, given.limits));
      }
    });
  });
});

const REPLACING: NamingRules = { invalidCharacters: 'REPLACE', truncateLongNames: true };

/** `plan.pdf` with capitals by the bits of a number. */
function twin(n: number): Sibling {
  const letters = Array.from('plan', (letter, bit) => ((n >> bit) & 1 ? letter.toUpperCase() : letter));
  return { name: `${letters.join('')}.pdf`, kind: 'FILE', earlierName: null };
}
