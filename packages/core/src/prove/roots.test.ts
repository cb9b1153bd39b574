import { describe, expect, it } from 'vitest';
import { findLedger, type LocationPair } from './roots.js';

const pair = (number: number, over: Partial<LocationPair> = {}): LocationPair => ({
  number,
  sourceRoot: 's',
  destinationRoot: 'd',
  itemCount: 5,
  ...over,
});
const there = { source: 's', destination: 'd' };

describe('the ledger of two places', () => {
  it('begins anew where the job has none', () => expect(findLedger(there, [])).toEqual({ found: 'NONE' }));

  it('is that of the folders that stand there, also when another was used last', () => {
    const pairs = [pair(2, { sourceRoot: 'other' }), pair(1)];
    expect(findLedger(there, pairs)).toEqual({ found: 'LEDGER', pair: pairs[1] });
  });

  it('learns folders that were not known', () => {
    const unknown = pair(1, { sourceRoot: null, destinationRoot: null });
    expect(findLedger(there, [unknown])).toEqual({ found: 'LEDGER', pair: unknown });
    expect(findLedger({ ...there, destination: null }, [unknown])).toEqual({ found: 'LEDGER', pair: unknown });
  });

  it.each([
    ['another source', { source: 'x', destination: 'd' }, ['SOURCE']],
    ['another destination', { source: 's', destination: 'x' }, ['DESTINATION']],
    ['no destination any more', { source: 's', destination: null }, ['DESTINATION']],
    ['two other folders', { source: 'x', destination: 'x' }, ['SOURCE', 'DESTINATION']],
  ])('is not that of %s', (_, roots, sides) => {
    expect(findLedger(roots, [pair(1)])).toEqual({ found: 'CHANGED', sides });
  });

  it('is taken over where it remembers nothing, such as of an empty folder that a mount covers now', () => {
    const empty = pair(1, { itemCount: 0 });
    expect(findLedger({ source: 'x', destination: null }, [empty])).toEqual({ found: 'LEDGER', pair: empty });
  });
});
