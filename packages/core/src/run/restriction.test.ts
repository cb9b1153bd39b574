import { expect, it } from 'vitest';
import { Restriction } from './restriction.js';

it('nothing is left out where everything is planned', () => {
  const all = new Restriction(null);
  expect(all.isWhole).toBe(true);
  expect(all.includes('f/a')).toBe(true);
});

it('nothing is included where nothing is wanted', () => {
  const none = new Restriction([]);
  expect(none.isWhole).toBe(false);
  expect(none.includes('f')).toBe(false);
});

it.each([
  ['what is wanted', 'f/g/h', true],
  ['what is directly below', 'f/g/h/a', true],
  ['what is deep below', 'f/g/h/i/j/a', true],
  ['the folder above', 'f/g', true],
  ['the topmost folder above', 'f', true],
  ['another item of the folder above', 'f/g/a', false],
  ['another item of the topmost folder', 'f/a', false],
  ['a name that begins alike', 'f/g/h2', false],
  ['what has the name elsewhere', 'h', false],
  ['another wanted one', 'x', true],
  ['what is below another one', 'x/a', true],
  ['anything else', 'y', false],
])('includes of some folders %s', (_, key, expected) => {
  expect(new Restriction(['f/g/h', 'x']).includes(key)).toBe(expected);
});
