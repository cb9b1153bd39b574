import { describe, expect, it } from 'vitest';
import { defaultPolicies, nameOf, versionFilesOf } from '../plan/index.js';
import { packItems, PlatformError, unpackItems, type Item, type PlatformErrorKind } from '../platform/index.js';
import { createMemoryPlatform, MemoryEngineStore, type MemoryPlatform } from '../testing/index.js';
import { FormerContents, REMEMBERED_FILES, versionFilesIn, withVersionFiles } from './former-contents.js';
import { isReadingError } from './source-errors.js';

const call = { signal: new AbortController().signal, priority: 'JOB', owner: 'test' } as const;
const policies = { ...defaultPolicies('COPY'), versionsAsFiles: true };
const destination = createMemoryPlatform({ capabilities: { VERSION_PRESERVATION: { level: 'NONE' } } });

/** A source whose files had other contents before, as it is listed; calls for versions are counted. */
class House {
  readonly source: MemoryPlatform = createMemoryPlatform({ tellsVersions: true });
  readonly store = new MemoryEngineStore();
  readonly contents = new FormerContents({ source: this.source, store: this.store });
  asked = 0;

  constructor() {
    const { source } = this.source;
    const versions = source!.versions!.bind(source);
    Object.assign(source!, {
      versions: (...given: Parameters<typeof versions>) => {
        this.asked += 1;
        return versions(...given);
      },
    });
  }

  put(path: string, ...texts: string[]): Item {
    for (const bytes of texts) this.source.seed([{ path, bytes }]);
    const file = this.source.item(path);
    if (!file) throw new Error(`Nothing stands at ${path}.`);
    return file;
  }

  /** Its former contents as files, once it was listed. */
  async list(path: string, ...texts: string[]): Promise<Item[]> {
    const file = this.put(path, ...texts);
    await this.store.stage('SOURCE', [{ key: path, item: file }]);
    return versionFilesOf(file, Infinity);
  }

  async text(item: Item): Promise<string> {
    let text = '';
    for await (const chunk of this.contents.open(item, call)) text += new TextDecoder().decode(chunk);
    return text;
  }
}

async function thrownBy(work: Promise<unknown>): Promise<PlatformError> {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof PlatformError) return error;
  throw new Error('No error of a platform was thrown.', { cause: error });
}

describe('former contents as files of their own', () => {
  it('are opened by their numbers', async () => {
    const house = new House();
    const [one, two] = await house.list('a.txt', 'first', 'second', 'third');
    expect(await Promise.all([one, two].map((item) => house.text(item!)))).toEqual(['first', 'second']);
  });

  it('cost one question for all of one file, and one more for another file', async () => {
    const house = new House();
    const all = [...(await house.list('a', '1', '2', '3')), ...(await house.list('b', '1', '2'))];
    for (const item of all) await house.text(item);
    expect(house.asked).toBe(2);
  });

  it('are not asked for where a file is opened as it is', async () => {
    const house = new House();
    expect(await house.text(house.put('a', 'first', 'second'))).toBe('second');
    expect(house.asked).toBe(0);
  });

  it('give the part that is asked for', async () => {
    const house = new House();
    const [one] = await house.list('a', 'first', 'second');
    let text = '';
    for await (const chunk of house.contents.open(one!, call, { start: 1, end: 3 }))
      text += new TextDecoder().decode(chunk);
    expect(text).toBe('ir');
  });
});

/** Versions as that source tells them, but for the first time. */
function refusingOnce({ source }: MemoryPlatform, kind: PlatformErrorKind, times = 1) {
  const versions = source!.versions!.bind(source);
  return async (...given: Parameters<typeof versions>) => {
    if (times-- > 0) throw new PlatformError(kind, 'Not as it was listed.');
    return versions(...given);
  };
}

describe('a file that is not as it was listed', () => {
  it.each(['CHANGED_DURING_READ', 'NOT_FOUND'] as const)('is looked up again (%s)', async (kind) => {
    const house = new House();
    const [one] = await house.list('a', 'first', 'second');
    Object.assign(house.source.source!, { versions: refusingOnce(house.source, kind) });
    house.put('a', 'third');
    expect(await house.text(one!)).toBe('first');
  });

  it('gives up where it changes again and again', async () => {
    const house = new House();
    const [one] = await house.list('a', 'first', 'second');
    Object.assign(house.source.source!, { versions: refusingOnce(house.source, 'CHANGED_DURING_READ', 2) });
    expect(await thrownBy(house.text(one!))).toMatchObject({
      kind: 'CHANGED_DURING_READ',
      message: 'The file gets new versions while they are read.',
    });
  });

  it('has no former contents once it is gone', async () => {
    const house = new House();
    const [one] = await house.list('a', 'first', 'second');
    house.source.removeBehind('a');
    expect(await house.contents.of(one!, call)).toBeNull();
    expect(await thrownBy(house.text(one!))).toMatchObject({
      kind: 'NOT_FOUND',
      message: 'The file of that version is not there any more.',
    });
  });

  it('is looked up where no listing showed it', async () => {
    const house = new House();
    const [one] = versionFilesOf(house.put('a', 'first', 'second'), Infinity);
    expect(await house.text(one!)).toBe('first');
  });
});

describe('what the source refuses', () => {
  it('is an error of the source, and the next try asks again', async () => {
    const house = new House();
    const [one] = await house.list('a', 'first', 'second');
    Object.assign(house.source.source!, { versions: refusingOnce(house.source, 'UNREACHABLE') });
    const error = await thrownBy(house.text(one!));
    expect(error.kind).toBe('UNREACHABLE');
    expect(isReadingError(error)).toBe(true);
    expect(await house.text(one!)).toBe('first');
  });

  it('is a list that lacks a version, whose numbers would be wrong', async () => {
    const house = new House();
    const [one] = await house.list('a', 'first', 'second', 'third');
    Object.assign(house.source.source!, { versions: async (item: Item) => [item] });
    expect(await thrownBy(house.text(one!))).toMatchObject({
      ...{ kind: 'PLATFORM_ERROR', retry: 'later' },
      message: 'The source has 3 versions of the file and tells of 1.',
    });
  });
});

it('former contents of the files that were asked about last are remembered, so many and no more', async () => {
  const house = new House();
  const [first] = await house.list('first', '1', '2');
  const [second] = await house.list('second', '1', '2');
  await house.text(second!);
  await house.text(first!);
  await house.text(second!);
  for (let n = 2; n < REMEMBERED_FILES; n++) await house.text((await house.list(`file ${n}`, '1', '2'))[0]!);
  expect(house.asked).toBe(REMEMBERED_FILES);
  await house.text((await house.list('one more', '1', '2'))[0]!);
  await house.text(second!);
  expect(house.asked).toBe(REMEMBERED_FILES + 1);
  await house.text(first!);
  expect(house.asked).toBe(REMEMBERED_FILES + 2);
});

describe('a listing', () => {
  const source = createMemoryPlatform({ tellsVersions: true });
  for (const bytes of ['1', '2', '3']) source.seed([{ path: 'folder/a.txt', bytes }]);
  source.seed([{ path: 'other/b.txt', bytes: '1' }]);
  const folder = (key: string, file: string) => ({ key, items: packItems([key], [source.item(file)!]) });
  const folders = [folder('folder', 'folder/a.txt'), folder('other', 'other/b.txt')];
  const namesIn = (given: Parameters<typeof withVersionFiles>[1]) =>
    withVersionFiles(folders, given).map(({ key, items }) => [key, ...unpackItems(items).map(nameOf)]);

  it('has former contents beside each file that had some', () => {
    expect(namesIn({ source, destination, policies })).toEqual([
      ['folder', 'a.txt', 'a (v1).txt', 'a (v2).txt'],
      ['other', 'b.txt'],
    ]);
  });

  it('passes on as they are folders whose files had no other content', () => {
    expect(withVersionFiles(folders, { source, destination, policies })[1]?.items).toBe(folders[1]?.items);
  });

  it('has so many of the newest as the job asks for', () => {
    const given = { source, destination, policies: { ...policies, maxVersions: 2 } };
    expect(namesIn(given)[0]).toEqual(['folder', 'a.txt', 'a (v2).txt']);
    expect(versionFilesIn(given)).toBe(2);
  });

  it.each([
    ['the job does not ask for them', { source, destination, policies: defaultPolicies('COPY') }],
    ['the destination keeps versions', { source, destination: createMemoryPlatform(), policies }],
    ['the source cannot be read', { source: createMemoryPlatform({ without: ['source'] }), destination, policies }],
    ['the source gives none', { source: createMemoryPlatform(), destination, policies }],
  ])('stays as it is where %s', (_, given) => {
    expect(withVersionFiles(folders, given)).toBe(folders);
    expect(versionFilesIn(given)).toBe(1);
  });
});
