import { expect, it } from 'vitest';
import { fillTemplate, readTemplate } from './template.js';

const VALUES: Record<string, string> = { path: 'a/b.pdf', 'xattr:user.no': '7' };

function fill(template: string): string | null {
  const pieces = readTemplate(template);
  if (typeof pieces === 'string') throw new Error(pieces);
  return fillTemplate(pieces, (field) => (Object.hasOwn(VALUES, field) ? VALUES[field]! : null));
}

it.each([
  ['plain text', 'plain text'],
  ['Was {path}', 'Was a/b.pdf'],
  ['{ path }, no. {xattr:user.no}', 'a/b.pdf, no. 7'],
  ['{{path}} is {path}', '{path} is a/b.pdf'],
  ['{missing} of {path}', ' of a/b.pdf'],
  ['{missing}', null],
  ['by {missing} and {other}', null],
  ['', ''],
  ['{constructor}', null],
])('fills %j', (template, text) => {
  expect(fill(template)).toBe(text);
});

it.each(['{path', 'path}', '{a{b}}', '{}', '{ }', '}{'])('refuses %j with a sentence', (template) => {
  expect(readTemplate(template)).toEqual(expect.stringMatching(/\.$/));
});

it('never reads what a value holds as a placeholder', () => {
  const pieces = readTemplate('{one}') as Exclude<ReturnType<typeof readTemplate>, string>;
  expect(fillTemplate(pieces, () => '{two}')).toBe('{two}');
});
