import { setTimeout as sleep } from 'node:timers/promises';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createFilesharePlatform } from '@sluice/fileshare';
import type { Clock } from '@sluice/core/http';
import { Mapping, type MappingSet } from '@sluice/core/mapping';
import { defaultPolicies, type Policies } from '@sluice/core/plan';
import type { Call, Content, Item, Platform, WriteRequest } from '@sluice/core/platform';
import { executeRun } from '@sluice/core/run';
import { loneBudget, MemoryEngineStore, MemoryJob, quietRun } from '@sluice/core/testing';
import { createProcorePlatform } from '@sluice/procore';
import { seeded, startSandbox } from '@sluice/procore-sandbox';

const FILES = Number(process.env['SLUICE_ROUND_TRIP_FILES'] ?? 8);
const FOLDERS = 4;
const ALL = { fields: 'ALL', tags: true } as const;

/** Short waits take a moment only; long ones, which are time limits, as long as they say. */
const clock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (milliseconds, signal) => sleep(milliseconds < 10_000 ? 1 : milliseconds, undefined, { signal, ref: false }),
};
const call = (): Call => ({ signal: new AbortController().signal, priority: 'JOB', owner: 'test' });

async function share(hasManifest: boolean): Promise<{ platform: Platform; root: string }> {
  const root = await mkdtemp(join(tmpdir(), 'sluice-round-'));
  const platform = await createFilesharePlatform({
    root,
    clock,
    random: Math.random,
    hasManifest,
    durability: 'NEVER',
  });
  onTestFinished(async () => {
    await platform.close();
    await rm(root, { recursive: true });
  });
  return { platform, root };
}

async function project(): Promise<Platform> {
  const sandbox = await startSandbox({ seedContent: false, limits: { hourly: 1_000_000, spike: 1_000_000 } });
  onTestFinished(() => sandbox.close());
  const { access_token: accessToken } = sandbox.control.issueTokens();
  const tokens = { accessToken, refreshToken: null, obtainedAt: Date.now(), expiresAt: Date.now() + 3_600_000 };
  const platform = createProcorePlatform({
    client: { id: seeded.clientId, secret: seeded.clientSecret },
    grant: 'AUTHORIZATION_CODE',
    tokens: { load: async () => tokens, save: async () => {}, withLock: (work) => work() },
    budget: loneBudget(clock, { hourlyLimit: 1_000_000, spikeLimit: 1_000_000 }),
    ...{ clock, random: Math.random, fetch: (url, init) => fetch(url, init as RequestInit) },
    settings: {
      ...{ loginUrl: sandbox.loginUrl, apiUrl: sandbox.apiUrl },
      ...{ companyId: String(seeded.companyId), projectId: String(seeded.projectId) },
    },
  });
  onTestFinished(() => platform.close());
  return platform;
}

/** Where each field of a share is at Procore: texts, numbers, yes or no, dates, one choice and several. */
const FIELDS: readonly (readonly [share: string, procore: string])[] = [
  ['owner', 'custom_field_41007'],
  ['manifest:Weight', 'custom_field_41008'],
  ['manifest:Issued', 'custom_field_41009'],
  ['manifest:Review', 'custom_field_41010'],
  ['manifest:Disciplines', 'custom_field_41011'],
  ['modifiedAt', 'custom_field_41012'],
];

/** `automaticMatches`: how fields find their like beside those pairs; what finds none is told. */
function setsOf(
  pairs: readonly (readonly [from: string, to: string])[],
  automaticMatches: MappingSet['automaticMatches'] = [],
): MappingSet[] {
  const set = { id: 'set', name: 'Set', automaticMatches: [], exclusions: [], defaultTarget: null } as const;
  const rules = pairs.map(([field, destinationField]) => ({
    ...{ destinationField, origin: { kind: 'FIELD', field } as const },
    ...{ defaultValue: null, choices: [], isRequired: false },
  }));
  return [
    { ...set, kind: 'TAG', unmapped: 'KEEP_NAME', entries: [], metadataRules: [] },
    { ...set, kind: 'METADATA', unmapped: 'SKIP', entries: [], metadataRules: rules, automaticMatches },
  ];
}

async function mappingBetween(source: Platform, destination: Platform, sets: MappingSet[]): Promise<Mapping> {
  const names = async ({ directory }: Platform) => ({
    ...{ ACCOUNT: null, GROUP: null, TAG: null },
    METADATA: await directory!.list({ kind: 'METADATA', search: null, limit: 500 }, call()),
  });
  return new Mapping(sets, await names(source), await names(destination));
}

const TAGS_LOST = 'The file system does not hold all tags of the mapping.';

/** Copies everything, and tells what the plan warned of, how many files lost tags, and how many items have a field without its like. */
async function copy(
  source: Platform,
  destination: Platform,
  pairs: readonly (readonly [string, string])[],
  policies: Partial<Policies> = {},
  automaticMatches: MappingSet['automaticMatches'] = [],
): Promise<string[]> {
  const store = new MemoryEngineStore(new MemoryJob());
  const end = await executeRun({
    ...{ ...quietRun(), source, destination, sourceRoot: [], destinationRoot: [], store, clock },
    mapping: await mappingBetween(source, destination, setsOf(pairs, automaticMatches)),
    policies: { ...defaultPolicies('COPY'), permissions: 'PRIVACY_FLAG', ...policies },
  });
  expect(end).toEqual({ kind: 'DONE' });
  const wrong = Object.entries(store.outcomes()).filter(([, outcome]) => !/^(CREATED|UPDATED)/.test(outcome));
  expect(wrong).toEqual([]);
  const warned = store.logged.filter(({ severity }) => severity === 'WARNING').map(({ message }) => message);
  const without = store.steps().filter(({ result }) => result?.message.includes(TAGS_LOST)).length;
  const unmapped = store.unmapped.map(({ itemCount, field }) => `${itemCount} × ${field}`);
  return [...warned, ...(without === 0 ? [] : [`${without} × ${TAGS_LOST}`]), ...new Set(unmapped)];
}

const contentOf = (text: string): Content => ({
  size: Buffer.byteLength(text),
  async *read() {
    yield Buffer.from(text);
  },
});

/** Odd times, owners and values, so that each field differs from file to file. */
const timeOf = (at: number) => new Date(Date.UTC(1970 + (at % 60), at % 12, 1 + (at % 28), at % 24, at % 60, 7, at));
function givenTo(at: number): Partial<WriteRequest> {
  return {
    description: `Drawing ${at}, “as built”`,
    // What is in a private folder of Procore is private too.
    isPrivate: at % 3 === 0 || at % FOLDERS === 1,
    tags: [`tag ${at % 7}`, 'roof, north'],
    fields: {
      owner: String(20_000 + (at % 5)),
      'manifest:Weight': String(at + 0.5),
      'manifest:Issued': String(at % 2 === 0),
      'manifest:Review': at % 2 === 0 ? 'Approved' : 'Rejected',
      'manifest:Disciplines': at % 2 === 0 ? 'Civil;Marine' : 'Marine',
    },
    modifiedAt: timeOf(at),
  };
}

async function fill({ destination }: Platform, root: Item): Promise<void> {
  const folders = await Promise.all(
    Array.from({ length: FOLDERS }, (_, at) =>
      destination!.ensureFolder({ parent: root, name: `folder ${at}`, isPrivate: at === 1 }, call()),
    ),
  );
  const write = (request: Omit<WriteRequest, 'parent'>, at: number) =>
    destination!.write({ parent: folders[at % FOLDERS]!, ...request }, call());
  for (let at = 0; at < FILES; at += 1) {
    await Promise.all([
      ...[1, 2].map((version) =>
        write(
          {
            ...{ name: `${at} (v${version}).pdf`, content: contentOf(`${at} as of ${version}`) },
            ...{ versionNumber: version, versionNote: `note ${version}`, modifiedAt: timeOf(at) },
          },
          at,
        ),
      ),
      write({ name: `${at}.pdf`, content: contentOf(`${at} at last`), versionNote: 'note 3', ...givenTo(at) }, at),
    ]);
  }
}

/** What a share has of each file, in words that two shares can be compared by. */
async function toldBy({ source }: Platform): Promise<Map<string, Record<string, unknown>>> {
  const told = new Map<string, Record<string, unknown>>();
  const listing = source!.list({ folder: { path: [] }, details: ALL, joinsVersions: true }, call());
  for await (const entry of listing) {
    if (entry.type === 'problem') throw entry.problem.error;
    if (entry.type !== 'item') continue;
    const { path, kind, description, isPrivate, tags, fields = {}, modifiedAt } = entry.item;
    const key = path.join('/');
    if (kind === 'FOLDER') told.set(key, { privacy: isPrivate ?? false });
    else
      told.set(key, {
        ...{ description, privacy: isPrivate ?? false, tags, time: modifiedAt?.toISOString() },
        fields: Object.fromEntries(FIELDS.map(([field]) => [field, fields[field]])),
        versions: await versionsOf(source!, entry.item),
      });
  }
  return told;
}

async function versionsOf(source: NonNullable<Platform['source']>, item: Item): Promise<string[]> {
  const all = source.versions ? await source.versions(item, call()) : [item];
  return Promise.all(
    all.map(async (one, index) => {
      const hash = createHash('sha256');
      for await (const chunk of source.open(one, call())) hash.update(chunk);
      const note = /^note \d/.exec(one.fields?.['versionNotes'] ?? '')?.[0] ?? 'no note';
      // Procore has no place for the note of a first version, which the plan tells.
      return index === 0 ? hash.digest('hex') : `${hash.digest('hex')} ${note}`;
    }),
  );
}

/** What the second has no more, as `what: how many`; nothing where all is equal. */
function lossesBetween(before: Map<string, Record<string, unknown>>, after: typeof before): Record<string, number> {
  const losses: Record<string, number> = {};
  const lose = (what: string) => void (losses[what] = (losses[what] ?? 0) + 1);
  for (const [key, had] of before) {
    const has = after.get(key);
    if (!has) lose('items');
    else for (const what of Object.keys(had)) if (JSON.stringify(had[what]) !== JSON.stringify(has[what])) lose(what);
  }
  for (const key of after.keys()) if (!before.has(key)) lose('more items');
  return losses;
}

/** With each version as an item of its own, as a plan counts them. */
const privateItems = (told: Map<string, Record<string, unknown>>) =>
  [...told.values()].reduce((sum, { privacy, versions }) => sum + (privacy === true ? (versions ? 3 : 1) : 0), 0);

const BACK = FIELDS.map(([onShare, atProcore]) => [atProcore, onShare] as const);
const AS_FILES: Partial<Policies> = { versionsAsFiles: true };

it('files come from a share to Procore and back to a share without a loss, and a share without a manifest says what it lost', async ({
  skip,
}) => {
  skip(process.getuid?.() !== 0, 'only root gives files away');
  const [first, procore, second, without] = [await share(true), await project(), await share(true), await share(false)];
  await fill(first.platform, (await first.platform.find({ path: [] }, call()))!);
  const before = await toldBy(first.platform);
  expect(before.size).toBe(FILES + FOLDERS);

  expect(await copy(first.platform, procore, FIELDS)).toEqual([
    `${FILES} files come with former versions of which the first cannot have its note at the destination.`,
  ]);
  expect(await copy(procore, second.platform, BACK, AS_FILES)).toEqual([]);
  expect(lossesBetween(before, await toldBy(second.platform))).toEqual({});
  expect((await readdir(join(second.root, 'folder 0'))).filter((name) => name.startsWith('.'))).toEqual([
    '.sluice.json',
  ]);

  const told = await copy(
    procore,
    without.platform,
    [
      ['custom_field_41007', 'owner'],
      ['custom_field_41012', 'modifiedAt'],
    ],
    AS_FILES,
    ['NAME'],
  );
  expect(told.toSorted()).toEqual(
    [
      `${privateItems(before)} items are private at the source and the destination cannot hold that.`,
      `${FILES} items have a description that the destination cannot hold.`,
      `${FILES} × ${TAGS_LOST}`,
      // Folders have authors too.
      `${FILES + FOLDERS} items have a value that could not be mapped and is left out.`,
      `${FILES + FOLDERS} × author`,
      ...['versionNotes', ...[8, 9, 10, 11].map((at) => `custom_field_${41_000 + at}`)].map(
        (key) => `${FILES} × ${key}`,
      ),
    ].toSorted(),
  );
  // Its versions stand as files of their own, and one of the tags holds a comma.
  expect(lossesBetween(before, await toldBy(without.platform))).toEqual({
    ...{
      description: FILES,
      tags: FILES,
      fields: FILES,
      versions: FILES,
      privacy: [...before.values()].filter(({ privacy }) => privacy === true).length,
    },
    'more items': 2 * FILES,
  });
});
