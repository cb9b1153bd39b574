import { describe, expect, it } from 'vitest';
import { PlatformError, type PlatformErrorKind } from '../platform/index.js';
import {
  createMemoryPlatform,
  FakeClock,
  MemoryEngineStore,
  MemoryJob,
  MemoryScanStore,
  quietRun,
} from '../testing/index.js';
import { compareContents } from './compare-contents.js';
import { Waits } from './context.js';
import type { ActiveScan } from './scan-context.js';
import type { ReadFile } from './scan-ports.js';

const BYTES = 'same';
const refused = new PlatformError('ACCESS_DENIED', 'No right.');

/** A place with files of equal content, as it stands once it was listed. */
class Scan {
  readonly source = createMemoryPlatform({ capabilities: { CONTENT_CHECKSUM: { level: 'NONE' } } });
  readonly store = new MemoryEngineStore(new MemoryJob());
  readonly scans = new MemoryScanStore();
  readonly control = { ...quietRun().control, isStopping: false };
  readonly noted: ReadFile[][] = [];
  readonly inFlight: [number, number][] = [];
  readonly progress: string[] = [];

  constructor(cost?: () => number) {
    Object.assign(this.source.destination ?? {}, cost ? { cost } : {});
    const noteHashes = this.scans.noteHashes.bind(this.scans);
    this.scans.noteHashes = async (read) => {
      this.noted.push([...read]);
      await noteHashes(read);
    };
  }

  async put(count: number): Promise<void> {
    const paths = Array.from({ length: count }, (_, index) => `folder/${index + 1}`);
    this.source.seed(paths.map((path) => ({ path, bytes: BYTES })));
    await this.scans.addFiles(paths.map((path) => ({ ...this.source.item(path)!, size: BYTES.length })));
  }

  compare(maxParallelReads = 1): Promise<boolean> {
    const report = {
      ...quietRun().report,
      inFlight: (...figures: [number, number]) => this.inFlight.push(figures),
      progress: (id: string, bytes: number) => this.progress.push(`${id}: ${bytes}`),
    };
    const { source, store, scans, control } = this;
    const scan: ActiveScan = {
      ...{ source, store, scans, control, report, maxParallelReads, owner: 'scan', clock: new FakeClock() },
      ...{ sourceRoot: [], rules: [], others: [], mayRead: true, waits: new Waits(() => {}) },
    };
    return compareContents(scan);
  }

  /** Files that were read, in the groups in which they were written down; 0 stands for one that could not be. */
  get readIds(): number[][] {
    return this.noted.map((read) => read.map(({ id, sha256 }) => (sha256 === null ? 0 : id)));
  }
}

async function scanOf(count: number, cost?: () => number): Promise<Scan> {
  const scan = new Scan(cost);
  await scan.put(count);
  return scan;
}

it('files of equal sizes are read, and what they hold is written down', async () => {
  const scan = await scanOf(2);
  expect(await scan.compare()).toBe(true);
  const sha256 = '0967115f2813a3541eaef77de9d9d5773f1c0c04314b0bbfe4ff3b3b1c55b5d5';
  expect(scan.noted).toEqual([
    [
      { id: 2, size: 4, sha256 },
      { id: 1, size: 4, sha256 },
    ],
  ]);
  expect(scan.store.logged).toEqual([]);
});

it('what is under way is told while it is read, and nothing is under way at the end', async () => {
  const scan = await scanOf(2);
  await scan.compare(2);
  expect(scan.inFlight).toEqual([
    [1, 4],
    [2, 8],
    [1, 4],
    [0, 0],
  ]);
  expect(scan.progress.toSorted()).toEqual(['1: 4', '2: 4']);
});

it('no more files are read at the same time than the scan may', async () => {
  const scan = await scanOf(6);
  await scan.compare(3);
  expect(Math.max(...scan.inFlight.map(([files]) => files))).toBe(3);
});

it('many files are written down some at a time', async () => {
  const scan = await scanOf(130);
  await scan.compare(4);
  expect(scan.noted.map(({ length }) => length)).toEqual([64, 64, 2]);
});

describe('a stop', () => {
  it('lets the file under way end, begins no other, and keeps what was read', async () => {
    const scan = await scanOf(5);
    scan.source.onOperation(({ operation }) => void (scan.control.isStopping ||= operation === 'open'));
    expect(await scan.compare()).toBe(false);
    expect(scan.readIds).toEqual([[5]]);
  });
});

describe('a file that cannot be read', () => {
  it('is equal to none, and the log says why', async () => {
    const scan = await scanOf(3);
    scan.source.failNext('open', refused);
    expect(await scan.compare()).toBe(true);
    expect(scan.readIds).toEqual([[0, 2, 1]]);
    expect(scan.inFlight.at(-1)).toEqual([0, 0]);
    expect(scan.store.logged).toEqual([
      {
        severity: 'WARNING',
        message: '1 files could not be read and are compared with none, such as "/folder/3": No right.',
      },
    ]);
  });

  it('is one of three at most that the log names', async () => {
    const scan = await scanOf(5);
    scan.source.failNext('open', refused, 4);
    await scan.compare();
    expect(scan.store.logged.map(({ message }) => message)).toEqual([
      '4 files could not be read and are compared with none, such as "/folder/5": No right. "/folder/4": No right. "/folder/3": No right.',
    ]);
  });
});

describe('what is wrong with more than one file', () => {
  it.each<PlatformErrorKind>(['ABORTED', 'BUDGET_EXHAUSTED', 'UNREACHABLE', 'SIGN_IN_REQUIRED', 'CREDENTIALS_INVALID'])(
    'ends the comparison, and what was read until then is kept (%s)',
    async (kind) => {
      const scan = await scanOf(4);
      const error = new PlatformError(kind, 'No.');
      scan.source.onOperation(({ operation, path }) => {
        if (operation === 'open' && path.at(-1) === '2') throw error;
      });
      await expect(scan.compare()).rejects.toBe(error);
      expect(scan.readIds).toEqual([[4, 3]]);
      expect(scan.inFlight.at(-1)).toEqual([0, 0]);
    },
  );

  it('ends it also where it is a bug', async () => {
    const scan = await scanOf(2);
    const bug = new TypeError('x is not a function');
    scan.source.onOperation(() => {
      throw bug;
    });
    await expect(scan.compare()).rejects.toBe(bug);
  });
});

describe('where each reading costs calls', () => {
  const cost = () => 1;

  it.each([
    ['25 failures in a row end it', 25, 0],
    ['24 failures in a row are told', 24, 24],
  ])('%s', async (_, failures, told) => {
    const scan = await scanOf(30, cost);
    scan.source.failNext('open', refused, failures);
    const ended = await scan.compare().catch((error: unknown) => error);
    expect(ended).toBe(told > 0 ? true : refused);
    expect(scan.store.logged).toHaveLength(Math.min(1, told));
  });

  it('a file that can be read in between lets it go on', async () => {
    const scan = await scanOf(40, cost);
    scan.source.onOperation(({ operation, path }) => {
      if (operation === 'open' && path.at(-1) !== '20') throw refused;
    });
    expect(await scan.compare()).toBe(true);
    expect(scan.store.logged[0]?.message).toMatch(/^39 files could not be read/);
  });
});

it.each(['that can be written', 'that can only be read'])(
  'a place %s has free readings, and any number of failures is told at the end',
  async (what) => {
    const scan = await scanOf(30);
    if (what === 'that can only be read') Object.assign(scan.source, { destination: undefined });
    scan.source.failNext('open', refused, 30);
    expect(await scan.compare()).toBe(true);
    expect(scan.store.logged[0]?.message).toMatch(/^30 files could not be read/);
  },
);
