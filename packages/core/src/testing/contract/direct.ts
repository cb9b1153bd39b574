import { expect } from 'vitest';
import type {
  Call,
  Destination,
  DirectBatch,
  DirectOutcome,
  DirectTransfer,
  DirectTransfers,
} from '../../platform/index.js';
import { Bench } from './bench.js';
import type { Promises } from './bench.js';
import { collect, sampleBytes, sha256 } from './bytes.js';

/** Transfers from the other platform of a harness to its own. */
export class DirectBench {
  readonly from: Bench;
  private readonly transfers: DirectTransfers;

  constructor(readonly to: Bench) {
    const { other } = to.harness;
    const transfers = other && to.destination.direct?.(other.platform);
    if (!other || !transfers) throw new Error('The platform has no direct transfers.');
    this.from = new Bench(other);
    this.transfers = transfers;
  }

  /** A transfer of a file of the source, by its path there; under that name into the root unless told otherwise. */
  async transfer(path: string, more: Partial<DirectTransfer> = {}): Promise<DirectTransfer> {
    const item = await this.from.existing(path);
    if (item.size === null) throw new Error(`“${path}” has no size.`);
    const source = { ...item, size: item.size };
    return { key: path, source, parent: await this.to.root(), name: path.split('/').at(-1) ?? '', ...more };
  }

  async carryOut(transfers: readonly DirectTransfer[], call: Partial<Call> = {}): Promise<Map<string, DirectOutcome>> {
    const outcomes = new Map<string, DirectOutcome>();
    await this.eachOutcome(batchOf(transfers), call, (outcome) => {
      expect(outcomes.has(outcome.key), `a second outcome of ${outcome.key}`).toBe(false);
      outcomes.set(outcome.key, outcome);
    });
    expect([...outcomes.keys()].sort()).toEqual(transfers.map(({ key }) => key).sort());
    return outcomes;
  }

  async eachOutcome(batch: DirectBatch, call: Partial<Call>, see: (outcome: DirectOutcome) => void): Promise<void> {
    for await (const outcome of this.transfers.carryOut(batch, this.to.call(call))) see(outcome);
  }

  /** The destination with a `write` that puts the content at the source first and transfers it from there. */
  destination(): Destination {
    const { destination } = this.to;
    let count = 0;
    const write: Destination['write'] = async ({ content, expectedSha256, ...request }, call) => {
      const path = `content ${(count += 1)}`;
      await this.from.seed({ path, bytes: await collect(content.read()) });
      const transfer = await this.transfer(path, { ...request, isProved: expectedSha256 !== undefined });
      const outcome = (await this.carryOut([transfer], call)).get(path);
      if (outcome && 'written' in outcome) return outcome.written;
      throw outcome?.error ?? new Error('The transfer had no outcome.');
    };
    return new Proxy(destination, { get: (target, key) => (key === 'write' ? write : bound(target, key)) });
  }
}

const batchOf = (transfers: readonly DirectTransfer[]): DirectBatch => ({
  transfers,
  maxParallel: 4,
  isStopping: () => false,
});

function bound(target: object, key: string | symbol): unknown {
  const value: unknown = Reflect.get(target, key);
  return typeof value === 'function' ? (value.bind(target) as unknown) : value;
}

/** Bench on which every write is a direct transfer. */
export function writingDirectly(bench: Bench): Bench {
  const destination = new DirectBench(bench).destination();
  const platform = new Proxy(bench.platform, {
    get: (target, key) => (key === 'destination' ? destination : bound(target, key)),
  });
  return new Bench({ ...bench.harness, platform });
}

/** What holds for batches beside the promises of `write`, to which each transfer of a batch is put too. */
export function directPromises(promise: Promises): void {
  promise('transfers a batch with one outcome for each file, and its checksum', ['direct'], async (bench) => {
    const direct = new DirectBench(bench);
    const names = Array.from({ length: 70 }, (_, index) => `${index}.bin`);
    await direct.from.seed(...names.map((path, index) => ({ path, bytes: sampleBytes(1 + index * 997, index + 1) })));
    const outcomes = await direct.carryOut(await Promise.all(names.map((name) => direct.transfer(name))));
    for (const [index, name] of names.entries()) {
      const bytes = sampleBytes(1 + index * 997, index + 1);
      expect(outcomes.get(name)).toMatchObject({ sha256: sha256(bytes), written: { item: { size: bytes.length } } });
      expect(sha256(await bench.read(await bench.existing(name)))).toBe(sha256(bytes));
    }
    expect(await bench.names()).toEqual([...names].sort());
  });

  promise('keeps what fails in a batch apart from the rest, and tells the side', ['direct'], async (bench) => {
    const direct = new DirectBench(bench);
    await direct.from.seed(...['good', 'taken', 'changed'].map((path) => ({ path, bytes: path })));
    await bench.seed({ path: 'taken', bytes: 'old' });
    const transfers = await Promise.all(['good', 'taken', 'changed'].map((path) => direct.transfer(path)));
    await direct.from.seed({ path: 'changed', bytes: 'other bytes' });
    const gone = { ...(await direct.transfer('good')), key: 'gone', name: 'gone', source: await missing(direct) };
    const outcomes = await direct.carryOut([...transfers, gone]);
    expect(outcomes.get('good')).toHaveProperty('written');
    expect(outcomes.get('taken')).toMatchObject({ error: { kind: 'NAME_TAKEN' }, side: 'DESTINATION' });
    expect(outcomes.get('changed')).toMatchObject({ error: { kind: 'CHANGED_DURING_READ' }, side: 'SOURCE' });
    expect(outcomes.get('gone')).toMatchObject({ error: { kind: 'NOT_FOUND' }, side: 'SOURCE' });
    expect(await bench.names()).toEqual(['good', 'taken']);
    expect(new TextDecoder().decode(await bench.read(await bench.existing('taken')))).toBe('old');
  });

  promise('stops a batch with ABORTED for what is not done, and leaves nothing of it', ['direct'], async (bench) => {
    const direct = new DirectBench(bench);
    const names = Array.from({ length: 200 }, (_, index) => `${index}.bin`);
    await direct.from.seed(...names.map((path) => ({ path, bytes: sampleBytes(50_000) })));
    const transfers = await Promise.all(names.map((name) => direct.transfer(name)));
    const stop = new AbortController();
    const done: string[] = [];
    await direct.eachOutcome(batchOf(transfers), { signal: stop.signal }, (outcome) => {
      stop.abort();
      if ('written' in outcome) done.push(outcome.key);
      else expect(outcome.error).toMatchObject({ kind: 'ABORTED' });
    });
    expect(await bench.names()).toEqual(done.sort());
  });

  promise('finishes what is begun of a batch that is to stop, and begins nothing more', ['direct'], async (bench) => {
    const direct = new DirectBench(bench);
    const names = Array.from({ length: 600 }, (_, index) => `${index}.bin`);
    await direct.from.seed(...names.map((path) => ({ path, bytes: path })));
    const transfers = await Promise.all(names.map((name) => direct.transfer(name)));
    const done: string[] = [];
    const batch = { ...batchOf(transfers), maxParallel: 2, isStopping: () => done.length > 0 };
    await direct.eachOutcome(batch, {}, (outcome) => {
      if ('written' in outcome) done.push(outcome.key);
      else expect(outcome.error).toMatchObject({ kind: 'ABORTED' });
    });
    expect(done.length).toBeLessThan(names.length);
    expect(await bench.names()).toEqual(done.sort());
  });

  promise('does nothing of a batch when the signal is raised before it', ['direct'], async (bench) => {
    const direct = new DirectBench(bench);
    await direct.from.seed({ path: 'a', bytes: 'a' });
    const outcomes = await direct.carryOut([await direct.transfer('a')], { signal: AbortSignal.abort() });
    expect(outcomes.get('a')).toMatchObject({ error: { kind: 'ABORTED' } });
    expect(await bench.find('a')).toBeNull();
  });

  promise('takes nothing directly from a stranger', ['direct'], (bench) => {
    const stranger = { ...bench.platform, source: { list: neverCalled, open: neverCalled } };
    expect(bench.destination.direct?.(stranger)).toBeNull();
    return Promise.resolve();
  });
}

const neverCalled = () => {
  throw new Error('Direct transfers do not use the streams of a stranger.');
};

async function missing({ from }: DirectBench): Promise<DirectTransfer['source']> {
  await from.seed({ path: 'gone', bytes: 'gone' });
  const item = await from.existing('gone');
  await from.remove(item);
  return { ...item, size: item.size ?? 0 };
}
