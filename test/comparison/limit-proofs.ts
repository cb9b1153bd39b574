import { expect } from 'vitest';
import type { LimitWay } from '@sluice/core/compare';
import type { LimitKind, Limits } from '@sluice/core/platform';
import type { MemoryPlatformOptions, Seed } from '@sluice/core/testing';
import type { Copied, Proof } from './proof.js';

const limited = (limits: Partial<Limits>): MemoryPlatformOptions => ({ limits });
const files = (...paths: string[]): Seed[] => paths.map((path) => ({ path, bytes: 'four' }));

/** The files arrive under these names, in the order of their own. */
const arriveAs =
  (...paths: string[]) =>
  ({ destination, steps }: Copied): void => {
    expect(destination.tree().filter((path) => !path.endsWith('/'))).toEqual(paths);
    expect(new Set(Object.values(steps))).toEqual(new Set([expect.stringMatching(/^CREATED /)]));
  };

const end =
  (path: string, outcome: string, ...arrived: string[]) =>
  ({ destination, steps }: Copied): void => {
    expect(steps[path]).toBe(outcome);
    expect(destination.tree()).toEqual(arrived);
  };

/** Both sides have the limit, so that nothing exceeds it. */
const fitting = (limits: Partial<Limits>, name: string, ...paths: string[]): Proof => ({
  name,
  source: limited(limits),
  destination: limited(limits),
  seeds: files(...paths),
  proves: arriveAs(...paths),
});

const PATH = { maxPathLength: 14, maxSegmentLength: 12 };
const NAME = { maxSegmentLength: 8 };
const SIZE = { maxFileBytes: 3 };
const CHARACTERS = { forbiddenCharacters: ['/', '\0', '?'] };
const KEPT = { reservedNames: ['AUX'], reservedNameRule: 'WINDOWS' } as const;
const WHITE = { whitespaceRule: 'No white space at the ends of a name.' };
const TYPES = { restrictedTypes: ['exe'] };
const CASE = { isCaseSensitive: false };

/** A proof for each way of each limit: one that has none does not compile. */
export const LIMIT_PROOFS: { [Limit in LimitKind]: Readonly<Record<LimitWay<Limit>, Proof>> } = {
  MAX_PATH_LENGTH: {
    FITS: fitting(PATH, 'paths that fit are kept', 'folder/a.pdf'),
    FLAGGED: {
      name: 'paths that are too long are flagged',
      destination: limited(PATH),
      seeds: files('folder/plan-of-it.pdf'),
      proves: end('folder/plan-of-it.pdf', 'FLAGGED PATH_TOO_LONG', 'folder/'),
    },
    CUT: {
      name: 'names are cut so that their paths fit',
      destination: limited(PATH),
      policies: { truncateLongNames: true },
      seeds: files('folder/plan-of-it.pdf'),
      proves: arriveAs('folder/pla.pdf'),
    },
  },
  MAX_SEGMENT_LENGTH: {
    FITS: fitting(NAME, 'names that fit are kept', 'a.pdf'),
    FLAGGED: {
      name: 'names that are too long are flagged',
      destination: limited(NAME),
      seeds: files('plan-of-it.pdf'),
      proves: end('plan-of-it.pdf', 'FLAGGED PATH_TOO_LONG'),
    },
    CUT: {
      name: 'names that are too long are cut before their extension',
      destination: limited(NAME),
      policies: { truncateLongNames: true },
      seeds: files('plan-of-it.pdf'),
      proves: arriveAs('plan.pdf'),
    },
  },
  MAX_FILE_BYTES: {
    FITS: fitting({ maxFileBytes: 4 }, 'files that fit come over', 'a.pdf'),
    FLAG: {
      name: 'files that are too large are flagged',
      destination: limited(SIZE),
      seeds: files('a.pdf'),
      proves: end('a.pdf', 'FLAGGED FILE_TOO_LARGE'),
    },
    SKIP: {
      name: 'files that are too large are left out',
      destination: limited(SIZE),
      policies: { largeItem: 'SKIP' },
      seeds: files('a.pdf'),
      proves: end('a.pdf', 'SKIPPED FILE_TOO_LARGE'),
    },
  },
  FORBIDDEN_CHARACTERS: {
    FITS: fitting(CHARACTERS, 'characters that both sides take are kept', 'a<b.pdf'),
    REPLACE: {
      name: 'characters that the destination refuses are replaced',
      destination: limited(CHARACTERS),
      seeds: files('a?.pdf'),
      proves: arriveAs('a_.pdf'),
    },
    PERCENT_ENCODE: {
      name: 'characters that the destination refuses are percent-encoded',
      destination: limited(CHARACTERS),
      policies: { invalidCharacters: 'PERCENT_ENCODE' },
      seeds: files('a?.pdf'),
      proves: arriveAs('a%3F.pdf'),
    },
    FLAG: {
      name: 'items with characters that the destination refuses are flagged',
      destination: limited(CHARACTERS),
      policies: { invalidCharacters: 'FLAG' },
      seeds: files('a?.pdf'),
      proves: end('a?.pdf', 'FLAGGED NAME_INVALID'),
    },
  },
  RESERVED_NAMES: {
    FITS: fitting(KEPT, 'names that neither side keeps for itself are kept', 'auxiliary.pdf'),
    ADAPTED: {
      name: 'names that the destination keeps for itself are adapted',
      destination: limited(KEPT),
      seeds: files('aux.pdf'),
      proves: arriveAs('aux_.pdf'),
    },
    FLAGGED: {
      name: 'items with names that the destination keeps for itself are flagged',
      destination: limited(KEPT),
      policies: { invalidCharacters: 'FLAG' },
      seeds: files('aux.pdf'),
      proves: end('aux.pdf', 'FLAGGED NAME_INVALID'),
    },
  },
  WHITESPACE: {
    FITS: fitting(WHITE, 'names without white space at their ends are kept', 'a b.pdf'),
    REPLACE: {
      name: 'white space at the ends of names is taken off',
      destination: limited(WHITE),
      seeds: files(' a .pdf'),
      proves: arriveAs('a.pdf'),
    },
    PERCENT_ENCODE: {
      name: 'white space at the ends of names is percent-encoded',
      destination: limited(WHITE),
      policies: { invalidCharacters: 'PERCENT_ENCODE' },
      seeds: files('a .pdf'),
      proves: arriveAs('a%20.pdf'),
    },
    FLAG: {
      name: 'items with white space at the ends of their names are flagged',
      destination: limited(WHITE),
      policies: { invalidCharacters: 'FLAG' },
      seeds: files('a .pdf'),
      proves: end('a .pdf', 'FLAGGED NAME_INVALID'),
    },
  },
  RESTRICTED_TYPES: {
    FITS: fitting(TYPES, 'types that both sides take come over', 'a.pdf'),
    FLAGGED: {
      name: 'files of types that the destination refuses are flagged',
      destination: limited(TYPES),
      seeds: files('setup.EXE'),
      proves: end('setup.EXE', 'FLAGGED FILE_TYPE_RESTRICTED'),
    },
  },
  CASE_SENSITIVITY: {
    FITS: fitting(CASE, 'names that differ by more than case are kept', 'A.pdf', 'b.pdf'),
    RENAME: {
      name: 'names that differ only by case are numbered',
      destination: limited(CASE),
      seeds: files('A.pdf', 'a.pdf'),
      proves: arriveAs('A.pdf', 'a (1).pdf'),
    },
    FLAG: {
      name: 'names that differ only by case are flagged',
      destination: limited(CASE),
      policies: { duplicateNames: 'FLAG' },
      seeds: files('A.pdf', 'a.pdf'),
      proves: ({ steps }) => expect(Object.values(steps)).toEqual(['CREATED NEW', 'FLAGGED DUPLICATE_NAME']),
    },
  },
};
