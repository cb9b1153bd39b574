import { createHash } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import type { Content, PlatformError, WriteRequest } from '@sluice/core/platform';
import type { FaultRule } from '@sluice/procore-sandbox';
import { planSegments } from './segments.js';
import { openBench, testCall } from '../test-bench.js';
import type { Bench } from '../test-bench.js';

const SEGMENT = 100_000;
const bytes = Buffer.from(Array.from({ length: 950_000 }, (_, index) => (index * 7 + (index >> 8)) & 255));
const sha256 = (data: Uint8Array) => createHash('sha256').update(data).digest('hex');

function contentOf(data: Buffer, chunk = 33_333): Content {
  return {
    size: data.length,
    async *read(range) {
      const part = data.subarray(range?.start ?? 0, range?.end);
      for (let at = 0; at < part.length; at += chunk) yield part.subarray(at, at + chunk);
    },
  };
}

const benches: Bench[] = [];
afterEach(async () => {
  await Promise.all(benches.splice(0).map((bench) => bench.close()));
});

async function open(faults: FaultRule[] = []): Promise<Bench> {
  const bench = await openBench({
    settings: { segmentThresholdBytes: 500_000, segmentBytes: SEGMENT },
    sandbox: { behaviour: { minSegmentBytes: 1000 } },
  });
  benches.push(bench);
  await bench.platform.find({ path: [] }, testCall());
  bench.sandbox.control.reset();
  bench.sandbox.control.setFaults(faults);
  return bench;
}

async function write(bench: Bench, more: Partial<WriteRequest> = {}) {
  const parent = await bench.platform.find({ path: [] }, testCall());
  if (!parent || !bench.platform.destination) throw new Error('no destination');
  return bench.platform.destination.write(
    { parent, name: 'large.bin', content: contentOf(bytes), ...more },
    testCall(),
  );
}

const storedHash = async (bench: Bench) => sha256(await bench.sandbox.control.fileBytes('large.bin'));
const puts = (bench: Bench) => bench.requests.filter(({ method }) => method === 'PUT');

test('a content is cut and hashed in one reading, whatever its chunks', async () => {
  const plan = await planSegments(contentOf(bytes, 70_001), SEGMENT);
  expect(plan.sha256).toBe(sha256(bytes));
  expect(plan.segments).toHaveLength(10);
  expect(plan.segments.map(({ size }) => size)).toEqual([...Array<number>(9).fill(SEGMENT), 50_000]);
  expect(plan.segments[9]?.sha256).toBe(sha256(bytes.subarray(900_000)));
});

test('a large file costs three calls', async () => {
  const bench = await open();
  const { item } = await write(bench);
  expect(bench.sandbox.control.counters().apiCalls).toBe(3);
  expect(item.size).toBe(bytes.length);
  expect(await storedHash(bench)).toBe(sha256(bytes));
  expect(puts(bench)).toHaveLength(10);
  expect(
    puts(bench).every(
      ({ headers }) => headers['content-type'] === 'application/octet-stream' && !('authorization' in headers),
    ),
  ).toBe(true);
});

describe('a segmented upload arrives whole', () => {
  test.each<[string, FaultRule[]]>([
    ['when a segment breaks off', [{ kind: 'reset-before-commit', match: { method: 'PUT' }, nth: 3 }]],
    ['when the reply of a segment is lost', [{ kind: 'reset-after-commit', match: { method: 'PUT' }, nth: 3 }]],
    ['when storage is down for a moment', [{ kind: 'status', status: 503, match: { method: 'PUT' }, count: 3 }]],
    ['when an address has expired', [{ kind: 'status', status: 403, match: { method: 'PUT' }, nth: 4 }]],
    ['when the completion is lost', [{ kind: 'reset-after-commit', match: { method: 'PATCH' }, nth: 1 }]],
    ['when the completion does not arrive', [{ kind: 'reset-before-commit', match: { method: 'PATCH' }, nth: 1 }]],
    [
      'when the upload has expired at its completion',
      [{ kind: 'status', status: 410, match: { method: 'PATCH' }, nth: 1 }],
    ],
    ['when the form of the tags is refused', [{ kind: 'status', status: 422, match: { method: 'PATCH' }, nth: 1 }]],
  ])('%s', async (_, faults) => {
    const bench = await open(faults);
    await write(bench);
    expect(await storedHash(bench)).toBe(sha256(bytes));
  });
});

describe('an interrupted upload', () => {
  async function interrupted(bench: Bench, rule: FaultRule): Promise<string> {
    let checkpoint = '';
    bench.sandbox.control.setFaults([rule]);
    await write(bench, { saveCheckpoint: async (saved) => void (checkpoint = saved) }).catch(
      (error: PlatformError) => error.kind,
    );
    bench.sandbox.control.setFaults([]);
    expect(checkpoint).not.toBe('');
    bench.requests.length = 0;
    return checkpoint;
  }

  test('goes on with the segments that are missing', async () => {
    const bench = await open();
    const checkpoint = await interrupted(bench, {
      kind: 'status',
      status: 503,
      match: { method: 'PUT', route: '.*' },
      probability: 0.7,
    });
    const stored = (JSON.parse(checkpoint) as { segments: { etag: string | null }[] }).segments.filter(
      ({ etag }) => etag !== null,
    ).length;
    await write(bench, { checkpoint });
    expect(puts(bench)).toHaveLength(10 - stored);
    expect(await storedHash(bench)).toBe(sha256(bytes));
  });

  test('is only attached when all its bytes are there', async () => {
    const bench = await open();
    const checkpoint = await interrupted(bench, {
      kind: 'status',
      status: 403,
      match: { method: 'POST', route: '/files' },
    });
    await write(bench, { checkpoint });
    expect(puts(bench)).toHaveLength(0);
    expect(await storedHash(bench)).toBe(sha256(bytes));
  });

  test('of other bytes begins anew', async () => {
    const bench = await open();
    const checkpoint = await interrupted(bench, {
      kind: 'status',
      status: 403,
      match: { method: 'POST', route: '/files' },
    });
    const other = Buffer.from(bytes);
    other[5] = 77;
    await write(bench, { checkpoint, content: contentOf(other) });
    expect(puts(bench)).toHaveLength(10);
    expect(await storedHash(bench)).toBe(sha256(other));
  });

  test('that has expired or was used begins anew', async () => {
    const bench = await open();
    const checkpoint = await interrupted(bench, {
      kind: 'status',
      status: 403,
      match: { method: 'POST', route: '/files' },
    });
    const { item } = await write(bench, { checkpoint });
    const second = await write(bench, { checkpoint, replaces: item });
    expect(second.item.version).not.toBe(item.version);
    expect(await storedHash(bench)).toBe(sha256(bytes));
  });

  test.each(['', '{}', 'garbage', '{"uuid":"x","segments":[]}'])(
    'with the checkpoint %j begins anew',
    async (checkpoint) => {
      const bench = await open();
      await write(bench, { checkpoint });
      expect(await storedHash(bench)).toBe(sha256(bytes));
    },
  );
});

test('a content that changes after it was hashed leaves nothing', async () => {
  const bench = await open();
  let reads = 0;
  const other = Buffer.from(bytes);
  other[123_456] = (other[123_456] ?? 0) ^ 1;
  const changing: Content = {
    size: bytes.length,
    read: (range) => contentOf((reads += 1) === 1 ? bytes : other).read(range),
  };
  await expect(write(bench, { content: changing })).rejects.toMatchObject({ kind: 'CHANGED_DURING_READ' });
  expect(await bench.platform.find({ path: ['large.bin'] }, testCall())).toBeNull();
});
