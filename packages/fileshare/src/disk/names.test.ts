import { expect, test } from 'vitest';
import { realDisk } from './disk.js';
import type { Disk } from './disk.js';
import { systemNames, SystemNames } from './names.js';
import type { NameKind } from './names.js';

const FILES: Record<string, string> = {
  '/etc/passwd': [
    'root:x:0:0:root:/root:/bin/bash',
    'ada:x:1000:1000: Ada Lovelace ,Room 1,,:/home/ada:/bin/bash',
    'grace:x:1002:100::/home/grace:/bin/sh',
    'other:x:1000:1000:Other:/:/bin/sh',
  ].join('\n'),
  '/etc/group': ['staff:x:50:ada,grace', 'plans:x:4294967294:'].join('\n'),
};

interface Server {
  files?: Record<string, string>;
  size?: number;
  reads?: string[];
}

/** A disk with these files of a server; `reads` is told which are read. */
function diskOf({ files = FILES, size = 1, reads = [] }: Server = {}): Disk {
  const real = realDisk();
  return {
    ...real,
    stat: () => ({ ...real.stat('/'), size: BigInt(size) }),
    readFile: (path) => {
      reads.push(path);
      const text = files[path];
      if (text === undefined) throw new Error('ENOENT');
      return text;
    },
  };
}

const namesIn = (text: string, kind: NameKind = 'ACCOUNT') =>
  systemNames(diskOf({ files: { '/etc/passwd': text, '/etc/group': text } }), kind);

test('accounts are called what people call them, or else by their name', () => {
  expect(systemNames(diskOf(), 'ACCOUNT')).toEqual([
    { id: 0, name: 'root', label: 'root' },
    { id: 1000, name: 'ada', label: 'Ada Lovelace' },
    { id: 1002, name: 'grace', label: 'grace' },
    { id: 1000, name: 'other', label: 'Other' },
  ]);
});

test('groups have no other name than their own', () => {
  expect(systemNames(diskOf(), 'GROUP')).toEqual([
    { id: 50, name: 'staff', label: 'staff' },
    { id: 4_294_967_294, name: 'plans', label: 'plans' },
  ]);
  expect(namesIn('staff:x:50:ada:people', 'GROUP')).toEqual([{ id: 50, name: 'staff', label: 'staff' }]);
});

test.each([
  '',
  '# a comment',
  ':x:5:5',
  'name',
  'name:x',
  'name:x::5',
  'name:x:five',
  'name:x:-5',
  'name:x:5x',
  'name:x:12345678901',
])('a line that names nobody is passed over: %j', (line) => {
  expect(namesIn(`${line}\nada:x:7:7`)).toEqual([{ id: 7, name: 'ada', label: 'ada' }]);
});

test('a server without such a file, or with one too large, has no names', () => {
  expect(systemNames(diskOf({ files: {} }), 'GROUP')).toEqual([]);
  expect(systemNames(diskOf({ size: 4 * 1024 * 1024 }), 'GROUP')).toHaveLength(2);
  expect(systemNames(diskOf({ size: 4 * 1024 * 1024 + 1 }), 'GROUP')).toEqual([]);
});

test('names beyond the fifty thousandth are left out', () => {
  const lines = Array.from({ length: 50_001 }, (_, id) => `name${id}:x:${id}:`);
  const found = namesIn(lines.join('\n'));
  expect(found).toHaveLength(50_000);
  expect(found.at(-1)?.name).toBe('name49999');
});

test('a number has the first name that the server gives it, or else its digits', () => {
  const names = new SystemNames(diskOf());
  expect([names.nameOf('ACCOUNT', 1002), names.nameOf('ACCOUNT', 50), names.nameOf('GROUP', 50)]).toEqual([
    ...['grace', '50', 'staff'],
  ]);
});

test('a name has its number, and a number that the server does not know stands for itself', () => {
  const names = new SystemNames(diskOf());
  expect(names.idOf('ACCOUNT', 'root')).toBe(0);
  expect(names.idOf('ACCOUNT', 'ada')).toBe(1000);
  expect(names.idOf('GROUP', 'ada')).toBeNull();
  expect(names.idOf('GROUP', '4711')).toBe(4711);
  expect(names.idOf('GROUP', '0')).toBe(0);
  for (const none of ['', 'x5', '5x', '-1', '12345678901', '4294967295', '4294967296'])
    expect(names.idOf('ACCOUNT', none), none).toBeNull();
  expect(names.idOf('ACCOUNT', '4294967294')).toBe(4_294_967_294);
});

test('each file of the server is read once, when it is first needed', () => {
  const reads: string[] = [];
  const names = new SystemNames(diskOf({ reads }));
  expect(reads).toEqual([]);
  for (const _ of [1, 2]) names.idOf('ACCOUNT', 'ada');
  for (const _ of [1, 2]) names.nameOf('ACCOUNT', 0);
  expect(reads).toEqual(['/etc/passwd']);
  names.nameOf('GROUP', 50);
  expect(reads).toEqual(['/etc/passwd', '/etc/group']);
});
