import { describe, expect, it } from 'vitest';
import { exclude, FILE, FOLDER, include, NOW, pathOf, verdict } from './filter.testing.js';
import { ItemFilter, TreeFilter } from './item-filter.js';

const HOUR_MS = 3_600_000;

describe('an item is in', () => {
  it('without filters, always', () => {
    expect(verdict([], 'a.pdf')).toBe('IN');
    expect(verdict([], 'f/')).toBe('IN');
  });

  it('unless an exclusion matches; with inclusions, if one of them does; exclusion wins', () => {
    const rules = [include({ extensions: ['pdf'] }), exclude({ globs: ['old/**'] }), include({ globs: ['*.dwg'] })];
    expect(verdict(rules, 'a.pdf')).toBe('IN by 0');
    expect(verdict(rules, 'a.dwg')).toBe('IN by 2');
    expect(verdict(rules, 'a.txt')).toBe('OUT');
    expect(verdict(rules, 'old/a.pdf')).toBe('OUT by 1');
    expect(verdict(rules.slice(1, 2), 'a.txt')).toBe('IN');
  });

  it('if every condition of the filter holds', () => {
    const rule = include({ globs: ['Drawings/**'], extensions: ['pdf'], minBytes: 50 });
    expect(verdict([rule], 'Drawings/a.pdf')).toBe('IN by 0');
    expect(verdict([rule], 'Drawings/a.dwg')).toBe('OUT');
    expect(verdict([rule], 'Photos/a.pdf')).toBe('OUT');
    expect(verdict([rule], 'Drawings/a.pdf', { size: 49 })).toBe('OUT');
  });

  it('by its extension, whatever its case, with or without the dot, also of two parts', () => {
    const rules = [include({ extensions: ['.PDF', 'tar.gz'] })];
    expect(verdict(rules, 'a.Pdf')).toBe('IN by 0');
    expect(verdict(rules, 'a.tar.gz')).toBe('IN by 0');
    expect(verdict(rules, '.pdf')).toBe('OUT');
    expect(verdict(rules, 'apdf')).toBe('OUT');
  });

  it('by its size, both ends included; a size that is not known is in no range', () => {
    const rules = [include({ minBytes: 10, maxBytes: 20 })];
    const at = (size: number | null) => verdict(rules, 'a', { size });
    expect([9, 10, 20, 21, null].map(at)).toEqual(['OUT', 'IN by 0', 'IN by 0', 'OUT', 'OUT']);
  });

  it.each([
    ['created', 'createdAt'],
    ['modified', 'modifiedAt'],
  ] as const)('by when it was %s, from the beginning and before the end', (name, field) => {
    const rules = [include({ [`${name}From`]: NOW, [`${name}To`]: NOW + HOUR_MS })];
    const at = (time: number) => verdict(rules, 'a', { [field]: new Date(time) });
    expect([NOW - 1, NOW, NOW + HOUR_MS - 1, NOW + HOUR_MS].map(at)).toEqual(['OUT', 'IN by 0', 'IN by 0', 'OUT']);
    expect(verdict(rules, 'a', { [field]: null })).toBe('OUT');
  });

  it('by its age', () => {
    const at = (rule: object, age: number) => verdict([include(rule)], 'a', { modifiedAt: new Date(NOW - age) });
    expect([0, 1].map((more) => at({ minAgeMs: HOUR_MS }, HOUR_MS - 1 + more))).toEqual(['OUT', 'IN by 0']);
    expect([0, 1].map((more) => at({ maxAgeMs: HOUR_MS }, HOUR_MS + more))).toEqual(['IN by 0', 'OUT']);
    expect(verdict([exclude({ maxAgeMs: HOUR_MS })], 'a', { modifiedAt: null })).toBe('IN');
  });

  it('by whether it, or a folder above it, is hidden', () => {
    const hidden = [exclude({ isHidden: true })];
    expect(['.git/', '.git/config', 'a/.x', 'a/x'].map((path) => verdict(hidden, path))).toEqual([
      'OUT by 0',
      'OUT by 0',
      'OUT by 0',
      'IN',
    ]);
    expect(verdict([exclude({ isHidden: false })], 'a/x')).toBe('OUT by 0');
  });

  it.each([
    ['path', 'F/a.pdf', {}],
    ['name', 'a.pdf', {}],
    ['extension', 'pdf', {}],
    ['size', '100', {}],
    ['createdAt', new Date(NOW - 1_000).toISOString(), {}],
    ['modifiedAt', new Date(NOW - 1_000).toISOString(), {}],
    ['description', 'as built', { description: 'as built' }],
    ['private', 'true', { isPrivate: true }],
  ])('by its metadata: %s is %s', (metadataKey, metadataValue, item) => {
    const by = (value: string | null, given: object = item) =>
      verdict([include({ metadataKey, metadataValue: value })], 'F/a.pdf', given);
    expect([by(metadataValue), by(null), by('other')]).toEqual(['IN by 0', 'IN by 0', 'OUT']);
  });

  it.each([
    ['extension', 'a', {}],
    ['extension', '.a', {}],
    ['extension', 'a.b/', {}],
    ['size', 'a', { size: null }],
    ['createdAt', 'a', { createdAt: null }],
    ['createdAt', 'a/', {}],
    ['modifiedAt', 'a', { modifiedAt: null }],
    ['modifiedAt', 'a/', {}],
    ['description', 'a', {}],
    ['description', 'a', { description: '' }],
    ['private', 'a', {}],
  ])('not by the %s that %s does not have', (metadataKey, path, item) => {
    expect(verdict([exclude({ metadataKey })], path, item)).toBe('IN');
  });
});

describe('a folder', () => {
  it('is matched by place and metadata, never by what only files have', () => {
    const files = [{ extensions: ['b'] }, { maxBytes: 9 }, { createdTo: NOW }, { modifiedTo: NOW }, { minAgeMs: 0 }];
    for (const rule of files) expect(verdict([exclude(rule)], 'a.b/')).toBe('IN');
    expect(verdict([exclude({ globs: ['a.b'] })], 'a.b/')).toBe('OUT by 0');
    expect(verdict([exclude({ metadataKey: 'private', metadataValue: 'true' })], 'a/', { isPrivate: true })).toBe(
      'OUT by 0',
    );
  });

  it('is on the way where an inclusion may match below it, and out where none can', () => {
    const rules = [include({ globs: ['a/b/*.pdf'] })];
    expect(['a/', 'a/b/', 'c/', 'a/c/'].map((path) => verdict(rules, path))).toEqual([
      'ON_THE_WAY',
      'ON_THE_WAY',
      'OUT',
      'OUT',
    ]);
    expect(verdict([include({ extensions: ['pdf'] })], 'c/')).toBe('ON_THE_WAY');
    expect(verdict([include({ globs: ['a'] })], 'a/')).toBe('IN by 0');
  });
});

describe('of an item that is not shown', () => {
  const mayBeIn = (rules: Parameters<typeof verdict>[0], path: string) =>
    new ItemFilter(rules, NOW).mayBeIn(pathOf(path), path.endsWith('/') ? 'FOLDER' : 'FILE');

  it('its place tells whether it may be in', () => {
    expect(mayBeIn([], 'a')).toBe(true);
    expect(mayBeIn([exclude({ globs: ['*.tmp'] })], 'a.tmp')).toBe(false);
    expect(mayBeIn([exclude({ globs: ['*.tmp'] })], 'a.pdf')).toBe(true);
    expect(mayBeIn([exclude({ globs: ['*.tmp'], minBytes: 9 })], 'a.tmp')).toBe(true);
    expect(mayBeIn([exclude({ metadataKey: 'private' })], 'a')).toBe(true);
    expect(mayBeIn([include({ extensions: ['pdf'] })], 'a.txt')).toBe(false);
    expect(mayBeIn([include({ extensions: ['pdf'], minBytes: 9 })], 'a.pdf')).toBe(true);
    expect(mayBeIn([include({ globs: ['a/b'] })], 'a/')).toBe(true);
    expect(mayBeIn([include({ globs: ['a/b'] })], 'c/')).toBe(false);
  });
});

describe('in a tree', () => {
  const judged = (rules: Parameters<typeof verdict>[0], ...shown: [string, object?][]) => {
    const tree = new TreeFilter(new ItemFilter(rules, NOW));
    const standings = shown.map(([path, item]) => {
      const { standing, rule } = tree.judge(pathOf(path), { ...(path.endsWith('/') ? FOLDER : FILE), ...item });
      return `${standing} ${rule ?? '-'}`;
    });
    return { standings, tree };
  };

  it('an excluded folder takes all that is below it along, whatever an inclusion says', () => {
    const rules = [include({ extensions: ['pdf'] }), exclude({ metadataKey: 'private', metadataValue: 'true' })];
    const { standings, tree } = judged(rules, ['f/', { isPrivate: true }], ['f/g/'], ['f/g/a.pdf'], ['h.pdf']);
    expect(['f', 'f/g', 'h.pdf'].map((path) => tree.isOut(pathOf(path)))).toEqual([true, true, false]);
    expect(standings).toEqual(['OUT 1', 'OUT 1', 'OUT 1', 'IN 0']);
  });

  it('folders above one that an inclusion matches are needed, and no others', () => {
    const rules = [include({ globs: ['a/b/plans'] }), include({ globs: ['a/c/plans'] })];
    const { tree } = judged(
      rules,
      ['a/'],
      ['a/b/'],
      ['a/c/'],
      ['a/d/'],
      ['a/b/plans/'],
      ['a/c/plans/'],
      ['a/b/plans/x/'],
    );
    const needed = ['a', 'a/b', 'a/c', 'a/d', 'a/b/plans'].filter((path) => tree.isNeeded(pathOf(path)));
    expect(needed).toEqual(['a', 'a/b', 'a/c', 'a/b/plans']);
  });

  it('knows the folders with a file below that is in', () => {
    const { tree } = judged([include({ extensions: ['pdf'] })], ['a/'], ['a/b/'], ['a/b/x.pdf'], ['c/'], ['c/x.txt']);
    expect(['a', 'a/b', 'c'].filter((path) => tree.hasFileBelow(pathOf(path)))).toEqual(['a', 'a/b']);
  });
});
