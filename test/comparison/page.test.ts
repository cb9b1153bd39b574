import { expect, it } from 'vitest';
import { compare, COMPARISON_GROUPS, COMPARISON_ROWS, FEATURE_WAYS, featureWay } from '@sluice/core/compare';
import { defaultPolicies } from '@sluice/core/plan';
import { fileshareDescription } from '@sluice/fileshare';
import { procoreDescription } from '@sluice/procore';
import { printComparisons } from './print.js';

const PLATFORMS = [procoreDescription, fileshareDescription];
const PAIRS = PLATFORMS.flatMap((from) => PLATFORMS.map((to) => [from.displayName, to.displayName, from, to] as const));

it('all pairs of platforms print as docs/platform-comparison.md', async () => {
  await expect(printComparisons(PLATFORMS)).toMatchFileSnapshot('../../docs/platform-comparison.md');
});

it.each(PAIRS)('%s → %s has every row in the order of groups, and a sentence in each', (_from, _to, from, to) => {
  const rows = compare(from, to, defaultPolicies('COPY'));
  expect(rows).toHaveLength(COMPARISON_ROWS);
  const groups = rows.map(({ group }) => COMPARISON_GROUPS.indexOf(group));
  expect(groups).toEqual(groups.toSorted((a, b) => a - b));
  for (const { effect, sourceValue, destinationValue } of rows)
    for (const text of [effect, sourceValue, destinationValue]) expect(text).toMatch(/\S/);
});

it.each(PAIRS)('%s → %s is lossy exactly where the engine leaves something behind', (_from, _to, from, to) => {
  for (const { capability, way, verdict } of compare(from, to, defaultPolicies('COPY')))
    if (capability !== null)
      expect([capability, verdict === 'LOSSY']).toEqual([capability, featureWay(capability, way).loss !== null]);
});

it.each(PLATFORMS)('$displayName claims nothing that the engine leaves alone', ({ capabilities }) => {
  for (const [feature, ways] of Object.entries(FEATURE_WAYS)) {
    const isLeftAlone = Object.keys(ways).every((way) => way === 'NOTHING' || way === 'LEFT');
    const { level } = capabilities[feature as keyof typeof FEATURE_WAYS];
    if (isLeftAlone) expect([feature, level]).toEqual([feature, 'NONE']);
  }
});
