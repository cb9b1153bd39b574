import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ShareRoots } from './share-roots.js';

const REPOSITORY = fileURLToPath(new URL('../../../../', import.meta.url)).replace(/\/$/, '');
let base: string;
let data: string;
let site: string;

beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'sluice-roots-')));
  [data, site] = [join(base, 'data'), join(base, 'data', 'demo', 'site')];
  for (const folder of [site, join(base, 'plans', 'pier'), join(base, 'other')]) mkdirSync(folder, { recursive: true });
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

const rootsWith = (shareRoots: string[] | null, siteFolder: string | null = null) => {
  const procore = {
    procoreOrigins: [],
    procoreClient: { id: 'own', secret: 'secret', loginUrl: 'http://127.0.0.1:9' },
  };
  const demo = siteFolder === null ? null : { siteFolder, ...procore };
  return new ShareRoots({ shareRoots, dataFolder: data, demo });
};

it('the form says which folders may be chosen, and where the files of the demo are', () => {
  expect(rootsWith([base]).help).toBe(`It has to lie in ${base}.`);
  expect(rootsWith([base], site).help).toContain(`The files of the demo are in ${site}.`);
});

describe('folders of the server', () => {
  const refused: [string, () => string][] = [
    ['the data folder', () => data],
    ['a folder in the data folder', () => join(data, 'demo')],
    ['the folder above the data folder', () => base],
    ['the root of the file system', () => '/'],
    ['the program', () => REPOSITORY],
    ['the served web folder', () => join(REPOSITORY, 'apps/admin/dist/web')],
    ['the folder above the program', () => join(REPOSITORY, '..')],
    ['/proc/self', () => '/proc/self'],
    ['/sys', () => '/sys'],
    ['/dev/shm', () => '/dev/shm'],
    ['another spelling', () => join(base, 'plans') + '/..//data/./demo'],
    ['a folder of the data folder that does not exist yet', () => join(data, 'later', 'on')],
    ['a symbolic link', () => linkTo(data, 'link')],
    ['a folder behind a symbolic link', () => join(linkTo(base, 'up'), 'data', 'demo')],
  ];
  it.each(refused)('are never shares: %s', async (_name, folder) => {
    const roots = rootsWith(['/', base]);
    expect((await roots.refusalOf(folder()))?.message).toMatch(/own data or program/);
  });

  it('are never shares by a bind mount either', async ({ skip }) => {
    const [again, parts] = [join(base, 'plans', 'again'), join(base, 'plans', 'parts')];
    for (const folder of [again, parts]) mkdirSync(folder);
    if (!mount(data, again)) return skip('only root may mount');
    try {
      mount(join(data, 'demo'), parts);
      for (const folder of [again, parts, join(parts, 'site'), join(base, 'plans')]) {
        expect((await rootsWith([base]).refusalOf(folder))?.message, folder).toMatch(/own data or program/);
      }
      expect(await rootsWith([base]).refusalOf(join(base, 'plans', 'pier'))).toBeNull();
    } finally {
      for (const folder of [again, parts]) spawnSync('umount', [folder]);
    }
  });

  it('are told by device and inode where mounts are not listed', async ({ skip }) => {
    const again = join(base, 'again');
    mkdirSync(again);
    if (!mount(base, again)) return skip('only root may mount');
    try {
      const roots = new ShareRoots({ shareRoots: [base], dataFolder: data, demo: null }, () =>
        Promise.reject(new Error()),
      );
      for (const folder of [again, join(again, 'data'), join(again, 'data', 'demo')]) {
        expect((await roots.refusalOf(folder))?.message, folder).toMatch(/own data or program/);
      }
      expect(await roots.refusalOf(join(again, 'plans'))).toBeNull();
    } finally {
      spawnSync('umount', [again]);
    }
  });
});

describe('SLUICE_SHARE_ROOTS', () => {
  it('allows its folders and what lies below, after links are followed', async () => {
    const roots = rootsWith([linkTo(join(base, 'plans'), 'root')]);
    for (const folder of [join(base, 'plans'), join(base, 'plans', 'pier'), join(base, 'plans', 'to come')]) {
      expect(await roots.refusalOf(folder), folder).toBeNull();
    }
  });

  it('refuses everything else and says how to allow it', async () => {
    const roots = rootsWith([join(base, 'plans')]);
    const inside = join(base, 'plans', 'out');
    symlinkSync(join(base, 'other'), inside);
    for (const folder of [join(base, 'other'), join(base, 'plans-2'), inside, '/etc', '/root']) {
      const refusal = await roots.refusalOf(folder);
      expect(refusal?.message, folder).toContain(join(base, 'plans'));
      expect(refusal?.remedy).toContain('SLUICE_SHARE_ROOTS');
    }
  });

  it('leaves the choice to an administrator where it is absent', async () => {
    const roots = rootsWith(null);
    expect(await roots.refusalOf(join(base, 'other'))).toBeNull();
    expect(await roots.isOpenToAll(join(base, 'other'))).toBe(false);
    expect(await rootsWith([base]).isOpenToAll(join(base, 'other'))).toBe(true);
  });

  it('need not name the folder of the demo, which is all that is allowed of the data folder', async () => {
    const roots = rootsWith(null, site);
    expect(await roots.isOpenToAll(join(site, '01 Drawings'))).toBe(true);
    expect(await roots.refusalOf(join(site, '01 Drawings'))).toBeNull();
    expect(await rootsWith([join(base, 'plans')], site).refusalOf(site)).toBeNull();
    expect(await roots.refusalOf(join(data, 'demo'))).not.toBeNull();
    expect(await roots.isOpenToAll(join(data, 'demo'))).toBe(false);
  });
});

function linkTo(target: string, name: string): string {
  const link = join(base, name);
  symlinkSync(target, link);
  return link;
}

function mount(from: string, to: string): boolean {
  return spawnSync('mount', ['--bind', from, to]).status === 0;
}
