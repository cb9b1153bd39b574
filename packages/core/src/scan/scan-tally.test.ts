import { expect, it } from 'vitest';
import { packItems, type Item } from '../platform/index.js';
import { memoryLimits } from '../testing/memory-facts.js';
import { ScanTally, type ScanBasis, type ScanFigures } from './scan-tally.js';

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 10, 21);

const item = (path: string, size: number | null, ageDays: number | null = 1): Item => ({
  id: path,
  identity: null,
  kind: path.endsWith('/') ? 'FOLDER' : 'FILE',
  path: path.split('/').filter((part) => part !== ''),
  parentId: null,
  size: path.endsWith('/') ? null : size,
  createdAt: null,
  modifiedAt: ageDays === null ? null : new Date(NOW - ageDays * DAY_MS),
  version: '1',
  metaVersion: null,
  sha256: null,
  description: null,
  isPrivate: null,
  isReadOnly: false,
  lock: null,
  handle: null,
});

const STRICT = {
  kind: 'PROCORE' as const,
  limits: memoryLimits({ isCaseSensitive: false, forbiddenCharacters: ['?'], maxPathLength: 12 }),
};

function scanned(items: readonly Item[], basis: Partial<ScanBasis> = {}): ScanFigures {
  const tally = new ScanTally({ root: ['job'], now: NOW, isCaseSensitive: true, others: [STRICT], ...basis });
  for (const one of items) {
    const folder = one.path.slice(0, -1);
    tally.noteFilled(folder);
    tally.add(packItems(folder, [one]));
  }
  return tally.figures();
}

const nonEmpty = (buckets: ScanFigures['sizeClasses']) =>
  buckets
    .filter(({ fileCount }) => fileCount > 0)
    .map(({ label, fileCount, byteCount }) => [label, fileCount, byteCount]);

it('counts files, folders and bytes by extension, size, age and depth', () => {
  const figures = scanned([
    item('job/a.PDF', 10_000),
    item('job/b.pdf', 10_001, 8),
    item('job/README', 0, 400),
    item('job/sub/', null),
    item('job/sub/c.dwg', 2_000_000_000, -3),
    item('job/sub/d', null, null),
    item('job/void/', null),
  ]);
  expect(figures).toMatchObject({ fileCount: 5, folderCount: 2, emptyFolderCount: 1, byteCount: 2_000_020_001 });
  expect(nonEmpty(figures.extensions)).toEqual([
    ['.dwg', 1, 2_000_000_000],
    ['.pdf', 2, 20_001],
    ['no extension', 2, 0],
  ]);
  expect(nonEmpty(figures.sizeClasses)).toEqual([
    ['0 bytes', 1, 0],
    ['up to 10 KB', 1, 10_000],
    ['up to 100 KB', 1, 10_001],
    ['more than 1 GB', 1, 2_000_000_000],
    ['unknown size', 1, 0],
  ]);
  expect(nonEmpty(figures.ageClasses)).toEqual([
    ['up to 7 days', 1, 10_000],
    ['up to 30 days', 1, 10_001],
    ['up to 3 years', 1, 0],
    ['in the future', 1, 2_000_000_000],
    ['unknown age', 1, 0],
  ]);
  expect(nonEmpty(figures.depths)).toEqual([
    ['1', 3, 20_001],
    ['2', 2, 2_000_000_000],
  ]);
});

it('tells what another platform could not hold, below its root, and which paths are the longest', () => {
  const figures = scanned([
    item('job/what?.pdf', 1),
    item('job/A.txt', 1),
    item('job/a.TXT', 1),
    item('job/sub/', null),
    item('job/sub/a.txt', 1),
    item('job/sub/longer.txt', 1),
  ]);
  expect(figures.nameProblems).toEqual([
    { platform: 'PROCORE', limit: 'FORBIDDEN_CHARACTERS', itemCount: 1, examples: ['/job/what?.pdf'] },
    { platform: 'PROCORE', limit: 'CASE_SENSITIVITY', itemCount: 1, examples: ['/job/a.TXT'] },
    { platform: 'PROCORE', limit: 'MAX_PATH_LENGTH', itemCount: 1, examples: ['/job/sub/longer.txt'] },
  ]);
  expect(figures.longestPaths.slice(0, 2)).toEqual(['/job/sub/longer.txt', '/job/what?.pdf']);
});

it('knows no two names that differ by case only where the platform itself holds none', () => {
  const figures = scanned([item('job/A.txt', 1), item('job/a.TXT', 1)], { isCaseSensitive: false });
  expect(figures.nameProblems).toEqual([]);
});

it('tells at most a hundred extensions, five examples and fifty paths, and still counts every file', () => {
  const items = Array.from({ length: 300 }, (_, index) => item(`job/?${index}.x${index}`, index));
  const { extensions, longestPaths, nameProblems, byteCount } = scanned(items);
  expect(extensions).toHaveLength(100);
  expect(extensions.at(-1)?.label).toBe('others');
  expect(extensions.reduce((sum, one) => sum + one.fileCount, 0)).toBe(300);
  expect(extensions.reduce((sum, one) => sum + one.byteCount, 0)).toBe(byteCount);
  expect(longestPaths).toHaveLength(50);
  expect(nameProblems[0]).toMatchObject({ itemCount: 300, examples: { length: 5 } });
});
