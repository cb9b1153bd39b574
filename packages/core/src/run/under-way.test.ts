import { describe, expect, it } from 'vitest';
import { afterMicrotasks } from '../testing/index.js';
import { UnderWay } from './under-way.js';

/** A change that ends when the test says so. */
function change() {
  let [end, fail]: (() => void)[] = [];
  const promise = new Promise<void>((resolve, reject) => ([end, fail] = [resolve, () => reject(new Error('No.'))]));
  return { promise, end: () => end?.(), fail: () => fail?.() };
}

/** Whether what waits has come to its end once everything ran that needs no time. */
async function isOver(waiting: Promise<void>): Promise<boolean> {
  let over = false;
  void waiting.then(() => (over = true));
  await afterMicrotasks();
  return over;
}

const waits: [string, (all: UnderWay) => Promise<void>, boolean][] = [
  ['who needs the place itself waits', (all) => all.at(['a/b']), true],
  ['who needs what is below it waits', (all) => all.at(['a/b/c/d']), true],
  ['who needs it beside another place waits', (all) => all.at(['x', 'a/b']), true],
  ['who needs everything in the folder above it waits', (all) => all.below('a'), true],
  ['who needs the folder above it alone goes on', (all) => all.at(['a']), false],
  ['who needs a place that begins with its name goes on', (all) => all.at(['a/bc']), false],
  ['who needs everything in the place itself goes on', (all) => all.below('a/b'), false],
];

describe('while a place is changed', () => {
  it.each(waits)('%s', async (_, wait, isHeld) => {
    const [all, changing] = [new UnderWay(), change()];
    all.announce(['a/b'], changing.promise);
    const waiting = wait(all);
    expect(await isOver(waiting)).toBe(!isHeld);
    changing.end();
    expect(await isOver(waiting)).toBe(true);
  });
});

it('a folder whose name begins like that of another one does not wait for what is in the other', async () => {
  const [all, changing] = [new UnderWay(), change()];
  all.announce(['ab/c'], changing.promise);
  expect(await isOver(all.below('a'))).toBe(true);
  expect(await isOver(all.below('ab'))).toBe(false);
});

it('a change that fails is over too', async () => {
  const [all, changing] = [new UnderWay(), change()];
  all.announce(['a'], changing.promise);
  const waiting = all.at(['a']);
  changing.fail();
  expect(await isOver(waiting)).toBe(true);
});

it.each([
  ['first', [0, 1]],
  ['last', [1, 0]],
])('two changes of one place are waited for, whichever ends %s', async (_, order) => {
  const all = new UnderWay();
  const changes = [change(), change()];
  for (const { promise } of changes) all.announce(['a'], promise);
  const waiting = all.at(['a']);
  changes[order[0] ?? 0]?.end();
  expect(await isOver(waiting)).toBe(false);
  expect(await isOver(all.at(['a']))).toBe(false);
  changes[order[1] ?? 0]?.end();
  expect(await isOver(waiting)).toBe(true);
});

it('a change of several places holds each of them', async () => {
  const [all, changing] = [new UnderWay(), change()];
  all.announce(['from', 'to'], changing.promise);
  expect(await isOver(all.at(['from']))).toBe(false);
  expect(await isOver(all.at(['to']))).toBe(false);
});

it('nobody waits where nothing is announced', async () => {
  expect(await isOver(new UnderWay().at(['a']))).toBe(true);
});
