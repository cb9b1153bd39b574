import { expect } from 'vitest';
import { PlatformError } from '../../platform/index.js';
import type { Content } from '../../platform/index.js';
import type { Bench, Promises } from './bench.js';
import { contentOf, contentThatLies, failureOf, interruptedContent, outcomeOf, sampleBytes, sha256 } from './bytes.js';

export function writingPromises(promise: Promises): void {
  writtenPromises(promise);
  brokenPromises(promise);
  proofPromises(promise);
}

/** What holds for whole content, whichever way it comes. */
export function writtenPromises(promise: Promises): void {
  promise('writes bytes that are there when it returns', ['destination', 'reading'], async (bench) => {
    const bytes = sampleBytes(100_001);
    const { item, wasAlreadyThere } = await bench.write('file.bin', bytes);
    expect(item).toMatchObject({ kind: 'FILE', path: bench.path('file.bin'), size: bytes.length });
    expect(wasAlreadyThere).toBe(false);
    const found = await bench.existing('file.bin');
    expect(found).toMatchObject({ id: item.id, version: item.version, size: bytes.length });
    expect(sha256(await bench.read(found))).toBe(sha256(bytes));
  });

  promise('writes a file of several megabytes with equal bytes', ['destination', 'reading'], async (bench) => {
    const bytes = sampleBytes(7 * 1024 * 1024 + 3);
    const { item } = await bench.write('large.bin', bytes);
    expect(sha256(await bench.read(item))).toBe(sha256(bytes));
  });

  promise('stores empty files, or refuses them with ZERO_BYTES', ['destination'], async (bench) => {
    const work = bench.write('empty.txt', new Uint8Array());
    if (bench.platform.limits.holdsEmptyFiles) expect((await work).item.size).toBe(0);
    else expect((await failureOf(work)).kind).toBe('ZERO_BYTES');
  });

  promise('keeps the modification time where it says so', ['destination'], async (bench) => {
    const modifiedAt = new Date('2019-03-04T05:06:07Z');
    const request = { parent: await bench.root(), name: 'old.txt', content: contentOf(sampleBytes(10)), modifiedAt };
    await bench.destination.write(request, bench.call());
    const isKept = bench.platform.capabilities.TIMESTAMP_PRESERVATION.level === 'FULL';
    const found = await bench.existing('old.txt');
    if (isKept) expect(found.modifiedAt).toEqual(modifiedAt);
    else expect(found.modifiedAt).not.toEqual(modifiedAt);
  });

  promise('keeps a time below the millisecond where it tells one', ['destination', 'source'], async (bench) => {
    const time = { modifiedAt: new Date('2019-03-04T05:06:07.123Z'), modifiedNanoseconds: 456_789 };
    const request = { parent: await bench.root(), name: 'exact.txt', content: contentOf(sampleBytes(10)), ...time };
    const { item } = await bench.destination.write(request, bench.call());
    const found = await bench.existing('exact.txt');
    expect(found.version).toBe(item.version);
    if (found.modifiedNanoseconds !== undefined) expect(found).toMatchObject(time);
  });

  promise('keeps description and privacy where it can describe', ['descriptions'], async (bench) => {
    const request = { parent: await bench.root(), name: 'note.txt', content: contentOf(sampleBytes(10)) };
    await bench.destination.write({ ...request, description: 'As built', isPrivate: true }, bench.call());
    expect(await bench.existing('note.txt')).toMatchObject({ description: 'As built', isPrivate: true });
  });

  promise('writes several files into one folder at the same time', ['destination', 'reading'], async (bench) => {
    const files = Array.from({ length: 8 }, (_, index) => ({
      name: `${index}.bin`,
      bytes: sampleBytes(70_000, index + 1),
    }));
    const written = await Promise.all(files.map(({ name, bytes }) => bench.write(name, bytes)));
    for (const [index, { item }] of written.entries()) {
      expect(sha256(await bench.read(item))).toBe(sha256(files[index]?.bytes ?? new Uint8Array()));
    }
  });

  takenPromises(promise);
  replacingPromises(promise);
  doubtPromises(promise);
}

function takenPromises(promise: Promises): void {
  promise(
    'throws NAME_TAKEN for a taken name and leaves the old file untouched',
    ['destination', 'reading'],
    async (bench) => {
      const old = sampleBytes(5000);
      const { item } = await bench.write('taken.bin', old);
      expect((await failureOf(bench.write('taken.bin', sampleBytes(6000, 2)))).kind).toBe('NAME_TAKEN');
      expect(await bench.existing('taken.bin')).toMatchObject({ id: item.id, version: item.version });
      expect(sha256(await bench.read(item))).toBe(sha256(old));
    },
  );

  promise('throws NAME_TAKEN where a folder is in the way of a file', ['destination', 'seed'], async (bench) => {
    await bench.seed({ path: 'folder' });
    expect((await failureOf(bench.write('folder', sampleBytes(10)))).kind).toBe('NAME_TAKEN');
  });

  promise('lets one of two writers of a new name win', ['destination', 'reading'], async (bench) => {
    const contents = [sampleBytes(50_000, 1), sampleBytes(50_000, 2)];
    const outcomes = await Promise.allSettled(contents.map((bytes) => bench.write('race.bin', bytes)));
    const winner = outcomes.findIndex((outcome) => outcome.status === 'fulfilled');
    const lost = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(lost.map((outcome) => (outcome.reason as PlatformError).kind)).toEqual(['NAME_TAKEN']);
    expect(sha256(await bench.read(await bench.existing('race.bin')))).toBe(
      sha256(contents[winner] ?? new Uint8Array()),
    );
    if (bench.platform.source) expect(await bench.names()).toEqual(['race.bin']);
  });
}

function replacingPromises(promise: Promises): void {
  promise('replaces a file by a new version', ['destination', 'reading'], async (bench) => {
    const { item: old } = await bench.write('file.bin', sampleBytes(5000));
    const bytes = sampleBytes(4000, 2);
    const { item } = await bench.write('file.bin', bytes, { replaces: old });
    expect(item.version).not.toBe(old.version);
    expect(item).toMatchObject({ path: old.path, size: 4000 });
    expect(sha256(await bench.read(await bench.existing('file.bin')))).toBe(sha256(bytes));
    if (bench.platform.source) expect(await bench.names()).toEqual(['file.bin']);
  });

  promise('refuses to replace a version that is no longer there', ['destination', 'reading'], async (bench) => {
    const { item: first } = await bench.write('file.bin', sampleBytes(5000));
    const { item: second } = await bench.write('file.bin', sampleBytes(4000, 2), { replaces: first });
    const late = failureOf(bench.write('file.bin', sampleBytes(3000, 3), { replaces: first }));
    expect((await late).kind).toBe('CONFLICT');
    expect(sha256(await bench.read(second))).toBe(sha256(sampleBytes(4000, 2)));
  });
}

async function expectNothingLeft(bench: Bench, content: Content): Promise<PlatformError> {
  const before = await bench.names();
  const error = await failureOf(
    bench.destination.write({ parent: await bench.root(), name: 'broken.bin', content }, bench.call()),
  );
  expect(await bench.find('broken.bin')).toBeNull();
  expect(await bench.names()).toEqual(before);
  return error;
}

function brokenPromises(promise: Promises): void {
  promise('leaves the old version when a replacement breaks', ['destination', 'reading'], async (bench) => {
    const { item: old } = await bench.write('file.bin', sampleBytes(5000));
    const content = contentThatLies(9000, sampleBytes(4000, 2));
    const request = { parent: await bench.root(), name: 'file.bin', content, replaces: old };
    await failureOf(bench.destination.write(request, bench.call()));
    expect(await bench.existing('file.bin')).toMatchObject({ version: old.version, size: 5000 });
    expect(sha256(await bench.read(old))).toBe(sha256(sampleBytes(5000)));
  });

  promise('leaves nothing of content that ends early', ['destination'], async (bench) => {
    const error = await expectNothingLeft(bench, contentThatLies(200_000, sampleBytes(130_000)));
    expect(error.kind).toBe('CONTENT_INCOMPLETE');
  });

  promise('leaves nothing of content that is longer than its size', ['destination'], async (bench) => {
    const error = await expectNothingLeft(bench, contentThatLies(100_000, sampleBytes(130_000)));
    expect(['CONTENT_INCOMPLETE', 'CHANGED_DURING_READ']).toContain(error.kind);
  });

  promise('leaves nothing of content whose source fails, and passes its error on', ['destination'], async (bench) => {
    const fault = new PlatformError('CHANGED_DURING_READ', 'The file changed.');
    const content = interruptedContent(sampleBytes(200_000), () => {
      throw fault;
    });
    expect((await expectNothingLeft(bench, content)).kind).toBe('CHANGED_DURING_READ');
  });

  promise('turns an unexpected error of the content into a PlatformError', ['destination'], async (bench) => {
    const content = interruptedContent(sampleBytes(200_000), () => {
      throw new TypeError('unexpected');
    });
    expect(await expectNothingLeft(bench, content)).toBeInstanceOf(PlatformError);
  });

  promise('writes the file in the next try after a broken one', ['destination', 'reading'], async (bench) => {
    await expectNothingLeft(bench, contentThatLies(200_000, sampleBytes(130_000)));
    const { item } = await bench.write('broken.bin', sampleBytes(200_000));
    expect(sha256(await bench.read(item))).toBe(sha256(sampleBytes(200_000)));
  });

  promise('throws NOT_FOUND when the parent is gone', ['destination', 'remove'], async (bench) => {
    const parent = await bench.destination.ensureFolder({ parent: await bench.root(), name: 'gone' }, bench.call());
    await bench.remove(parent);
    const request = { parent, name: 'file.bin', content: contentOf(sampleBytes(10)) };
    expect((await failureOf(bench.destination.write(request, bench.call()))).kind).toBe('NOT_FOUND');
  });
}

function doubtPromises(promise: Promises): void {
  promise('leaves one file of two writes when the first is in doubt', ['destination', 'reading'], async (bench) => {
    const inDoubtSince = bench.now();
    const { item } = await bench.write('file.bin', sampleBytes(5000));
    const again = await bench.write('file.bin', sampleBytes(5000), { inDoubtSince });
    expect(again).toMatchObject({ wasAlreadyThere: true, item: { id: item.id, version: item.version } });
    if (bench.platform.source) expect(await bench.names()).toEqual(['file.bin']);
  });

  promise(
    'leaves one new version of two replacements when the first is in doubt',
    ['destination', 'reading'],
    async (bench) => {
      const { item: replaces } = await bench.write('file.bin', sampleBytes(5000));
      const inDoubtSince = bench.now();
      const { item } = await bench.write('file.bin', sampleBytes(4000, 2), { replaces });
      const again = await bench.write('file.bin', sampleBytes(4000, 2), { replaces, inDoubtSince });
      expect(again).toMatchObject({ wasAlreadyThere: true, item: { id: item.id, version: item.version } });
      expect(sha256(await bench.read(again.item))).toBe(sha256(sampleBytes(4000, 2)));
    },
  );

  promise('writes in doubt when the first try did not arrive', ['destination', 'reading'], async (bench) => {
    const inDoubtSince = bench.now();
    const { item: replaces, wasAlreadyThere } = await bench.write('file.bin', sampleBytes(5000), { inDoubtSince });
    expect(wasAlreadyThere).toBe(false);
    const { item } = await bench.write('file.bin', sampleBytes(4000, 2), { replaces, inDoubtSince: bench.now() });
    expect(sha256(await bench.read(item))).toBe(sha256(sampleBytes(4000, 2)));
  });

  promise('never takes a stranger’s file for its own', ['destination', 'reading'], async (bench) => {
    const inDoubtSince = bench.now();
    const { item } = await bench.write('file.bin', sampleBytes(5000, 7));
    const work = bench.write('file.bin', sampleBytes(5001, 8), { inDoubtSince });
    expect((await failureOf(work)).kind).toBe('NAME_TAKEN');
    expect(sha256(await bench.read(item))).toBe(sha256(sampleBytes(5000, 7)));
  });
}

function proofPromises(promise: Promises): void {
  promise('reads the content before it asks for its SHA-256', ['destination', 'reading'], async (bench) => {
    const bytes = sampleBytes(200_001);
    let isRead = false;
    const content = {
      size: bytes.length,
      async *read() {
        yield* contentOf(bytes).read();
        isRead = true;
      },
    };
    const expectedSha256 = () => {
      if (!isRead) throw new Error('The content was not read to its end.');
      return sha256(bytes);
    };
    const request = { parent: await bench.root(), name: 'file.bin', content, expectedSha256 };
    const { item } = await bench.destination.write(request, bench.call());
    expect(sha256(await bench.read(item))).toBe(sha256(bytes));
  });

  promise(
    'a file that fails its proof never stands under its final name',
    ['destination', 'reading'],
    async (bench) => {
      const { item: replaces } = await bench.write('old.bin', sampleBytes(5000));
      const expectedSha256 = () => sha256(sampleBytes(4000, 3));
      for (const [name, more] of [['new.bin', {}] as const, ['old.bin', { replaces }] as const]) {
        const outcome = await outcomeOf(bench.write(name, sampleBytes(4000, 2), { ...more, expectedSha256 }));
        if (!(outcome instanceof PlatformError)) {
          // Without a place for unfinished files it is published, and never told to be proved.
          if (outcome.item.sha256 === null) expect(outcome.verifiedBy).not.toBe('CHECKSUM');
          continue;
        }
        expect(outcome.kind).toBe('VERIFICATION_FAILED');
        expect(await bench.find('new.bin')).toBeNull();
        expect(sha256(await bench.read(await bench.existing('old.bin')))).toBe(sha256(sampleBytes(5000)));
        if (bench.platform.source) expect(await bench.names()).toEqual(['old.bin']);
      }
    },
  );
}
