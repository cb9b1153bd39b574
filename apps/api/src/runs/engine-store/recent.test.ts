import { expect, it } from 'vitest';
import { Recent } from './recent.js';

it('what was asked for last is remembered as far as it weighs no more than the limit together, and the last one in any case', async () => {
  const loaded: string[] = [];
  const recent = new Recent<string>(10, (value) => value.length);
  const get = (value: string) => recent.get(value, async () => (loaded.push(value), value));
  for (const value of ['aaaa', 'bbbb', 'aaaa', 'cccc', 'aaaa', 'bbbb']) await get(value);
  expect(loaded).toEqual(['aaaa', 'bbbb', 'cccc', 'bbbb']);
  for (const value of ['a wide folder', 'a wide folder', 'bbbb', 'a wide folder']) await get(value);
  expect(loaded.slice(4)).toEqual(['a wide folder', 'bbbb', 'a wide folder']);
  recent.clear();
  await get('bbbb');
  expect(loaded.at(-1)).toBe('bbbb');
});

it('two that ask for one value at once weigh no more than one', async () => {
  const recent = new Recent<string>(1);
  await Promise.all([recent.get('a', async () => 'a'), recent.get('a', async () => 'a')]);
  let again = 0;
  await recent.get('a', async () => ((again += 1), 'a'));
  expect(again).toBe(0);
});

it('what many ask for at once is loaded once', async () => {
  const recent = new Recent<string>(10);
  let loads = 0;
  const load = async () => ((loads += 1), 'a');
  expect(await Promise.all(Array.from({ length: 1_000 }, () => recent.get('a', load)))).toEqual(Array(1_000).fill('a'));
  expect(loads).toBe(1);
});

it('what was asked for before all was forgotten is loaded again', async () => {
  const recent = new Recent<string>(10);
  const before = recent.get('a', async () => 'former');
  recent.clear();
  const after = recent.get('a', async () => 'new');
  expect(await Promise.all([before, after])).toEqual(['former', 'new']);
  expect(await recent.get('a', async () => 'newest')).toBe('new');
});

it('what could not be loaded is tried again', async () => {
  const recent = new Recent<string>(10);
  await expect(recent.get('a', () => Promise.reject(new Error('busy')))).rejects.toThrow('busy');
  expect(await recent.get('a', async () => 'a')).toBe('a');
});
