import { chmodSync, utimesSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { unpackItems } from '@sluice/core/platform';
import type { Details, Item } from '@sluice/core/platform';
import { realDisk } from './disk/disk.js';
import { collect, ShareFixture } from './testing/share-fixture.js';

const [uid, gid] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0];
const FILES: Readonly<Record<string, string>> = {
  '/etc/passwd': `nobody-knows\nada:x:${uid}:7:Ada Builder,room 4:/home/ada:/bin/sh\nada:x:9:9:again::\nivo:x:7001::::\n`,
  '/etc/group': `surveyors:x:${gid}:ada,ivo\nodd:x:none:\n`,
};
const ALL: Details = { fields: 'ALL', tags: true };
const TIME = new Date('2019-03-05T06:07:08Z');

/** Attributes by name of the file that has them. */
let attributes: Record<string, Record<string, Buffer>>;
let asked: string[];
let share: ShareFixture;

/** The real file system, but for attributes, which not every one keeps, and for the names of this machine's accounts. */
function diskWithAttributes() {
  const disk = realDisk();
  const of = (path: string) => attributes[path.split('/').at(-1)!] ?? {};
  return {
    ...disk,
    readFile: (path: string) => FILES[path] ?? disk.readFile(path),
    attributesAt: (path: string) => {
      asked.push(path);
      return Object.keys(of(path));
    },
    attributeAt: (path: string, name: string) => {
      asked.push(path);
      return of(path)[name] ?? null;
    },
  };
}

beforeEach(async () => {
  [attributes, asked] = [{}, []];
  share = await ShareFixture.create('NEVER', undefined, diskWithAttributes());
  await mkdir(share.root('plans'));
  await share.put('plans/a.b.pdf', 'four');
  chmodSync(share.root('plans/a.b.pdf'), 0o640);
  utimesSync(share.root('plans/a.b.pdf'), TIME, TIME);
});
afterEach(() => share.dispose());

async function listed(details?: Details): Promise<Item[]> {
  const entries = await collect(
    share.source.list({ folder: { path: [] }, ...(details ? { details } : {}) }, share.call()),
  );
  return entries.flatMap((entry) => (entry.type === 'item' ? [entry.item] : []));
}
async function told(details?: Details): Promise<Item> {
  const all = await listed(details);
  return all.find(({ kind }) => kind === 'FILE')!;
}
const text = (value: string) => Buffer.from(value);

describe('fields and tags of a share', () => {
  test('are place, size, times, owner, group, mode and extended attributes', async () => {
    attributes['a.b.pdf'] = { 'user.stage': text('as built'), 'user.xdg.tags': text('roof, north,,roof') };
    const { fields, tags, createdAt } = await told(ALL);
    expect(fields).toEqual({
      path: '/plans/a.b.pdf',
      name: 'a.b.pdf',
      extension: 'pdf',
      size: '4',
      ...(createdAt ? { createdAt: createdAt.toISOString() } : {}),
      modifiedAt: TIME.toISOString(),
      owner: 'ada',
      group: 'surveyors',
      mode: '0640',
      'xattr:user.stage': 'as built',
      'xattr:user.xdg.tags': 'roof, north,,roof',
    });
    expect(tags).toEqual(['north', 'roof']);
  });

  test('are told as they are asked for, also of folders, and without a look at attributes that nobody asks for', async () => {
    expect(await told()).not.toHaveProperty('fields');
    const [folder, file] = await listed({ fields: ['owner', 'size'], tags: false });
    expect([folder?.fields, file?.fields]).toEqual([{ owner: 'ada' }, { owner: 'ada', size: '4' }]);
    expect(asked).toEqual([]);
    attributes['a.b.pdf'] = { 'user.stage': text('as built'), 'user.other': text('x') };
    expect((await told({ fields: ['xattr:user.stage'], tags: false })).fields).toEqual({
      'xattr:user.stage': 'as built',
    });
  });

  test('leave out what is no text, too long, or not for people', async () => {
    attributes['a.b.pdf'] = {
      'user.bytes': Buffer.from([0xff, 0xfe]),
      'user.long': Buffer.alloc(5_000, 'x'),
      'user.control': text('a\u0007b'),
      'user.empty': text(''),
      'user.closed': text('with its zero\0'),
      'security.selinux': text('label'),
      'user.xdg.tags': Buffer.from([0xff]),
    };
    const { fields, tags } = await told(ALL);
    expect(Object.keys(fields ?? {}).filter((key) => key.startsWith('xattr:'))).toEqual(['xattr:user.closed']);
    expect([fields?.['xattr:user.closed'], tags]).toEqual(['with its zero', undefined]);
  });

  test('of one item are bounded', async () => {
    attributes['a.b.pdf'] = Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`user.n${at}`, text('x')]));
    attributes['a.b.pdf']['user.xdg.tags'] = text(Array.from({ length: 300 }, (_, at) => `t${at}`).join(','));
    const { fields, tags } = await told(ALL);
    expect(Object.keys(fields ?? {}).filter((key) => key.startsWith('xattr:'))).toHaveLength(64);
    expect(tags).toHaveLength(100);
  });

  test('are the same in a packed listing and where one item is looked for', async () => {
    attributes['a.b.pdf'] = { 'user.xdg.tags': text('roof') };
    const parts = await collect(share.source.listPacked!({ folder: { path: [] }, details: ALL }, share.call()));
    const items = parts.flatMap(({ folders }) => folders.flatMap((folder) => unpackItems(folder)));
    expect(items).toEqual(await listed(ALL));
    const path = ['plans', 'a.b.pdf'];
    expect(await share.platform.find({ path }, share.call(), ALL)).toEqual(await told(ALL));
    expect(await share.platform.find({ path }, share.call())).not.toHaveProperty('fields');
  });
});

describe('the directory of a share', () => {
  const names = async (kind: 'ACCOUNT' | 'GROUP' | 'METADATA' | 'TAG') =>
    (await share.platform.directory!.list({ kind, search: null, limit: 100 }, share.call())).map(
      ({ key, label }) => `${key}: ${label}`,
    );

  test('names the accounts and groups of the server, each once, and nothing of lines that are none', async () => {
    expect(await names('ACCOUNT')).toEqual(['ada: Ada Builder', 'ivo: ivo']);
    expect(await names('GROUP')).toEqual(['surveyors: surveyors']);
  });

  test('names every field that an item has beside its attributes, and no tags', async () => {
    const { fields } = await told(ALL);
    const keys = (await names('METADATA')).map((entry) => entry.split(':', 1)[0]!);
    expect(keys).toEqual(expect.arrayContaining(Object.keys(fields!)));
    expect(await names('TAG')).toEqual([]);
  });
});
