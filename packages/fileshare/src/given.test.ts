import { chownSync, chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import type { Description, Item } from '@sluice/core/platform';
import { realDisk } from './disk/disk.js';
import { traitsOf } from './disk/traits.js';
import { capabilitiesOf } from './facts.js';
import { HookedDisk, systemError } from './testing/hooked-disk.js';
import { content, failureOf, ShareFixture } from './testing/share-fixture.js';

const disk = realDisk();
const ALL = { fields: 'ALL', tags: true } as const;
const STAGE = 'xattr:user.stage';

let share: ShareFixture;
let hooks: HookedDisk;
afterEach(() => share.dispose());

async function open(): Promise<void> {
  hooks = new HookedDisk();
  share = await ShareFixture.create('NEVER', undefined, hooks.disk);
}

async function write(name: string, given: Pick<Description, 'fields' | 'tags'>, replaces?: Item) {
  const request = { parent: await share.item(''), name, content: content('new'), ...given };
  return share.destination.write({ ...request, ...(replaces ? { replaces } : {}) }, share.call());
}

const attribute = (path: string, name: string) => disk.attributeAt(share.root(path), name)?.toString() ?? null;
const modeOf = (path: string) => statSync(share.root(path)).mode & 0o7777;
const told = (name: string) => share.platform.find({ path: [name] }, share.call(), ALL);

/** Why attributes cannot be tried here; null where they can. */
const reason = () => (disk.holdsAttributes(process.cwd()) ? null : 'this file system keeps no extended attributes');

describe.skipIf(reason() !== null)('what a file is given beside its content', () => {
  test('stands on it when it gets its name, and is never less private before', async () => {
    await open();
    const seen: { mode: number; stage: string | undefined }[] = [];
    hooks.before = (call, args) => {
      if (call !== 'renameToFree' && call !== 'write' && call !== 'setAttribute') return;
      const [part] = disk.readdir(share.root()).filter((name) => name.endsWith('.part'));
      if (part) seen.push({ mode: modeOf(part), stage: disk.attributeAt(share.root(part), 'user.stage')?.toString() });
      void args;
    };
    const given = { fields: { [STAGE]: 'as built', mode: '0640' }, tags: ['roof', 'north'] };
    expect(await write('a.pdf', given)).not.toHaveProperty('note');
    expect(seen[0]).toEqual({ mode: 0o600, stage: undefined });
    expect(seen.every(({ mode }) => (mode & ~0o640) === 0)).toBe(true);
    expect(seen.at(-1)).toEqual({ mode: 0o640, stage: 'as built' });
    expect((await told('a.pdf'))?.fields).toMatchObject({ [STAGE]: 'as built', mode: '0640' });
    expect((await told('a.pdf'))?.tags).toEqual(['north', 'roof']);
  });

  test('goes over what a replaced file had; the rest of it stays, and its list gives way to a mode of its own', async () => {
    await open();
    await write('a.pdf', { fields: { [STAGE]: 'draft', 'xattr:user.other': 'kept', mode: '0666' }, tags: ['roof'] });
    await write('a.pdf', { fields: { [STAGE]: 'as built', mode: '0600' }, tags: ['north'] }, await share.item('a.pdf'));
    expect([attribute('a.pdf', 'user.stage'), attribute('a.pdf', 'user.other')]).toEqual(['as built', 'kept']);
    expect([attribute('a.pdf', 'user.xdg.tags'), modeOf('a.pdf')]).toEqual(['roof,north', 0o600]);
  });

  test('is given to a folder that is made, and not to one that people made', async () => {
    await open();
    mkdirSync(share.root('theirs'));
    const parent = await share.item('');
    const given = { fields: { mode: '0750', [STAGE]: 'x' }, tags: ['plans'] };
    for (const name of ['ours', 'theirs'])
      await share.destination.ensureFolder({ parent, name, ...given }, share.call());
    expect([modeOf('ours'), attribute('ours', 'user.stage'), attribute('ours', 'user.xdg.tags')]).toEqual([
      ...[0o750, 'x', 'plans'],
    ]);
    expect([attribute('theirs', 'user.stage'), attribute('theirs', 'user.xdg.tags')]).toEqual([null, null]);
    hooks.before = (call, args) => {
      if (call === 'renameToFree' && String(args[1]).endsWith('late')) throw systemError('EIO');
    };
    await failureOf(share.destination.ensureFolder({ parent, name: 'late', ...given }, share.call()));
    expect(await share.onDisk()).toEqual(['ours', 'theirs']);
  });

  test('comes without a transfer too, and only to the version that is known', async () => {
    await open();
    await write('a.pdf', { fields: { [STAGE]: 'draft' } });
    const known = await share.item('a.pdf');
    const described = await share.destination.describe(
      known,
      { fields: { [STAGE]: '', 'xattr:user.no': '1' }, tags: ['a'] },
      share.call(),
    );
    expect([described.version, described.metaVersion === known.metaVersion]).toEqual([known.version, false]);
    expect([attribute('a.pdf', 'user.stage'), attribute('a.pdf', 'user.xdg.tags')]).toEqual([null, 'a']);
    expect(described).toEqual(await share.item('a.pdf'));
    writeFileSync(share.root('a.pdf'), 'another content');
    const late = share.destination.describe(known, { tags: ['b'] }, share.call());
    expect((await failureOf(late)).kind).toBe('CONFLICT');
    expect(attribute('a.pdf', 'user.xdg.tags')).toBe('a');
  });

  test.each([
    [{ owner: 'no such account' }, 'no account “no such account”'],
    [{ group: 'no such group' }, 'no group'],
    [{ mode: 'rw-r--r--' }, 'octal'],
    [{ mode: '99' }, 'octal'],
    [{ modifiedAt: 'yesterday' }, 'no time'],
    [{ size: '7' }, '“size”'],
    [{ 'xattr:security.selinux': 'x' }, '“xattr:security.selinux”'],
    [{ 'xattr:user.': 'x' }, '“xattr:user.”'],
    [{ [`xattr:user.${'n'.repeat(255)}`]: 'x' }, 'sets no field'],
    [{ [STAGE]: 'x'.repeat(4_097) }, '4096 bytes'],
    [{ [STAGE]: 'a\u0000b' }, 'control characters'],
  ])('%j is refused in a sentence, and nothing is written', async (fields, sentence) => {
    await open();
    const refused = await failureOf(write('a.pdf', { fields }));
    expect(refused.kind).toBe('REJECTED');
    expect(`${refused.message} ${refused.remedy}`).toContain(sentence);
    const parent = await share.item('');
    const folder = share.destination.ensureFolder({ parent, name: 'folder', fields }, share.call());
    expect((await failureOf(folder)).kind).toBe('REJECTED');
    expect(await share.onDisk()).toEqual([]);
  });

  test('tells tags that have no place, of each file', async () => {
    await open();
    for (const name of ['a.pdf', 'b.pdf']) {
      const { note } = await write(name, { tags: ['a,b', 'c'] });
      expect([note, attribute(name, 'user.xdg.tags')]).toEqual([
        'The file system does not hold all tags of the mapping.',
        'c',
      ]);
    }
    const many = Array.from({ length: 300 }, (_, at) => `tag ${at}`);
    expect((await write('many.pdf', { tags: many })).note).toMatch(/all tags/);
    expect((await told('many.pdf'))?.tags).toHaveLength(100);
  });

  test('what a file system refuses is told of each file, and where nothing else would tell it, it is an error', async () => {
    await open();
    hooks = new HookedDisk(['setAttribute']);
    await share.dispose();
    share = await ShareFixture.create('NEVER', undefined, hooks.disk);
    const note = 'The file system does not hold all attributes, tags of the mapping.';
    for (const name of ['a.pdf', 'b.pdf'])
      expect((await write(name, { fields: { [STAGE]: 'x' }, tags: ['a'] })).note).toBe(note);
    const item = await share.item('a.pdf');
    const refused = await failureOf(share.destination.describe(item, { tags: ['a'] }, share.call()));
    expect([refused.kind, refused.message]).toEqual([
      'REJECTED',
      '“/a.pdf”: The file system does not hold all tags of the mapping.',
    ]);
  });
});

test('a time that a mapping gives is that of the file, without a transfer too', async () => {
  await open();
  const modifiedAt = new Date('1969-07-20T20:17:40.123Z');
  await write('a.pdf', { fields: { modifiedAt: '2019-03-05T06:07:08.009Z' } });
  expect(statSync(share.root('a.pdf')).mtime).toEqual(new Date('2019-03-05T06:07:08.009Z'));
  const fields = { modifiedAt: modifiedAt.toISOString() };
  const described = await share.destination.describe(await share.item('a.pdf'), { fields }, share.call());
  expect(described).toEqual(await share.item('a.pdf'));
  expect(described.modifiedAt).toEqual(modifiedAt);
  await share.destination.ensureFolder({ parent: await share.item(''), name: 'plans' }, share.call());
  const folder = await share.destination.describe(await share.item('plans'), { fields }, share.call());
  expect(folder.modifiedAt).toEqual(modifiedAt);
});

describe('owner and group that a mapping gives', () => {
  const isRoot = process.getuid?.() === 0;

  test.skipIf(!isRoot)('are set, by number and by name', async () => {
    await open();
    expect(await write('a.pdf', { fields: { owner: '1234', group: '5678', mode: '0640' } })).not.toHaveProperty('note');
    const { uid, gid } = statSync(share.root('a.pdf'));
    expect([uid, gid, modeOf('a.pdf')]).toEqual([1234, 5678, 0o640]);
    const [name, , id] = readFileSync('/etc/passwd', 'utf8').split('\n', 2)[1]!.split(':');
    await share.destination.describe(await share.item('a.pdf'), { fields: { owner: name! } }, share.call());
    expect(statSync(share.root('a.pdf')).uid).toBe(Number(id));
  });

  test('that the account may not give are told once a run, and give nobody more rights', async () => {
    await open();
    hooks.before = (call) => {
      if (call === 'chown') throw systemError('EPERM');
    };
    const given = { fields: { owner: '1234', group: '5678', mode: '0664' } };
    const parent = await share.item('');
    await share.destination.ensureFolder({ parent, name: 'folder', ...given }, share.call());
    expect((await write('a.pdf', given)).note).toBe(
      'The server’s account may not give the owner, group of the mapping; so it may be with the items around it.',
    );
    expect([modeOf('a.pdf'), modeOf('folder')]).toEqual([0o644, 0o644]);
    expect(await write('b.pdf', given)).not.toHaveProperty('note');
    const refused = await failureOf(share.destination.describe(await share.item('a.pdf'), given, share.call()));
    expect(refused.kind).toBe('ACCESS_DENIED');
  });

  test.skipIf(!isRoot)('of a replaced file that cannot be kept narrow a mode of its own as well', async () => {
    await open();
    await share.put('a.pdf', 'old');
    chownSync(share.root('a.pdf'), 1234, 5678);
    chmodSync(share.root('a.pdf'), 0o660);
    hooks.before = (call) => {
      if (call === 'chown') throw systemError('EPERM');
    };
    await write('a.pdf', { fields: { mode: '0660' } }, await share.item('a.pdf'));
    expect(modeOf('a.pdf')).toBe(0o600);
  });
});

describe('the facts of a share', () => {
  test('are those of the file system that is mounted there, found out without writing', async () => {
    await open();
    const real = disk.holdsAttributes(share.root());
    expect(traitsOf(disk, share.root()).attributes).toBe(real ? 'ALL' : 'NONE');
    expect(disk.holdsAttributes('/proc')).toBe(false);
    expect(await share.onDisk()).toEqual([]);
    const mounted = { ...disk, readFile: () => `1 1 0:1 / ${share.root()}/in rw`, statfs: disk.statfs };
    const holding = (holds: (path: string) => boolean) =>
      capabilitiesOf(traitsOf({ ...mounted, holdsAttributes: holds }, share.root()));
    const levels = ({ TAGS_MAP, METADATA_MAP }: ReturnType<typeof capabilitiesOf>) => [
      TAGS_MAP.level,
      METADATA_MAP.level,
    ];
    expect(levels(holding(() => true))).toEqual(['LIMITED', 'LIMITED']);
    expect(levels(holding(() => false))).toEqual(['NONE', 'LIMITED']);
    expect(holding((path) => !path.endsWith('in')).TAGS_MAP.note).toContain('not all keep');
    expect(holding(() => false).METADATA_MAP.note).not.toContain('of the kind');
  });
});
