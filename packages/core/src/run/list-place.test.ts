import { describe, expect, it } from 'vitest';
import { exclude, include, NOW } from '../filter/filter.testing.js';
import { PlatformError, type ItemKind, type ItemRule, type ListingProof } from '../platform/index.js';
import { createMemoryPlatform, type MemoryPlatform } from '../testing/index.js';
import { PlaceListing, type PlaceRequest } from './list-place.js';

const call = { signal: new AbortController().signal, priority: 'JOB', owner: 'test' } as const;

/** A place `job` on a platform, with what stands there. */
class Place {
  readonly platform: MemoryPlatform = createMemoryPlatform();
  readonly asked: unknown[] = [];
  listing: PlaceListing = this.by([]);

  constructor(...paths: string[]) {
    this.platform.seed(
      ['other/x', ...paths.map((path) => `job/${path}`)].map((path) =>
        path.endsWith('/') ? { path: path.slice(0, -1) } : { path, bytes: path },
      ),
    );
    const list = this.platform.source!.list.bind(this.platform.source);
    Object.assign(this.platform.source!, {
      list: (...given: Parameters<typeof list>) => {
        this.asked.push(given[0]);
        return list(...given);
      },
    });
  }

  by(
    rules: readonly ItemRule[],
    kinds: readonly ItemKind[] = ['FILE', 'FOLDER'],
    more: Partial<PlaceRequest> = {},
  ): PlaceListing {
    const { platform } = this;
    this.listing = new PlaceListing({ platform, root: ['job'], rules, kinds, now: NOW, ...more });
    return this.listing;
  }

  async list(): Promise<{ items: string[]; problems: string[] }> {
    const told = { items: [] as string[], problems: [] as string[] };
    for await (const { items, problems } of this.listing.parts(this.platform.item('job')!, call)) {
      told.items.push(...items.map(({ key, item }) => `${key} ${item.path.join('/')}`));
      told.problems.push(...problems.map(({ key, problem }) => `${key}: ${problem.error.message}`));
    }
    return told;
  }

  keys = async () => (await this.list()).items.map((line) => line.split(' ')[0]);
}

describe('what is listed of a place', () => {
  it('is everything below it, parents first, by keys from there', async () => {
    expect(await new Place('a', 'f/b').list()).toEqual({
      items: ['a job/a', 'f job/f', 'f/b job/f/b'],
      problems: [],
    });
  });

  it('is of the kinds that are asked for', async () => {
    const place = new Place('a', 'f/b');
    place.by([], ['FOLDER']);
    expect(await place.keys()).toEqual(['f']);
  });

  it('is what the filters take, which the platform is told', async () => {
    const place = new Place('a.tmp', 'a', 'f/b.tmp');
    const rules = [exclude({ globs: ['*.tmp'] })];
    place.by(rules);
    expect(await place.keys()).toEqual(['a', 'f']);
    expect(place.asked).toEqual([{ folder: { path: ['job'] }, rules, details: undefined, joinsVersions: undefined }]);
  });

  it('is asked for with the details and the versions that whoever compares wants', async () => {
    const place = new Place('a');
    const details = { fields: 'ALL', tags: true } as const;
    place.by([], ['FILE'], { details, joinsVersions: true });
    await place.list();
    expect(place.asked).toEqual([{ folder: { path: ['job'] }, details, joinsVersions: true }]);
  });

  it('tells of places that could not be listed, but not of those that are left out', async () => {
    const place = new Place('a', 'f/b', 'old/c');
    place.by([exclude({ globs: ['old/**'] }), exclude({ globs: ['old'] })]);
    place.platform.denyListing('job/f', new PlatformError('ACCESS_DENIED', 'No right.'));
    place.platform.denyListing('job/old', new PlatformError('ACCESS_DENIED', 'No right.'));
    expect((await place.list()).problems).toEqual(['f: No right.']);
  });
});

describe('a listing fails', () => {
  it('where the platform cannot be listed', async () => {
    const place = new Place();
    place.platform.seed([{ path: 'job' }]);
    Object.assign(place.platform, { source: undefined });
    await expect(place.list()).rejects.toMatchObject({ kind: 'REJECTED', message: 'The platform cannot be listed.' });
  });

  it.each<[string, Partial<ListingProof>, string]>([
    ['it lost something', { seen: 7 }, 'Its listing showed 7 items, and 2 of them arrived.'],
    ['another folder stood there', { root: 'x' }, 'Another folder stood there when its listing ended.'],
    ['the platform counts more', { total: 9 }, 'The platform counts 9 items, and its listing showed 2 of them.'],
  ])('at its end where %s', async (_, claimed, message) => {
    const place = new Place('a', 'b');
    Object.assign(place.platform.source!, { claimed });
    await expect(place.list()).rejects.toMatchObject({
      ...{ kind: 'PLATFORM_ERROR', message, remedy: 'Try it again later.' },
    });
  });
});

describe('a folder that no filter takes by itself', () => {
  it('is there in vain where nothing below it is taken', async () => {
    const place = new Place('f/a.pdf', 'g/a.txt', 'h/i/', 'plans/');
    place.by([include({ globs: ['*/*.pdf', 'h/i', 'plans'] })]);
    expect(await place.keys()).toEqual(['f', 'g', 'h', 'plans', 'f/a.pdf', 'h/i']);
    const inVain = ['f', 'g', 'h', 'h/i', 'plans', 'nowhere'].filter((key) => place.listing.isInVain(key));
    expect(inVain).toEqual(['g']);
  });

  it('is there in vain by what the listing shows now', async () => {
    const place = new Place('f/a.pdf', 'g/a.txt');
    place.by([include({ globs: ['*/*.pdf'] })]);
    await place.list();
    place.platform.removeBehind('job/f/a.pdf');
    await place.list();
    expect(place.listing.isInVain('f')).toBe(true);
  });
});
