import { describe, expect, it } from 'vitest';
import { exclude, include, verdict } from './filter.testing.js';
import { READY_MADE } from './ready-made.js';
import { MAX_PATTERNS, MAX_RULES, problemsOfRules } from './rule-problems.js';

const found = (...rules: Parameters<typeof problemsOfRules>[0]) =>
  problemsOfRules(rules).map(({ code, field, message }) => `${code} ${field.join('.')}: ${message}`);

describe('filters are refused at their field', () => {
  it.each([
    [exclude({}), 'REQUIRED 0: Give at least one condition'],
    [exclude({ globs: ['ok', '/a'] }), 'INVALID 0.globs.1: Leave out the slash'],
    [exclude({ globs: Array.from({ length: MAX_PATTERNS + 1 }, () => 'a') }), 'TOO_LONG 0.globs: Give at most 100'],
    [exclude({ extensions: ['.'] }), 'INVALID 0.extensions.0: Write an extension'],
    [exclude({ extensions: ['*.pdf'] }), 'INVALID 0.extensions.0: Write the extension alone'],
    [exclude({ extensions: ['x'.repeat(51)] }), 'INVALID 0.extensions.0: An extension has at most 50'],
    [exclude({ minBytes: -1 }), 'OUT_OF_RANGE 0.minBytes: A size must be at least 0'],
    [exclude({ maxBytes: -1 }), 'OUT_OF_RANGE 0.maxBytes: A size must be at least 0'],
    [exclude({ minBytes: 2, maxBytes: 1 }), 'OUT_OF_RANGE 0.maxBytes: The largest size'],
    [exclude({ createdFrom: 5, createdTo: 5 }), 'OUT_OF_RANGE 0.created: The end must be after'],
    [exclude({ modifiedFrom: 5, modifiedTo: 4 }), 'OUT_OF_RANGE 0.modified: The end must be after'],
    [exclude({ minAgeMs: 2, maxAgeMs: 1 }), 'OUT_OF_RANGE 0.maxAge: The most time'],
    [exclude({ metadataValue: 'x' }), 'REQUIRED 0.metadataKey: Name the field'],
    [exclude({ metadataKey: 'colour' }), 'INVALID 0.metadataKey: Listings do not show the field “colour”; use path,'],
    [exclude({ metadataKey: 'name', metadataValue: 'x'.repeat(1001) }), 'TOO_LONG 0.metadataValue: A value'],
  ])('%o: %s', (rule, expected) => {
    expect(found(rule)).toEqual([expect.stringContaining(expected)]);
  });

  it('all problems together, each with the number of its filter', () => {
    const list = found(include({ globs: ['ok'] }), exclude({ globs: ['a/'], extensions: ['/'] }), exclude({}));
    expect(list.map((line) => line.split(':')[0])).toEqual([
      'INVALID 1.globs.0',
      'INVALID 1.extensions.0',
      'REQUIRED 2',
    ]);
  });

  it('when there are too many, or too many patterns in all', () => {
    expect(found(...Array.from({ length: MAX_RULES + 1 }, () => exclude({})))).toEqual([
      'TOO_LONG : Give at most 100 filters.',
    ]);
    const full = exclude({
      globs: Array.from({ length: 51 }, () => 'a'),
      extensions: Array.from({ length: 50 }, () => 'b'),
    });
    expect(found(...Array.from({ length: 10 }, () => full))).toEqual([
      expect.stringContaining('have at most 1000 patterns'),
    ]);
  });

  it.each([
    include({ minBytes: 1, maxBytes: 1, minAgeMs: 5, maxAgeMs: 5 }),
    include({ createdFrom: 1, createdTo: 2 }),
    include({ isHidden: false }),
    include({ extensions: ['.pdf', 'tar.gz'] }),
    include({ metadataKey: 'private', metadataValue: 'true' }),
  ])('but not %o', (rule) => expect(found(rule)).toEqual([]));
});

describe('ready-made filters', () => {
  const rules = READY_MADE.flatMap((set) => set.rules);

  it('have no problems', () => expect(problemsOfRules(rules)).toEqual([]));

  it.each(['a/Thumbs.db', 'a/.DS_Store', 'a/~$plan.docx', 'a/b/x.tmp', '$Recycle.Bin/S-1/a.pdf', '._plan.pdf'])(
    'leave out %s',
    (path) => expect(verdict(rules, path)).toMatch(/^OUT/),
  );

  it.each(['a/plan.docx', 'thumbs/plan.pdf', 'tmp/plan.pdf', '~plan.pdf', 'a.tmp.pdf'])('leave %s in', (path) =>
    expect(verdict(rules, path)).toBe('IN'),
  );
});
