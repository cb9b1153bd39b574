import { rm } from 'node:fs/promises';
import { afterEach, expect, test } from 'vitest';
import type { DirectoryRequest } from '@sluice/core/platform';
import { realDisk } from './disk/disk.js';
import { failureOf, present, ShareFixture } from './testing/share-fixture.js';

let share: ShareFixture;
afterEach(() => share.dispose());

const ACCOUNTS = [
  'root:x:0:0:root:/root:/bin/bash',
  'ada:x:1000:1000:Ada Lovelace,Room 1,,:/home/ada:/bin/bash',
  'ada:x:1001:1001:Another Ada:/home/other:/bin/bash',
  'grace:x:1002:1002::/home/grace:/bin/sh',
].join('\n');

async function open(hasManifest = false): Promise<void> {
  const real = realDisk();
  const readFile = (path: string) => (path === '/etc/passwd' ? ACCOUNTS : real.readFile(path));
  share = await ShareFixture.create('NEVER', undefined, { ...real, readFile }, hasManifest);
}

const list = (request: Pick<DirectoryRequest, 'kind'> & Partial<DirectoryRequest>) =>
  present(share.platform.directory).list({ search: null, limit: 100, ...request }, share.call());

const line = ({ key, label, type, isReadOnly }: Awaited<ReturnType<typeof list>>[number]) =>
  [key, label, type, isReadOnly ? 'read only' : 'set'].join(' | ');

const FIELDS = [
  'path | Path | TEXT | read only',
  'name | Name | TEXT | read only',
  'extension | Extension | TEXT | read only',
  'size | Size in bytes | NUMBER | read only',
  'createdAt | Created | DATE | read only',
  'modifiedAt | Modified | DATE | set',
  'owner | Owner | TEXT | set',
  'group | Group | TEXT | set',
  'mode | Mode | TEXT | set',
];

test('a share names the fields of its items, and which of them can be set', async () => {
  await open();
  const fields = await list({ kind: 'METADATA' });
  expect(fields.map(line)).toEqual(FIELDS);
  expect(fields[0]).toEqual({ key: 'path', label: 'Path', type: 'TEXT', email: null, choices: [], isReadOnly: true });
  expect(fields[6]).toEqual({ key: 'owner', label: 'Owner', type: 'TEXT', email: null, choices: [] });
});

test('a share with manifests names what they keep as well', async () => {
  await open(true);
  expect((await list({ kind: 'METADATA' })).map(line)).toEqual([
    ...FIELDS,
    'description | Description | TEXT | set',
    'private | Private | BOOLEAN | set',
    'versionNotes | Version notes | TEXT | set',
  ]);
});

test('the accounts of the server come in the order of its file, each once, the first line of a name', async () => {
  await open();
  expect(await list({ kind: 'ACCOUNT' })).toEqual([
    { key: 'root', label: 'root', email: null, choices: [] },
    { key: 'ada', label: 'Ada Lovelace', email: null, choices: [] },
    { key: 'grace', label: 'grace', email: null, choices: [] },
  ]);
});

test('a search finds a part of what people call an account, and no more entries come than are asked for', async () => {
  await open();
  expect((await list({ kind: 'ACCOUNT', search: 'lovelace' })).map(({ key }) => key)).toEqual(['ada']);
  expect((await list({ kind: 'ACCOUNT', limit: 2 })).map(({ key }) => key)).toEqual(['root', 'ada']);
});

test('tags are no names of the server', async () => {
  await open();
  expect(await list({ kind: 'TAG' })).toEqual([]);
});

test.each(['METADATA', 'ACCOUNT'] as const)('a share that is not there names nothing of the kind %s', async (kind) => {
  await open();
  await rm(share.root(), { recursive: true });
  expect((await failureOf(list({ kind }))).message).toBe('The folder of the connection does not exist.');
  expect(await list({ kind: 'TAG' })).toEqual([]);
});
