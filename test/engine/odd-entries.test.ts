import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultPolicies, type Policies } from '@sluice/core/plan';
import type { Platform } from '@sluice/core/platform';
import { executeRun } from '@sluice/core/run';
import {
  createMemoryPlatform,
  MemoryEngineStore,
  MemoryJob,
  quietRun,
  type MemoryPlatform,
} from '@sluice/core/testing';
import { createFilesharePlatform } from '@sluice/fileshare';
import { inlineLane, realDisk, type Disk } from '@sluice/fileshare/testing';

const clock = { now: () => Date.now(), monotonic: () => performance.now(), sleep: async () => {} };
/** A file of which only the name may be read: its folder may be listed and not entered. */
const UNSEEN = 'unseen.pdf';
const IS_ROOT = process.getuid?.() === 0;

let base = '';
let job: MemoryJob;
let memory: MemoryPlatform;
let servers: Server[];
/** What comes over a folder of the source when it is opened to be listed. */
let trouble: Record<string, () => void>;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'sluice-odd-'));
  for (const name of ['from', 'to']) mkdirSync(join(base, name));
  [job, memory, servers, trouble] = [new MemoryJob(), createMemoryPlatform(), [], {}];
});
afterEach(async () => {
  for (const server of servers) await new Promise((resolve) => server.close(resolve));
  rmSync(base, { recursive: true });
});

const at = (...path: string[]) => join(base, ...path);
function put(path: string): void {
  mkdirSync(dirname(at('from', path)), { recursive: true });
  writeFileSync(at('from', path), path);
}
const refuse = (code: string) => () => {
  throw Object.assign(new Error(code), { code });
};

/** Root may look everywhere, so that rights are lacking by the disk's word. */
function troubledDisk(): Disk {
  const real = realDisk();
  return {
    ...real,
    open: (path, flags, mode) => {
      if (path.startsWith(at('from/'))) trouble[path.slice(at('from/').length)]?.();
      return real.open(path, flags, mode);
    },
    statIn: (folder, name, into) => (name === UNSEEN ? 'REFUSED' : real.statIn(folder, name, into)),
    look: (path) => (String(path).endsWith(`/${UNSEEN}`) ? refuse('EACCES')() : real.look(path)),
  };
}

async function makeOdd(): Promise<void> {
  symlinkSync(at('to'), at('from/link out'));
  symlinkSync(at('from/plain.pdf'), at('from/link in.pdf'));
  symlinkSync('nothing', at('from/link to nowhere'));
  execFileSync('mkfifo', [at('from/pipe')]);
  if (IS_ROOT) execFileSync('mknod', [at('from/device'), 'c', '1', '3']);
  await new Promise<void>((resolve) => servers.push(createServer().listen(at('from/socket'), resolve)));
  const inLatin = (name: string) => Buffer.concat([Buffer.from(at('from/')), Buffer.from(name, 'latin1')]);
  writeFileSync(inLatin('caf\xe9.pdf'), 'x');
  mkdirSync(inLatin('folder \xff'));
  trouble = {
    locked: refuse('EACCES'),
    vanishing: () => rmSync(at('from/vanishing'), { recursive: true, force: true }),
  };
}

const ORDINARY = ['first.pdf', 'plain.pdf', 'blind/beside.pdf', 'last/in it.pdf'];
/** What comes to have a trouble. */
const TROUBLED = ['locked/inner.pdf', 'vanishing/inner.pdf', `blind/${UNSEEN}`];

const WAYS = ['directly', 'through the engine', 'to another platform'] as const;
type Way = (typeof WAYS)[number];

async function places(way: Way): Promise<[Platform, Platform]> {
  const lane = inlineLane(troubledDisk());
  const share = (name: string) =>
    createFilesharePlatform({ root: at(name), clock, random: Math.random, durability: 'NEVER', lane });
  const from = await share('from');
  if (way === 'to another platform') return [from, memory];
  // Not the share's own kind of source any more, so that its destination cannot take files from it by itself.
  const source = new Proxy(from.source!, { getPrototypeOf: () => Object.prototype });
  return [way === 'directly' ? from : { ...from, source }, await share('to')];
}

async function run(way: Way, own: Partial<Policies> = {}): Promise<MemoryEngineStore> {
  const [source, destination] = await places(way);
  const store = new MemoryEngineStore(job);
  const policies = { ...defaultPolicies('COPY'), ...own };
  const roots = { sourceRoot: [], destinationRoot: [] };
  const end = await executeRun({ source, destination, ...roots, policies, store, clock, ...quietRun() });
  expect(end).toEqual({ kind: 'DONE' });
  return store;
}

/** What is told of each item that is not simply there, with what may be done about it. */
const told = (store: MemoryEngineStore): Record<string, string> =>
  Object.fromEntries<string>(
    store.steps().flatMap(({ step, outcome, result }) => {
      const { reason, message, remedy } = result ?? step;
      const isFine = reason === 'NEW' || reason === 'IDENTICAL';
      return isFine ? [] : [[step.sourceKey ?? '', [outcome, reason, message, remedy].join(' | ')]];
    }),
  );

const REPLACE = 'Replace it by a file or folder if its content is wanted.';
const ALLOW = 'Give the account under which the server runs the right to this file or folder.';
const RENAME = 'Rename it, for example with convmv.';
const special = (name: string, what: string): [string, string] => [
  name,
  `SKIPPED | SPECIAL_FILE | “/${name}” is ${what} and is left alone. | ${REPLACE}`,
];
const TOLD: Record<string, string> = Object.fromEntries<string>([
  special('link out', 'a symbolic link to a place outside the share'),
  special('link in.pdf', 'a symbolic link to a place inside the share'),
  special('link to nowhere', 'a symbolic link to nowhere'),
  special('pipe', 'a named pipe'),
  ...(IS_ROOT ? [special('device', 'a device')] : []),
  special('socket', 'a socket'),
  ['caf\ufffd.pdf', `FLAGGED | NAME_INVALID | The name of “/caf\ufffd.pdf” is not valid UTF-8. | ${RENAME}`],
  ['folder \ufffd', `FLAGGED | LISTING_FAILED | The name of “/folder \ufffd” is not valid UTF-8. | ${RENAME}`],
  ['locked', `FLAGGED | LISTING_FAILED | “/locked” is not accessible to the server’s account. | ${ALLOW}`],
  ['vanishing', 'FLAGGED | LISTING_FAILED | “/vanishing” does not exist. | '],
  [
    `blind/${UNSEEN}`,
    `FLAGGED | ACCESS_DENIED | “/blind/${UNSEEN}” is not accessible to the server’s account. | ${ALLOW}`,
  ],
]);

/** Paths of the files at the destination. */
const arrived = (way: Way): string[] => {
  const paths =
    way === 'to another platform' ? memory.tree() : readdirSync(at('to'), { recursive: true, encoding: 'utf8' });
  return paths.filter((path) => path.endsWith('.pdf')).sort();
};

describe.each(WAYS)('what a share holds beside files and folders, copied %s,', (way) => {
  it('is told with its sentence, and all the rest is copied', async () => {
    for (const path of [...ORDINARY, ...TROUBLED]) put(path);
    await makeOdd();
    expect(told(await run(way))).toEqual(TOLD);
    expect(arrived(way)).toEqual([...ORDINARY].sort());
  });

  it('is no deletion where it stands in the place of what was copied', async () => {
    const replaced = ['link in.pdf', 'link out/inner.pdf'];
    const hidden = TROUBLED.filter((path) => !path.endsWith(UNSEEN));
    for (const path of [...ORDINARY, ...hidden, ...replaced]) put(path);
    await run(way);
    for (const path of ['link in.pdf', 'link out']) rmSync(at('from', path), { recursive: true });
    put(`blind/${UNSEEN}`);
    await makeOdd();
    expect(told(await run(way, { deletions: 'MIRROR', deletionGuard: { maxItems: 100, maxShare: 1 } }))).toEqual(TOLD);
    expect(arrived(way)).toEqual([...ORDINARY, ...hidden, ...replaced].sort());
  });
});
