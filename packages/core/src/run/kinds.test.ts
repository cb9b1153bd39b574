import { describe, expect, it } from 'vitest';
import type { TransferType } from '../plan/index.js';
import { seeds, Transfer } from './transfer.testing.js';

type SideName = 'source' | 'destination';

/** Types of which an item that changed its kind is refused; SYNC keeps both. */
const TYPES: readonly TransferType[] = ['COPY', 'MOVE', 'MIGRATE', 'PUBLISH'];
const KINDS: readonly [string, string[], string[]][] = [
  ['a folder became a file', ['pkg/inner.xml'], ['pkg']],
  ['an empty folder became a file', ['pkg/'], ['pkg']],
  ['a file became a folder', ['pkg'], ['pkg/inner.xml']],
  ['a file became an empty folder', ['pkg'], ['pkg/']],
];
const CASES = TYPES.flatMap((type) => KINDS.map((kinds) => [type, ...kinds] as const));

/** A job that has run once with these items and one beside them; then the kind of one changes on a side, and another one is new. */
async function changed(type: TransferType, side: SideName, before: string[], after: string[]): Promise<Transfer> {
  const transfer = new Transfer(type);
  transfer.source.seed(seeds(...before, 'beside.txt'));
  await transfer.run();
  // What was moved is not at the source any more.
  if (transfer[side].item('pkg') !== null) transfer[side].removeBehind('pkg');
  transfer[side].seed(seeds(...after));
  transfer.source.seed(seeds('new.txt'));
  return transfer;
}

/** MIGRATE takes what is in the place at the source for new, and of MOVE nothing is at the source any more. */
function verdictOf(type: TransferType, side: SideName): string[] {
  if (type === 'MIGRATE' && side === 'source') return ['SKIPPED OUT_OF_SCOPE pkg'];
  return type === 'MOVE' && side === 'destination' ? [] : ['FLAGGED NAME_TAKEN pkg'];
}

describe.each(CASES)('%s: %s', (type, _, before, after) => {
  it.each(['source', 'destination'] as const)(
    'at the %s: nothing of the other kind is replaced, in this run and the next, and the others go on',
    async (side) => {
      const transfer = await changed(type, side, before, after);
      const { kind, version } = transfer.destination.item('pkg')!;
      const effects: string[] = [];
      transfer.destination.onOperation(({ operation, path }) => {
        if (path[0] === 'pkg' && ['write', 'ensureFolder', 'move'].includes(operation)) effects.push(operation);
      });
      for (let run = 1; run <= 2; run++) {
        const told = (await transfer.run()).filter((line) => line.endsWith(' pkg'));
        expect(told).toEqual(verdictOf(type, side));
        expect(transfer.destination.item('pkg')).toMatchObject({ kind, version });
      }
      expect(effects).toEqual([]);
      expect(transfer.destination.tree().includes('new.txt')).toBe(type !== 'MIGRATE');
    },
  );
});
