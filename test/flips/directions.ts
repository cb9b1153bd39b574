import { closeSync, openSync, readdirSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Platform } from '@sluice/core/platform';
import { startEmptySandbox } from '../support/sandbox.js';
import { Projects, Shares } from '../support/effects/sides.js';
import { copyFlipped, type Flipped } from './flipped-copy.js';

export const DIRECTIONS = ['to a share', 'to Procore'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** Copies so many files, all with flipped bits, between fresh places. */
export async function flippedCopy(direction: Direction, files: number): Promise<Flipped> {
  await using shares = new Shares();
  return await (direction === 'to a share' ? toShare(shares, files) : toProcore(shares, files));
}

async function toShare(shares: Shares, files: number): Promise<Flipped> {
  const [from, to] = [shares.side(), shares.side()];
  const folder = shares.folderOf(to);
  const begin = (source: Platform) => read(source, () => flipIn(folder));
  return copyFlipped({ from, to, files, begin, end: () => undefined });
}

async function toProcore(shares: Shares, files: number): Promise<Flipped> {
  const sandbox = await startEmptySandbox();
  const { control } = sandbox;
  try {
    const [from, to] = [shares.side(), await new Projects(sandbox).side()];
    // The former content that is put back is flipped too, once by each of the two tries, so that it is right in the end.
    const begin = (source: Platform) => {
      control.setFaults([{ kind: 'flipped-bit', match: { origin: 'storage', method: 'POST' } }]);
      return source;
    };
    return await copyFlipped({ from, to, files, begin, end: () => control.setFaults([]) });
  } finally {
    await sandbox.close();
  }
}

/** The platform through streams, and what happens once all bytes of a file were passed on. */
function read(inner: Platform, atEnd: () => void): Platform {
  const source = inner.source!;
  return {
    kind: inner.kind,
    capabilities: inner.capabilities,
    limits: inner.limits,
    find: (address, call) => inner.find(address, call),
    check: (call) => inner.check(call),
    close: () => inner.close(),
    source: {
      ...source,
      list: (request, call) => source.list(request, call),
      open: async function* (item, call, range) {
        yield* source.open(item, call, range);
        atEnd();
      },
    },
  };
}

/** Flips one bit of each unfinished file in the folder, once. */
function flipIn(folder: string): void {
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.part') && !FLIPPED.has(each))) {
    const file = openSync(join(folder, name), 'r+');
    const byte = Buffer.alloc(1);
    if (readSync(file, byte, 0, 1, 3) === 1) {
      FLIPPED.add(name);
      writeSync(file, Buffer.from([byte[0]! ^ 4]), 0, 1, 3);
    }
    closeSync(file);
  }
}

const FLIPPED = new Set<string>();
