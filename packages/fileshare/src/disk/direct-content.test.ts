import { appendFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { assertProved, carryLarge, carrySmall, isSmall } from './direct-content.js';
import type { Carrier, Place } from './direct-content.js';
import { DirectNews } from './direct-news.js';
import type { Sent } from './direct-news.js';
import { DirectPlaces, sha256 } from './direct-places.testing.js';
import { fail, leftOpen, thrownBy } from './held-place.testing.js';
import type { DirectFile } from './packed-files.js';
import { PublishingBatch } from './publishing-batch.js';

let places: DirectPlaces;
let carrier: Carrier;
let place: Place;
beforeEach(() => {
  places = new DirectPlaces();
  const [source, destination] = [places.from.holding, places.to.holding];
  const batch = new PublishingBatch<Sent>(destination, false);
  carrier = { source, destination, batch, news: new DirectNews(), memory: Buffer.alloc(CHUNK) };
  place = { side: 'DESTINATION' };
});
afterEach(() => places.dispose());

const CHUNK = 256 * 1024;
const IN_DOUBT = { inDoubtSince: new Date(0) };

const WAYS: [string, (file: DirectFile) => unknown][] = [
  ['at once', (file) => carrySmall(carrier, file, place)],
  ['by parts', (file) => [...carryLarge(carrier, file, place)]],
];

/** What the batch publishes, and what is there then. */
const published = () => carrier.batch.publish().map(({ about, outcome }) => [about.sha256, 'error' in outcome]);

test('a file is small up to a part of one, unless it has to be known what an earlier try left', () => {
  const smallWith = (size: number, more = {}) => {
    places.from.put('plan', 'x'.repeat(size));
    return isSmall(places.file('plan', more));
  };
  expect([smallWith(0), smallWith(CHUNK), smallWith(CHUNK + 1), smallWith(1, IN_DOUBT)]).toEqual([
    ...[true, true, false, false],
  ]);
});

describe.each(WAYS)('a file that is carried over %s', (_, carry) => {
  test('has its name once the batch is published, and is known by its bytes', () => {
    places.from.put('plan', 'text');
    carry(places.file('plan'));
    expect(places.to.texts()).not.toHaveProperty('plan');
    expect(published()).toEqual([[sha256('text'), false]]);
    expect(places.to.texts()).toEqual({ plan: 'text' });
    expect(place.side).toBe('DESTINATION');
  });

  test('is refused before anything is read where its name is the connector’s own', () => {
    places.from.put('plan', 'text');
    const file = places.file('plan');
    const own = { ...file, file: { ...file.file, path: ['.sluice-trash'] } };
    let reads = 0;
    places.from.hooks.before = () => (reads += 1);
    expect(thrownBy(() => carry(own))).toMatchObject({ kind: 'NAME_INVALID' });
    expect([reads, place.side]).toEqual([0, 'DESTINATION']);
  });

  test('fails at the source where that has changed, and leaves nothing', () => {
    places.from.put('plan', 'text');
    const file = places.file('plan');
    places.from.put('plan', 'another');
    expect(thrownBy(() => carry(file))).toMatchObject({ kind: 'CHANGED_DURING_READ' });
    expect([place.side, places.to.texts(), published()]).toEqual(['SOURCE', {}, []]);
  });

  test('fails at the destination where that cannot write, and leaves nothing', () => {
    places.from.put('plan', 'text');
    const file = places.file('plan');
    fail(places.to, 'write', 'EIO');
    expect(thrownBy(() => carry(file))).toMatchObject({ code: 'EIO' });
    expect([place.side, places.to.texts(), published()]).toEqual(['DESTINATION', {}, []]);
  });

  test('is read back where it has to be proved, and leaves nothing where it gives other bytes', () => {
    places.from.put('plan', 'text');
    const flip = () => {
      places.to.hooks.before = (call, [, bytes]) => {
        if (call === 'write' && bytes instanceof Uint8Array) bytes[0] = 0;
      };
    };
    const [proved, trusted] = [places.file('plan', { isProved: true }), places.file('plan')];
    flip();
    expect(thrownBy(() => carry(proved))).toMatchObject({
      kind: 'VERIFICATION_FAILED',
      message: '“/plan” gave other bytes when it was read back.',
    });
    expect([places.to.texts(), published()]).toEqual([{}, []]);
    expect(thrownBy(() => carry(trusted))).toBeNull();
    places.to.hooks.before = () => {};
    expect(published()).toHaveLength(1);
    places.from.put('other', 'text');
    carry(places.file('other', { isProved: true }));
    expect(published()).toEqual([[sha256('text'), false]]);
  });
});

test('bytes of small files count for the next report', () => {
  places.from.put('plan', 'text');
  carrySmall(carrier, places.file('plan'), place);
  expect(carrier.news.bytes).toBe(4);
});

test('a large file tells after each part how far it is, and what is read back counts but is no progress', () => {
  places.from.put('plan', 'x'.repeat(2 * CHUNK + 5));
  const parts = [...carryLarge(carrier, places.file('plan', { isProved: true }), place)];
  expect(parts.map(({ chunk, done }) => [chunk, done])).toEqual([
    ...[
      [CHUNK, CHUNK],
      [CHUNK, 2 * CHUNK],
      [5, 2 * CHUNK + 5],
    ],
    ...[
      [CHUNK, 0],
      [CHUNK, 0],
      [CHUNK, 0],
    ],
  ]);
});

test('a large file that is broken off leaves nothing, and nothing open', () => {
  places.from.put('plan', 'x'.repeat(2 * CHUNK));
  const file = places.file('plan');
  carrier.source.hold([]);
  const breakOff = () => {
    const carrying = carryLarge(carrier, file, place);
    carrying.next();
    expect(Object.keys(places.to.texts())).toHaveLength(1);
    carrying.return();
  };
  expect(leftOpen(places.from, breakOff)).toBe(0);
  expect([places.to.texts(), published()]).toEqual([{}, []]);
});

describe('a file that may be there from an earlier try', () => {
  const carry = () => {
    places.from.put('plan', 'text');
    const file = places.file('plan', IN_DOUBT);
    return thrownBy(() => [...carryLarge(carrier, file, place)]);
  };
  const told = () => carrier.news.report(null).next().value?.results;

  test('is told as it is there where it has the same bytes, and is not made again', () => {
    places.to.put('plan', 'text');
    expect(carry()).toBeNull();
    expect(told()).toMatchObject([{ index: 10, sha256: sha256('text'), item: { path: ['plan'], size: 4 } }]);
    expect(published()).toEqual([]);
  });

  test('is none where the bytes are others, which stay', () => {
    places.to.put('plan', 'tent');
    expect(carry()).toMatchObject({ kind: 'NAME_TAKEN' });
    expect([told(), places.to.texts()]).toEqual([[], { plan: 'tent' }]);
  });

  test('arrives where none is there', () => {
    expect(carry()).toBeNull();
    expect([told(), published()]).toEqual([[], [[sha256('text'), false]]]);
  });

  test('fails at the destination where what is there cannot be read', () => {
    places.to.put('plan', 'text');
    places.from.put('plan', 'text');
    const file = places.file('plan', IN_DOUBT);
    fail(places.to, 'open', 'EACCES', '/plan');
    expect(thrownBy(() => [...carryLarge(carrier, file, place)])).toMatchObject({ code: 'EACCES' });
    expect(place.side).toBe('DESTINATION');
  });
});

test('a file that grows while it is read fails at the source', () => {
  writeFileSync(places.from.at('plan'), 'x'.repeat(2 * CHUNK));
  const carrying = carryLarge(carrier, places.file('plan'), place);
  carrying.next();
  appendFileSync(places.from.at('plan'), 'y');
  expect(thrownBy(() => [...carrying])).toMatchObject({ kind: 'CHANGED_DURING_READ' });
  expect(place.side).toBe('SOURCE');
});

test('a file that gives the bytes that were sent is proved, and any other is told by its path', () => {
  expect(thrownBy(() => assertProved('a', 'a', ['a', 'b']))).toBeNull();
  expect(thrownBy(() => assertProved('a', 'b', ['a', 'b']))).toMatchObject({
    ...{ kind: 'VERIFICATION_FAILED', message: '“/a/b” gave other bytes when it was read back.' },
    remedy: 'Retry; if it fails again, check the disk of the share.',
  });
});
