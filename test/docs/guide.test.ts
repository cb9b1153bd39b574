import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildSchema, isEnumType } from 'graphql';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const guide = readdirSync(join(root, 'docs/guide'));

/** Values of an enum of the API. */
function valuesOf(name: string): string[] {
  const type = buildSchema(read('apps/api/schema.graphql')).getType(name);
  return isEnumType(type) ? type.getValues().map((value) => value.name) : [];
}

it('the guide tells of every reason that an item may have, once', () => {
  const told = [...read('docs/guide/flagged-items.md').matchAll(/`([A-Z][A-Z_]+)`/g)].map(([, reason = '']) => reason);
  expect(told.toSorted()).toEqual(valuesOf('ItemReason').toSorted());
});

it('the first page of the guide leads to all others', () => {
  const linked = [...read('docs/guide/README.md').matchAll(/\]\(([\w-]+\.md)\)/g)].map(([, page]) => page);
  expect(['README.md', ...linked].toSorted()).toEqual(guide.toSorted());
});

it('every type of transfer has its row', () => {
  const rows = read('docs/guide/choosing-a-transfer-type.md').match(/^\| .* \| (\w+) \| .* \| .* \|$/gm) ?? [];
  expect(rows.length - 1).toBe(valuesOf('TransferType').length);
});

it('settings that the guide names are those of the program', () => {
  const text = guide.map((page) => read(`docs/guide/${page}`)).join('\n');
  const settings = new Set(text.match(/\bSLUICE_[A-Z_]+\b|\bPROCORE_CLIENT_[A-Z]+\b/g));
  const readme = read('README.md');
  expect(settings.size).toBeGreaterThan(5);
  expect([...settings].filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
});
