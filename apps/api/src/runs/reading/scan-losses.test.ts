import { expect, it } from 'vitest';
import { describePlatformKind } from '../../connections/catalog.js';
import type { PlatformSide } from '../../connections/comparison.js';
import { lossesOf } from './scan-losses.js';

const sideOf = (kind: 'PROCORE' | 'NETWORK_FILE_SHARE'): PlatformSide => {
  const { capabilities, limits } = describePlatformKind(kind);
  return { kind, capabilities, limits, general: limits };
};
const [share, procore] = [sideOf('NETWORK_FILE_SHARE'), sideOf('PROCORE')];
const scan = (itemCount: number, emptyFiles: number) => ({
  nameProblems: [{ platform: 'PROCORE' as const, limit: 'MAX_PATH_LENGTH' as const, itemCount, examples: [] }],
  sizeClasses: [{ label: '0 bytes', fileCount: emptyFiles, byteCount: 0 }],
});
const told = (losses: ReturnType<typeof lossesOf>) =>
  losses.map(({ severity, limit, capability, itemCount }) => [severity, limit ?? capability, itemCount]);

it('tells the items that a limit is about, worst first, and no limit that is about none', () => {
  const losses = lossesOf(scan(7, 3), share, procore);
  expect(told(losses.filter(({ capability }) => capability === null))).toEqual([
    ['WARNING', null, 3],
    ['INFO', 'MAX_PATH_LENGTH', 7],
  ]);
  const none = lossesOf({ nameProblems: [], sizeClasses: [] }, share, procore);
  expect(none.every(({ limit, code }) => limit === null && code === 'CAPABILITY_MISSING')).toBe(true);
});

it('does not count for limits of a connection that are not those of its platform', () => {
  const strict = { ...procore, limits: { ...procore.general, maxPathLength: 100 } };
  expect(told(lossesOf(scan(7, 0), share, strict))).toContainEqual(['INFO', 'MAX_PATH_LENGTH', null]);
});

it('loses nothing between two alike platforms', () => {
  expect(lossesOf(scan(7, 3), share, share).filter(({ code }) => code === 'PLATFORM_LIMIT')).toEqual([]);
});
