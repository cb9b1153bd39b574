import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemError } from '../testing/hooked-disk.js';
import { fail, HeldPlace, leftOpen, thrownBy } from './held-place.testing.js';
import { emptyTrash, trashedTimes } from './old-trash.js';

let place: HeldPlace;
beforeEach(() => {
  place = new HeldPlace();
});
afterEach(() => place.dispose());

const AT = new Date('2026-11-21T12:00:00.007Z');
const RUN = 'job/.sluice-trash/2026-11-21T12-00-00-007Z';
const OTHER = 'job/.sluice-trash/2025-01-02T03-04-05-678Z';

const times = () => trashedTimes(place.share, ['job']);
const empty = () => [...emptyTrash(place.share, { root: ['job'], at: AT })];

describe('the times of runs that left something in the trash', () => {
  test('come oldest first, by the names that runs give to folders', () => {
    for (const run of [RUN, OTHER, 'job/.sluice-trash/1999-12-31T23-59-59-999Z']) place.put(`${run}/a`, 'x');
    const names = [
      'mine',
      '2026-11-21',
      '2026-13-45T12-00-00-000Z',
      '2026-11-21T12-00-00Z',
      '2026',
      '2026-11-21T12:00:00.000Z',
    ];
    for (const name of [...names, 'x2026-11-21T12-00-00-000Z', '2026-11-21T12-00-00-000Z.old'])
      mkdirSync(place.at(`job/.sluice-trash/${name}`));
    writeFileSync(place.at('job/.sluice-trash/2026-11-22T12-00-00-000Z'), 'a file');
    expect(times().map((time) => new Date(time).toISOString())).toEqual([
      ...['1999-12-31T23:59:59.999Z', '2025-01-02T03:04:05.678Z', '2026-11-21T12:00:00.007Z'],
    ]);
    expect(leftOpen(place, times)).toBe(0);
  });

  test.each([
    ['there is no trash', () => {}],
    ['a file has its name', () => place.put('job/.sluice-trash', 'x')],
    ['a link has its name', () => symlinkSync(place.at('job'), place.at('job/.sluice-trash'))],
  ])('are none where %s, and nothing goes', (_, plant) => {
    mkdirSync(place.at('job'));
    plant();
    expect([times(), empty()]).toEqual([[], []]);
  });

  test('are not told as none where the trash cannot be looked into', () => {
    place.put(`${RUN}/a`, 'x');
    fail(place, 'open', 'EACCES', '/.sluice-trash');
    expect(thrownBy(times)).toMatchObject({ code: 'EACCES' });
  });

  test('are an error where its names cannot be read, and nothing stays open', () => {
    place.put(`${RUN}/a`, 'x');
    fail(place, 'opendir', 'EIO');
    expect(thrownBy(times)).toMatchObject({ code: 'EIO' });
    expect(leftOpen(place, () => thrownBy(times))).toBe(0);
  });
});

describe('what a run left in the trash', () => {
  test('goes with its folders, some files at a time, and nothing of another run', () => {
    for (let n = 0; n < 450; n += 1) place.put(`${RUN}/a/${n}`, 'x');
    place.put(`${RUN}/a/inner/deep`, 'x');
    place.put(`${OTHER}/a`, 'kept');
    const counts = empty();
    expect(counts.every((count) => count <= 200)).toBe(true);
    expect(counts.filter((count) => count === 200)).toHaveLength(2);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(451);
    expect(place.texts('job/.sluice-trash')).toEqual({
      '2025-01-02T03-04-05-678Z': null,
      '2025-01-02T03-04-05-678Z/a': 'kept',
    });
    expect(empty()).toEqual([]);
  });

  test('leaves nothing open, whether there is any of it or not', () => {
    mkdirSync(place.at('job/.sluice-trash'), { recursive: true });
    expect(leftOpen(place, empty)).toBe(0);
    place.put(`${RUN}/a/b`, 'x');
    expect(leftOpen(place, empty)).toBe(0);
  });

  test('stays where it is mounted there, with the folders that hold it', () => {
    place.put(`${RUN}/a/mounted`, 'theirs');
    place.put(`${RUN}/a/own`, 'x');
    place.put(`${RUN}/b/own`, 'x');
    const { look } = place.hooks.disk;
    const elsewhere = (path: string | Buffer) => {
      const stats = look(path);
      if (stats && String(path).endsWith('mounted')) stats.dev += 1n;
      return stats;
    };
    place.hooks.disk.look = elsewhere;
    expect(empty()).toEqual([1, 1]);
    expect(place.texts(RUN)).toEqual({ a: null, 'a/mounted': 'theirs' });
  });

  test('stays where its name is none that a file of a share has', () => {
    place.put(`${RUN}/a`, 'x');
    writeFileSync(Buffer.concat([Buffer.from(`${place.at(RUN)}/torn`), Buffer.from([0xff])]), 'theirs');
    expect(empty()).toEqual([1]);
    expect(readdirSync(place.at(RUN))).toHaveLength(1);
  });

  test.each(['ENOTEMPTY', 'EEXIST', 'EBUSY', 'ENOENT'])('goes as far as it can where a folder answers %s', (code) => {
    place.put(`${RUN}/a`, 'x');
    fail(place, 'rmdir', code);
    expect(empty()).toEqual([1]);
    expect(place.texts(RUN)).toEqual({});
  });

  test('is an error where a folder cannot be taken away for another reason, or a file', () => {
    place.put(`${RUN}/a`, 'x');
    fail(place, 'unlink', 'EACCES');
    expect(thrownBy(empty)).toMatchObject({ code: 'EACCES' });
    place.hooks.before = (call) => {
      if (call === 'rmdir') throw systemError('EIO');
    };
    expect(thrownBy(empty)).toMatchObject({ code: 'EIO' });
  });
});
