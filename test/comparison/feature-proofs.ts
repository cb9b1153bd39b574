import { expect } from 'vitest';
import type { ComparedFeature, FeatureWay } from '@sluice/core/compare';
import type { Capability, Platform, Support } from '@sluice/core/platform';
import type { ItemMapping } from '@sluice/core/run';
import type { MemoryPlatformOptions } from '@sluice/core/testing';
import { NOW, type Copied, type Proof, type Sides } from './proof.js';

const FILE = 'plans/a.pdf';
const TIME = new Date('2019-03-05T06:07:08Z');
const HOUR = 3_600_000;
const seeds = [{ path: FILE, bytes: 'one', modifiedAt: TIME }];
const versions = ['one', 'two', 'three'].map((bytes) => ({ path: FILE, bytes }));

const having = (capability: Capability, support: Support['level'] | Support): MemoryPlatformOptions => ({
  capabilities: { [capability]: typeof support === 'string' ? { level: support } : support },
});
const lacking = (capability: Capability) => having(capability, 'NONE');

const lockedAt = (side: keyof Sides, until: Date | null) => (sides: Sides) => {
  if (side === 'destination') sides.destination.seed([{ path: FILE, bytes: 'other' }]);
  sides[side].edit(FILE, { lock: { holder: 'Ivo', until } });
};
const describedAtSource = ({ source }: Sides) => source.edit(FILE, { description: 'as built' });
const ofMasons: ItemMapping = {
  details: { fields: [], tags: false },
  map: () => ({ fields: {}, tags: null, problems: [], newGroups: ['masons'] }),
};
async function groupsAt({ directory }: Platform): Promise<string[]> {
  const call = { signal: new AbortController().signal, priority: 'JOB', owner: 'a test' } as const;
  return (await directory!.list({ kind: 'GROUP', search: null, limit: 9 }, call)).map(({ label }) => label);
}
const privateAtSource = ({ source }: Sides) => {
  source.edit('plans', { isPrivate: true });
  source.edit(FILE, { isPrivate: true });
};
const created = ({ steps }: Copied) => expect(steps[FILE]).toBe('CREATED NEW');

/** What the engine asks of a destination beside place and content; whoever adds to it has to say so in the comparison. */
const ASKED = ['modifiedAt', 'versionNote'];
const HOW = ['parent', 'name', 'content', 'replaces', 'trash', 'inDoubtSince', 'checkpoint', 'saveCheckpoint'];

/** The file is there, and nothing came with it but its bytes, its time and a note. */
function nothingElse(copied: Copied): void {
  created(copied);
  expect(copied.destination.item(FILE)).toMatchObject({ description: null, isPrivate: null, lock: null });
  const asked = copied.asked.flatMap((request) => Object.entries(request));
  const names = asked.flatMap(([name, value]) => (value === undefined || HOW.includes(name) ? [] : [name]));
  expect(names.filter((name) => name !== 'modifiedNanoseconds').sort()).toEqual(ASKED);
}

/** A feature that the engine leaves alone: the copy is the same with and without it. */
const leftAlone = (feature: ComparedFeature, has: 'NOTHING' | 'LEFT', name: string): Proof => ({
  name,
  source: having(feature, has === 'NOTHING' ? 'NONE' : 'FULL'),
  destination: lacking(feature),
  seeds,
  proves: nothingElse,
});

/** A proof for each way of each feature: one that has none does not compile. */
export const FEATURE_PROOFS: { [Feature in ComparedFeature]: Readonly<Record<FeatureWay<Feature>, Proof>> } = {
  VERSION_PRESERVATION: {
    NOTHING: {
      name: 'a file of a source without versions comes with its newest content',
      source: { ...lacking('VERSION_PRESERVATION'), tellsVersions: false },
      seeds: versions,
      proves: ({ destination }) => expect(destination.texts(FILE)).toEqual(['three']),
    },
    ALL: {
      name: 'all versions come in their order',
      seeds: versions,
      proves: ({ destination }) => expect(destination.texts(FILE)).toEqual(['one', 'two', 'three']),
    },
    NEWEST: {
      name: 'as many of the newest versions come as the job says',
      policies: { maxVersions: 2 },
      seeds: versions,
      proves: ({ destination }) => expect(destination.texts(FILE)).toEqual(['two', 'three']),
    },
    LATEST_BY_JOB: {
      name: 'only the latest version comes where the job says so',
      policies: { maxVersions: 1 },
      seeds: versions,
      proves: ({ destination }) => expect(destination.texts(FILE)).toEqual(['three']),
    },
    AS_FILES: {
      name: 'former versions become files of their own where the job says so',
      destination: lacking('VERSION_PRESERVATION'),
      policies: { versionsAsFiles: true },
      seeds: versions,
      proves: ({ destination }) =>
        expect(['plans/a (v1).pdf', 'plans/a (v2).pdf', FILE].map((path) => destination.texts(path))).toEqual([
          ['one'],
          ['two'],
          ['three'],
        ]),
    },
    LATEST: {
      name: 'only the latest version comes to a destination without versions',
      destination: lacking('VERSION_PRESERVATION'),
      seeds: versions,
      proves: ({ destination }) => expect(destination.texts(FILE)).toEqual(['three']),
    },
  },
  TIMESTAMP_PRESERVATION: {
    NOTHING: {
      name: 'a file without a time has that of its transfer',
      source: lacking('TIMESTAMP_PRESERVATION'),
      destination: { ...lacking('TIMESTAMP_PRESERVATION'), now: () => NOW },
      seeds,
      proves: ({ destination }) => expect(destination.item(FILE)?.modifiedAt).toEqual(new Date(NOW)),
    },
    KEPT: {
      name: 'files keep their times',
      seeds,
      proves: ({ destination }) => expect(destination.item(FILE)?.modifiedAt).toEqual(TIME),
    },
    OF_TRANSFER: {
      name: 'times that cannot be set are those of the transfer and stand in the notes of versions',
      destination: { ...lacking('TIMESTAMP_PRESERVATION'), now: () => NOW },
      seeds,
      proves: ({ destination, asked }) => {
        expect(destination.item(FILE)?.modifiedAt).toEqual(new Date(NOW));
        expect(asked.map(({ versionNote }) => versionNote)).toEqual([expect.stringContaining(TIME.toISOString())]);
      },
    },
    LEFT_BY_JOB: {
      name: 'times are left where the job says so',
      destination: { now: () => NOW },
      policies: { keepTimestamps: false },
      seeds,
      proves: ({ destination }) => expect(destination.item(FILE)?.modifiedAt).toEqual(new Date(NOW)),
    },
  },
  AUTHOR_PRESERVATION: {
    NOTHING: leftAlone('AUTHOR_PRESERVATION', 'NOTHING', 'a file without an author has that of the account'),
    LEFT: leftAlone('AUTHOR_PRESERVATION', 'LEFT', 'authors stay behind'),
  },
  FILE_LOCK_PROPAGATION: {
    NOTHING: {
      name: 'nothing is locked that was not locked',
      source: lacking('FILE_LOCK_PROPAGATION'),
      seeds,
      proves: ({ destination }) => expect(destination.item(FILE)?.lock).toBeNull(),
    },
    LEFT: {
      name: 'a locked file comes to a destination without locks and is not locked there',
      destination: lacking('FILE_LOCK_PROPAGATION'),
      seeds,
      before: lockedAt('source', null),
      proves: nothingElse,
    },
    HONOURED: {
      name: 'a file that somebody has locked at the destination is not replaced',
      seeds,
      before: lockedAt('destination', null),
      proves: ({ destination, steps }) => {
        expect(steps[FILE]).toMatch(/FLAGGED LOCKED/);
        expect(destination.texts(FILE)).toEqual(['other']);
      },
    },
    FOLLOWS: {
      name: 'a lock follows until it ends at the source',
      policies: { lockedFiles: 'PROPAGATE' },
      seeds,
      before: lockedAt('source', new Date(NOW + HOUR)),
      proves: ({ destination }) => expect(destination.item(FILE)?.lock?.until).toEqual(new Date(NOW + HOUR)),
    },
  },
  MIRROR_LOCK_OWNERSHIP: {
    NOTHING: {
      name: 'a lock that follows is that of the account',
      policies: { lockedFiles: 'PROPAGATE' },
      seeds,
      before: lockedAt('source', new Date(NOW + HOUR)),
      proves: ({ destination }) => expect(destination.item(FILE)?.lock).toMatchObject({ isOwn: true }),
    },
    LEFT: {
      name: 'who holds a lock stays behind',
      source: having('MIRROR_LOCK_OWNERSHIP', 'FULL'),
      policies: { lockedFiles: 'PROPAGATE' },
      seeds,
      before: lockedAt('source', new Date(NOW + HOUR)),
      proves: ({ destination }) => expect(destination.item(FILE)?.lock?.holder).toBe('the account itself'),
    },
  },
  ACCOUNT_MAP: {
    NOTHING: leftAlone('ACCOUNT_MAP', 'NOTHING', 'no account is named at the destination'),
    LEFT: leftAlone('ACCOUNT_MAP', 'LEFT', 'accounts stay behind'),
  },
  GROUP_MAP: {
    NOTHING: leftAlone('GROUP_MAP', 'NOTHING', 'no group is made at the destination'),
    LEFT: leftAlone('GROUP_MAP', 'LEFT', 'groups stay behind'),
    LEFT_BY_JOB: {
      name: 'no group is made where the job does not ask for it',
      seeds,
      mapping: ofMasons,
      proves: async (copied) => {
        created(copied);
        expect(await groupsAt(copied.destination)).toEqual([]);
      },
    },
    MADE: {
      name: 'a group that the job maps is made by its name where the job asks for it',
      policies: { createGroups: true },
      seeds,
      mapping: ofMasons,
      proves: async ({ destination }) => expect(await groupsAt(destination)).toEqual(['masons']),
    },
  },
  PERMISSION_PRESERVATION: {
    NOTHING: leftAlone('PERMISSION_PRESERVATION', 'NOTHING', 'no right is set at the destination'),
    LEFT: leftAlone('PERMISSION_PRESERVATION', 'LEFT', 'rights stay behind'),
    LEFT_BY_JOB: {
      name: 'a private file is as the destination makes it where the job does not keep that',
      seeds,
      before: privateAtSource,
      proves: nothingElse,
    },
    FLAG: {
      name: 'a private file and its folder are private from the request that makes them where the job says so',
      policies: { permissions: 'PRIVACY_FLAG' },
      seeds,
      before: privateAtSource,
      proves: ({ destination, asked }) => {
        expect(asked.map(({ isPrivate }) => isPrivate)).toEqual([true]);
        expect(destination.item(FILE)?.isPrivate).toBe(true);
        expect(destination.item('plans')?.isPrivate).toBe(true);
      },
    },
  },
  USER_IMPERSONATION: {
    NOTHING: leftAlone('USER_IMPERSONATION', 'NOTHING', 'both sides are used as their accounts'),
    LEFT: leftAlone('USER_IMPERSONATION', 'LEFT', 'nobody is impersonated'),
  },
  METADATA_MAP: {
    NOTHING: leftAlone('METADATA_MAP', 'NOTHING', 'a file without a description has none'),
    CARRIED: {
      name: 'the description of a file comes over',
      seeds,
      before: describedAtSource,
      proves: ({ destination }) => expect(destination.item(FILE)?.description).toBe('as built'),
    },
    LEFT: {
      name: 'a description stays behind where there is no place for it',
      destination: lacking('METADATA_MAP'),
      seeds,
      before: describedAtSource,
      proves: nothingElse,
    },
  },
  TAGS_MAP: {
    NOTHING: leftAlone('TAGS_MAP', 'NOTHING', 'a file without tags has none'),
    MAPPED: {
      name: 'tags come over where the job maps them',
      seeds,
      before: ({ source }) => source.edit(FILE, { tags: ['plan'] }),
      mapping: {
        details: { fields: [], tags: true },
        map: ({ tags = [] }) => ({ fields: {}, tags: [...tags], problems: [] }),
      },
      proves: ({ destination }) => expect(destination.item(FILE)?.tags).toEqual(['plan']),
    },
    LEFT: leftAlone('TAGS_MAP', 'LEFT', 'tags stay behind'),
  },
};
