import { expect, it } from 'vitest';
import { versionFilesOf } from '../plan/index.js';
import { item } from '../testing/index.js';
import { ReadingCost } from './reading-cost.js';

const PAID = { costOfVersions: 1 };
const several = (id: string) => item('a.txt', { id, formerVersions: 3 });

it('the versions of a file that has several are asked for once, where they come', () => {
  expect(new ReadingCost(PAID, 5).of(several('f'))).toBe(1);
  expect(new ReadingCost(PAID, 5).of(item('a.txt'))).toBe(0);
  expect(new ReadingCost(PAID, 1).of(several('f'))).toBe(0);
  expect(new ReadingCost({}, 5).of(several('f'))).toBe(0);
  expect(new ReadingCost(undefined, 5).of(several('f'))).toBe(0);
});

it('former versions that come as files cost one call for each file, and the file itself none', () => {
  const cost = new ReadingCost(PAID, 1);
  const [one, two] = [several('f'), several('g')];
  const all = [...versionFilesOf(one, 4), ...versionFilesOf(two, 4), ...versionFilesOf(one, 4)];
  expect(all.map((file) => cost.of(file))).toEqual([1, 0, 0, 1, 0, 0, 0, 0, 0]);
  expect(cost.of(one)).toBe(0);
});

it.each([5, 1])(
  'where the source tells them of all files of a folder, each folder costs one call, with %i versions',
  (most) => {
    const cost = new ReadingCost({ ...PAID, tellsVersionsByFolder: true }, most);
    const filesIn = (parentId: string) =>
      ['f', 'g'].flatMap((id) => {
        const file = item('a.txt', { id: `${id} ${parentId}`, formerVersions: 3, parentId });
        return most === 1 ? versionFilesOf(file, 4) : [file];
      });
    const calls = (parentId: string) => filesIn(parentId).reduce((sum, file) => sum + cost.of(file), 0);
    expect([calls('one'), calls('other'), calls('one')]).toEqual([1, 1, 0]);
  },
);

it('what was asked for long ago is asked for again, as it is when the files are read', () => {
  const cost = new ReadingCost(PAID, 1);
  const former = (id: string) => versionFilesOf(several(id), 4)[0]!;
  cost.of(former('first'));
  for (let n = 0; n < 200; n++) cost.of(former(`f${n}`));
  expect(cost.of(former('first'))).toBe(1);
  expect(cost.of(former('f199'))).toBe(0);
});
