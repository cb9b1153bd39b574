import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tableOf } from '@sluice/core/decide';
import {
  defaultPolicies,
  TRANSFER_TYPES,
  type ItemOutcome,
  type PlanAction,
  type TransferType,
} from '@sluice/core/plan';
import type { Platform } from '@sluice/core/platform';
import { executeRun } from '@sluice/core/run';
import { createMemoryPlatform, MemoryEngineStore, MemoryJob, quietRun } from '@sluice/core/testing';
import type { Sandbox } from '@sluice/procore-sandbox';
import { Projects, quickClock, Shares, type Side } from '../support/effects/sides.js';
import { startEmptySandbox } from '../support/sandbox.js';
import { hostileNames, isHeldByLinux } from './hostile-names.js';
import { hostileSource } from './hostile-source.js';

const NAMES = hostileNames(1_000);
const TYPES = TRANSFER_TYPES.filter((type) => tableOf(type, defaultPolicies(type)) !== null);

/** A type other than COPY gets every fifth name, each type others; with SLUICE_NAMES=all every type gets all of them. */
const PARTS = process.env['SLUICE_NAMES'] === 'all' ? 1 : 5;
const namesFor = (type: TransferType): string[] => {
  if (type === 'COPY') return NAMES;
  return NAMES.filter((_, index) => index % PARTS === TYPES.indexOf(type) % PARTS);
};

const PREDICTED: Readonly<Record<PlanAction, readonly ItemOutcome[]>> = {
  ADOPT: ['ADOPTED', 'UNCHANGED'],
  CREATE: ['CREATED'],
  DELETE: ['DELETED'],
  DESCRIBE: ['DESCRIBED'],
  MOVE: ['MOVED'],
  REFUSE: ['FLAGGED'],
  RENAME: ['RENAMED'],
  SKIP: ['SKIPPED'],
  UPDATE: ['UPDATED'],
};

/** One run of that type; what came otherwise than the plan said, and how many steps there were of each action. */
async function run(
  type: TransferType,
  source: Platform,
  from: readonly string[],
  to: Pick<Side, 'open' | 'root'>,
  job: MemoryJob,
) {
  const store = new MemoryEngineStore(job);
  const end = await executeRun({
    source,
    destination: await to.open(),
    sourceRoot: from,
    destinationRoot: to.root,
    store,
    clock: quickClock,
    ...quietRun(),
    transferType: type,
    policies: defaultPolicies(type),
  });
  const steps = store.steps();
  const surprises = steps.filter(({ step, outcome, result }) => {
    const planned = step.side === 'SOURCE' ? step.sourceKey : step.destinationKey;
    const isThere = !result?.destination || result.destination.key === planned;
    return !PREDICTED[step.action].includes(outcome) || !isThere;
  });
  return {
    end,
    surprised: surprises.map(({ step }) => step.sourceKey!.split('/')[0]!),
    surprises: surprises.map(
      ({ step, outcome, result }) => `${step.action} ${outcome} ${step.sourceKey}: ${result?.message}`,
    ),
    created: steps.filter(({ step, outcome }) => step.side === 'DESTINATION' && outcome === 'CREATED').length,
    refused: steps.filter(({ outcome }) => outcome === 'FLAGGED').length,
  };
}

/** Everything at and below a folder of the disk but for some: links as they are, and the bytes of files. */
function snapshot(folder: string, isLeftOut: (path: string) => boolean, root = folder): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    const stat = lstatSync(path);
    const told = relative(root, path);
    if (isLeftOut(told)) return [];
    if (stat.isSymbolicLink()) return [`${told} -> ${readlinkSync(path)}`];
    return stat.isDirectory()
      ? [`${told}/`, ...snapshot(path, isLeftOut, root)]
      : [`${told}: ${readFileSync(path, 'latin1')}`];
  });
}

const LINKS = [
  ['folder-link', '../outside'],
  ['file-link', '../outside/secret.txt'],
  ['absolute-link', '/etc'],
  ['loop-link', 'loop-link'],
  ['dangling-link', '../outside/nothing'],
] as const;

let sandbox: Sandbox;
let projects: Projects;
let shares: Shares;
beforeAll(async () => {
  sandbox = await startEmptySandbox();
  projects = new Projects(sandbox);
});
afterAll(async () => {
  await sandbox.close();
});

/** A share in which the places of jobs stand beside a folder that nobody may write to. */
function setUp() {
  shares = new Shares();
  const [from, to] = [shares.side(), shares.side()];
  const [source, target] = [shares.folderOf(from), shares.folderOf(to)];
  const base = dirname(target);
  mkdirSync(join(base, 'outside'));
  writeFileSync(join(base, 'outside', 'secret.txt'), 'secret');
  return { from, to, source, target, base };
}

describe.each(TYPES)('1,000 hostile names through %s', (type) => {
  const names = namesFor(type);
  /** At Procore each name costs calls. */
  const namesAtProcore = names.filter((_, index) => index % 10 === 0);

  it('come to a share within its root, each as the plan says, and nothing is written elsewhere', async () => {
    const { to, target, base } = setUp();
    await using _shares = shares;
    for (const [name, aim] of LINKS) symlinkSync(aim, join(target, name));
    const isLeftOut = (path: string) => path === relative(base, target);
    const before = snapshot(base, isLeftOut);
    const done = await run(type, hostileSource(names), [], to, new MemoryJob());
    expect(done.end).toEqual({ kind: 'DONE' });
    expect(done.surprises).toEqual([]);
    expect(done.created).toBeGreaterThan(names.length * 0.4);
    // What has the name of a link is refused when its turn comes: links are not listed.
    const links = LINKS.map(([name]) => name);
    const refused = await run(type, hostileSource(links), [], to, new MemoryJob());
    expect(refused.created).toBe(0);
    expect(links).toEqual(expect.arrayContaining(refused.surprised));
    expect(snapshot(base, isLeftOut)).toEqual(before);
    for (const [name, aim] of LINKS) expect(readlinkSync(join(target, name))).toBe(aim);
  });

  it('come to a storage that reserves no name, and none of them is a way out', async () => {
    const storage = createMemoryPlatform({
      limits: { reservedNames: [], reservedRootNames: [], whitespaceRule: null },
    });
    const to = { root: [], open: () => Promise.resolve(storage) };
    const done = await run(type, hostileSource(['..', '.', ...names]), [], to, new MemoryJob());
    expect(done.end).toEqual({ kind: 'DONE' });
    expect(done.surprises).toEqual([]);
    const kept = storage.tree().flatMap((path) => path.replace(/\/$/, '').split('/'));
    expect(kept.length).toBeGreaterThan(names.length * 0.4);
    expect(kept.filter((name) => ['', '.', '..'].includes(name))).toEqual([]);
  });

  it('come from one share to another within its root, and no link is followed', async () => {
    const { from, to, source, target, base } = setUp();
    await using _shares = shares;
    const held = names.filter((name, index) => index % 3 === 0 && isHeldByLinux(name));
    expect(held.length).toBeGreaterThan(names.length * 0.2);
    for (const [index, name] of held.entries())
      if (index % 2 === 0) writeFileSync(join(source, name), `text ${index}`);
      else mkdirSync(join(source, name));
    for (const [name, aim] of LINKS) {
      rmSync(join(source, name), { force: true });
      symlinkSync(aim, join(source, name));
    }
    const isLeftOut = (path: string) => [source, target].some((folder) => relative(base, folder) === path);
    const before = snapshot(base, isLeftOut);
    const done = await run(type, await from.open(), from.root, to, new MemoryJob());
    expect(done.end).toEqual({ kind: 'DONE' });
    expect(done.surprises).toEqual([]);
    expect(snapshot(base, isLeftOut)).toEqual(before);
    const arrived = snapshot(target, () => false);
    expect(arrived.filter((line) => line.includes('secret') || line.includes(' -> '))).toEqual([]);
  });

  it('come to Procore within the folder of the job, each as the plan says', async () => {
    const to = await projects.side();
    const done = await run(type, hostileSource(namesAtProcore), [], to, new MemoryJob());
    expect(done.end).toEqual({ kind: 'DONE' });
    expect(done.surprises).toEqual([]);
    expect(done.created).toBeGreaterThan(namesAtProcore.length * 0.3);
    expect(await projects.outside(to)).toEqual([]);
  });
});
