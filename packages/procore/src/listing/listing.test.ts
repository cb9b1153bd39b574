import { afterEach, describe, expect, test } from 'vitest';
import type { Item, PlatformError } from '@sluice/core/platform';
import { seeded } from '@sluice/procore-sandbox';
import type { FaultRule, SandboxInput } from '@sluice/procore-sandbox';
import { listAll, openBench, testCall } from '../test-bench.js';
import type { Bench, BenchInput } from '../test-bench.js';

const benches: Bench[] = [];
afterEach(async () => {
  await Promise.all(benches.splice(0).map((bench) => bench.close()));
});

async function open(input: BenchInput = {}): Promise<Bench> {
  const bench = await openBench(input);
  benches.push(bench);
  return bench;
}

const files = (folders: number, each: number) =>
  Array.from({ length: folders }, (_, folder) =>
    Array.from({ length: each }, (__, file) => ({ path: `f${folder}/${file}.txt`, content: `${folder}/${file}` })),
  ).flat();
const paths = (items: readonly Item[]) => items.map((item) => item.path.join('/')).sort();
const apiCalls = (bench: Bench) => bench.sandbox.control.counters().apiCalls;
const documents = '/documents';

async function seededBench(input: BenchInput = {}, faults: FaultRule[] = []): Promise<Bench> {
  const bench = await open(input);
  await bench.sandbox.control.seed(seeded.projectId, [
    ...files(4, 5),
    { path: 'empty' },
    { path: 'f0/deep/er/x.txt', content: 'x' },
  ]);
  bench.sandbox.control.setFaults(faults);
  return bench;
}

async function expectComplete(bench: Bench): Promise<void> {
  const { items, problems } = await listAll(bench.platform);
  const tree = (await bench.sandbox.control.tree(seeded.projectId)).filter(({ isDeleted }) => !isDeleted);
  expect(problems).toEqual([]);
  expect(paths(items).filter((path) => !['Schedules', 'Emailed Documents'].includes(path))).toEqual(
    tree.map(({ path }) => path).sort(),
  );
  expect(
    items
      .filter((item) => item.kind === 'FILE')
      .every((item) => item.size !== null && item.version !== null && item.handle !== null),
  ).toBe(true);
}

test('2,000 files in 100 folders cost three calls, finding the location included', async () => {
  const bench = await open();
  await bench.sandbox.control.seed(seeded.projectId, files(100, 20));
  await bench.platform.find({ path: [] }, testCall());
  await expectComplete(bench);
  expect(apiCalls(bench)).toBe(3);
  const { items } = await listAll(bench.platform, ['f7']);
  expect(items).toHaveLength(20);
  expect(await bench.platform.find({ path: ['f7'] }, testCall())).toMatchObject({ path: ['f7'] });
});

describe('the flat listing is complete', () => {
  const behaviours: [string, NonNullable<SandboxInput['behaviour']>][] = [
    ['with small pages', { documentsPerPageCap: 7 }],
    ['where large pages are refused', { documentsPerPageCap: 100, overCap: '400' }],
    ['where large pages time out', { timeoutAbovePerPage: 500 }],
    ['without paging headers', { pagingHeaders: false }],
    ['without paging headers and with small pages', { pagingHeaders: false, documentsPerPageCap: 7 }],
    ['with recycled items that keep their parent', { recycledKeepParent: true }],
  ];
  test.each(behaviours)('%s', async (_, behaviour) => {
    const bench = await seededBench({ sandbox: { behaviour } });
    bench.sandbox.control.deleteItem('f3', seeded.projectId);
    bench.sandbox.control.deleteItem('f2/1.txt', seeded.projectId);
    await expectComplete(bench);
  });

  const faults: [string, FaultRule][] = [
    ['after a 502 with HTML', { kind: 'html-body', status: 502, match: { route: documents }, nth: 2 }],
    ['after a success with HTML', { kind: 'html-body', match: { route: documents }, nth: 2 }],
    ['after a broken connection', { kind: 'reset-before-commit', match: { route: documents }, nth: 1 }],
    ['after a lost answer', { kind: 'reset-after-commit', match: { route: documents }, nth: 2 }],
    ['after half an answer', { kind: 'short-body', match: { route: documents }, nth: 2 }],
    ['after an answer that is no JSON', { kind: 'garbage-json', match: { route: documents }, nth: 1 }],
    ['after an expired token', { kind: 'expire-tokens', match: { route: documents }, nth: 2 }],
    ['when the folders come empty', { kind: 'empty-list', match: { route: 'document_type%5D=folder' }, count: 1 }],
    ['when the folders always come empty', { kind: 'empty-list', match: { route: 'document_type%5D=folder' } }],
    ['when the files come empty', { kind: 'empty-list', match: { route: 'document_type%5D=file' }, count: 1 }],
    ['when the files always come empty', { kind: 'empty-list', match: { route: 'document_type%5D=file' } }],
    ['when it is refused', { kind: 'status', status: 403, match: { route: documents } }],
    ['when it is not there', { kind: 'status', status: 404, match: { route: documents } }],
    [
      'when a folder comes empty once, folder by folder',
      { kind: 'empty-list', match: { route: '/folders' }, count: 1 },
    ],
  ];
  test.each(faults)('%s', async (_, fault) => {
    await expectComplete(await seededBench({}, [fault]));
  });

  test('when a page in the middle comes empty', async () => {
    const bench = await seededBench({ settings: { pageSize: 8 } }, [
      { kind: 'empty-list', match: { route: 'document_type%5D=file.*page=2' }, count: 1 },
    ]);
    await expectComplete(bench);
  });
});

describe('a listing that is refused', () => {
  const refusing = (status: number): FaultRule[] => [{ kind: 'status', status, match: { route: 'documents|folders' } }];

  test.each([
    [403, 'ACCESS_DENIED'],
    [404, 'NOT_FOUND'],
  ])('with %i is %s, with a remedy', async (status, kind) => {
    const bench = await seededBench({}, refusing(status));
    const error = await listAll(bench.platform).catch((e: PlatformError) => e);
    expect(error).toMatchObject({ kind, remedy: expect.stringContaining('Documents') as string });
  });

  test('because the project is not seen says so', async () => {
    const bench = await seededBench({}, [
      { kind: 'status', status: 403, match: { origin: 'api', route: '/projects/|project_id=' } },
    ]);
    const error = await listAll(bench.platform).catch((e: PlatformError) => e);
    expect(error).toMatchObject({
      kind: 'ACCESS_DENIED',
      remedy: expect.stringContaining('permitted projects') as string,
    });
  });

  test('for one folder is a problem of that folder; its siblings go on', async () => {
    const bench = await seededBench();
    const folder = await bench.platform.find({ path: ['f1'] }, testCall());
    bench.sandbox.control.setFaults([
      { kind: 'status', status: 403, match: { route: documents } },
      { kind: 'status', status: 403, match: { route: `/folders/${folder?.id}` } },
    ]);
    const { items, problems } = await listAll(bench.platform);
    expect(problems).toEqual([
      {
        type: 'problem',
        problem: {
          path: ['f1'],
          kind: 'FOLDER',
          error: expect.objectContaining({ kind: 'ACCESS_DENIED' }) as PlatformError,
        },
      },
    ]);
    expect(paths(items)).toContain('f2/0.txt');
    expect(paths(items)).not.toContain('f1/0.txt');
  });

  test('in the middle fails loudly', async () => {
    const bench = await seededBench({ settings: { pageSize: 8 } }, [
      { kind: 'status', status: 403, match: { route: 'document_type%5D=file.*page=2' } },
    ]);
    await expect(listAll(bench.platform)).rejects.toMatchObject({ kind: 'ACCESS_DENIED' });
  });

  test('by a dead sign-in needs a new one', async () => {
    const bench = await seededBench();
    bench.sandbox.control.revokeAllTokens();
    await expect(listAll(bench.platform)).rejects.toMatchObject({ kind: 'SIGN_IN_REQUIRED', concernsAccount: true });
  });
});

test('young files that lack their version are read again', async () => {
  const bench = await seededBench({ sandbox: { behaviour: { versionLagMs: 150 } } });
  const { items } = await listAll(bench.platform);
  expect(items.filter(({ kind }) => kind === 'FILE')).toHaveLength(21);
});

test('what is below a read-only folder, and mail, is read only', async () => {
  const bench = await open({ sandbox: { behaviour: { unusedSystemFolders: 'shown' } } });
  const { items } = await listAll(bench.platform);
  for (const name of ['Schedules', 'Emailed Documents']) {
    const folder = items.find((item) => item.path[0] === name);
    expect(folder?.isReadOnly, name).toBe(true);
  }
});

test('browsing shows the direct children by one call', async () => {
  const bench = await seededBench();
  await bench.platform.find({ path: [] }, testCall());
  const before = apiCalls(bench);
  const { items } = await listAll(bench.platform, [], true);
  expect(paths(items)).toEqual(expect.arrayContaining(['empty', 'f0', 'f3']) as string[]);
  expect(items.every((item) => item.path.length === 1)).toBe(true);
  expect(apiCalls(bench) - before).toBe(1);
});

test('brackets are percent-encoded and the bin is left out', async () => {
  const bench = await seededBench();
  await listAll(bench.platform, ['f0']);
  const url = bench.requests.filter(({ url: each }) => each.pathname.endsWith('/documents')).at(-1)?.url;
  expect(url?.search).toContain('filters%5Bis_in_recycle_bin%5D=false');
  expect(url?.searchParams.get('filters[folder_id]')).toMatch(/^\d+$/);
  expect(url?.searchParams.get('view')).toBe('extended');
});
