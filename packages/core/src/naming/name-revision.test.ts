import { expect, it } from 'vitest';
import { FolderNames } from './folder-names.js';
import { STRICT } from './limits.testing.js';
import { nameRevision, type NameRevision } from './name-revision.js';

it.each<[string | null, string, NameRevision]>([
  ['a:b.txt', 'a_b.txt', 'CHARACTERS'],
  ['a:b.txt', 'a%3Ab.txt', 'CHARACTERS'],
  ['name. ', 'name', 'CHARACTERS'],
  [' a .pdf', 'a.pdf', 'CHARACTERS'],
  ['CON', 'CON_', 'CHARACTERS'],
  ['Plan: (2).pdf', 'Plan_ (2).pdf', 'CHARACTERS'],
  ['e\u0301:.txt', 'é_.txt', 'CHARACTERS'],
  ['plan.pdf', 'plan (1).pdf', 'TAKEN'],
  ['plan (1).pdf', 'plan (1) (2).pdf', 'TAKEN'],
  ['plan.pdf', 'plan _1_.pdf', 'TAKEN'],
  ['plan.pdf', 'plan (moving).pdf', 'TAKEN'],
  ['a very long plan.pdf', 'a very (1).pdf', 'TAKEN'],
  ['plan.pdf', 'plan (conflict 2026-11-21 14-05-09).pdf', 'CONFLICT'],
  ['plan.pdf', 'plan (conflict 2026-11-21 14-05-09) (2).pdf', 'CONFLICT'],
  [null, 'plan (conflict 2026-11-21 14-05-09).pdf', 'CONFLICT'],
  [null, 'plan.pdf', 'TAKEN'],
  ['a very long plan.pdf', 'a very.pdf', 'LENGTH'],
  ['a very: long plan.pdf', 'a very_.pdf', 'LENGTH'],
])('%s became %s for the reason %s', (from, to, revision) => {
  expect(nameRevision(from, to)).toBe(revision);
});

it('is told of the names that a folder gives', () => {
  const rules = { invalidCharacters: 'REPLACE', truncateLongNames: true, duplicateNames: 'RENAME' } as const;
  const folder = new FolderNames({ limits: STRICT, rules, parentPathLength: 1, occupied: [] });
  const names = ['a:b', 'a_b', 'x'.repeat(50)];
  const given = folder.assign(names.map((name) => ({ name, kind: 'FILE', earlierName: null })));
  const told = given.map((one, index) => 'name' in one && one.isRevised && nameRevision(names[index]!, one.name));
  expect(told).toEqual(['TAKEN', false, 'LENGTH']);
});
