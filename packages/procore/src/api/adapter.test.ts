import { describe, expect, test } from 'vitest';
import { childNamed, readFile, readFolder, readRow, readVersions, toItem } from './adapter.js';
import { parseJson } from './json.js';

const NOW = Date.parse('2026-09-30T10:00:00Z');
const viewing = { now: NOW, userId: null };
const version = (number: number, more: object = {}) => ({
  id: 9900000 + number,
  number,
  size: 100 * number,
  url: `https://us02.procore.com/f/${number}`,
  created_at: `2026-06-0${number}T07:30:00Z`,
  ...more,
});
const row = (more: object = {}, file: object = {}) => ({
  id: 7700245,
  name: 'Tide study.pdf',
  parent_id: 7700100,
  document_type: 'file',
  created_at: '2026-06-02T07:30:00Z',
  updated_at: '2026-06-09T14:45:10Z',
  read_only: false,
  is_deleted: false,
  is_recycle_bin: false,
  private: true,
  file: { checked_out_by: null, checked_out_until: null, description: 'Issued', current_version: version(2), ...file },
  ...more,
});

function item(value: unknown, userId: string | null = null) {
  const document = readRow(value);
  if (!document) throw new Error('no document');
  return toItem(document, ['a', 'b'], { now: NOW, userId });
}

test.each([
  ['a row that names its maker', row({ created_by: { login: 'ivo@quay.example', name: 'Ivo' } }), 'ivo@quay.example'],
  ['a row that names only a person', row({ created_by: { name: 'Ivo' } }), 'Ivo'],
  [
    'a file whose first version names somebody',
    {
      ...row(),
      file: undefined,
      file_versions: [2, 1].map((at) => version(at, { created_by: { login: `of ${at}` } })),
    },
    'of 1',
  ],
  ['a file of one version', row({}, { current_version: version(1, { created_by: { login: 'ann' } }) }), 'ann'],
  ['a later version alone', row({}, { current_version: version(2, { created_by: { login: 'ann' } }) }), undefined],
])('who made it is told by %s', (_name, value, author) => {
  expect(item(value).fields?.['author']).toBe(author);
});

describe('a row of the flat listing', () => {
  test('becomes an item', () => {
    expect(item(row())).toEqual({
      id: '7700245',
      identity: { value: '7700245', strength: 'PERMANENT' },
      kind: 'FILE',
      path: ['a', 'b'],
      parentId: '7700100',
      size: 200,
      modifiedAt: new Date('2026-06-02T07:30:00Z'),
      createdAt: new Date('2026-06-02T07:30:00Z'),
      version: '9900002',
      metaVersion: expect.any(String) as string,
      sha256: null,
      description: 'Issued',
      isPrivate: true,
      isReadOnly: false,
      lock: null,
      handle: 'https://us02.procore.com/f/2',
      formerVersions: 1,
    });
  });

  test('may have text for numbers and miss what it likes', () => {
    expect(item({ id: '598134325500771', document_type: 'Folder', name: 'x' })).toMatchObject({
      id: '598134325500771',
      kind: 'FOLDER',
      parentId: null,
      size: null,
      version: null,
    });
    expect(item(row({}, { current_version: version(2, { size: '200', id: '99' }) }))).toMatchObject({
      size: 200,
      version: '99',
    });
    expect(item(row({ file: null }))).toMatchObject({
      size: null,
      version: null,
      handle: null,
      modifiedAt: new Date('2026-06-09T14:45:10Z'),
    });
    expect(item(row({}, { current_version: { number: 3, prostore_file: { url: 'u' } } }))).toMatchObject({
      version: '3',
      handle: 'u',
    });
  });

  test.each([null, 'text', 5, [], {}, { id: null }, { id: {} }, { id: '' }])('%j is none', (value) => {
    expect(readRow(value)).toBeNull();
  });

  test('is locked while somebody holds it, and says so where that is the account itself', () => {
    const out = {
      checked_out_until: '2026-10-01T18:00:00Z',
      checked_out_by: { id: 5, login: 'ivo@quay.example', name: 'Ivo' },
    };
    expect(item(row({}, out)).lock).toEqual({ holder: 'Ivo', until: new Date('2026-10-01T18:00:00Z') });
    expect(item(row({}, out), '5').lock).toMatchObject({ holder: 'Ivo', isOwn: true });
    expect(item(row({}, { ...out, checked_out_until: '2026-09-30T09:00:00Z' })).lock).toBeNull();
    expect(item(row({}, { ...out, checked_out_until: 'null' })).lock).toBeNull();
  });
});

describe('a file as shown', () => {
  test('has the version with the highest number, in whatever order', () => {
    const file = { id: 1, name: 'a', size: 300, file_versions: [version(1), version(3), version(2)] };
    expect(readFile(file)?.version?.number).toBe(3);
    expect(readVersions({ data: file }).map(({ number }) => number)).toEqual([1, 3, 2]);
  });

  test('without numbers has the latest version', () => {
    const file = { id: 1, file_versions: [version(1, { number: null }), version(2, { number: null })] };
    expect(readFile(file)?.version?.id).toBe('9900002');
  });

  test('has the size told beside its versions', () => {
    expect(readFile({ id: 1, size: 7, file_versions: [] })).toMatchObject({ size: 7, version: null });
  });
});

test('a folder has children that know their parent, also in the v2 wrapper', () => {
  const contents = readFolder({
    data: { id: '1', name: 'root', folders: [{ id: 2, name: 'in' }, 'junk'], files: { data: [{ id: 3, name: 'f' }] } },
  });
  expect(contents?.children.map(({ id, kind, parentId }) => [id, kind, parentId])).toEqual([
    ['2', 'FOLDER', '1'],
    ['3', 'FILE', '1'],
  ]);
});

test('whole numbers too long for a number stay exact', () => {
  expect(
    parseJson(
      '{"id": 12345678901234567890, "t": "12345678901234567890 \\" 98765432109876543210", "f": 1.2345678901234567890}',
    ),
  ).toEqual({
    id: '12345678901234567890',
    t: '12345678901234567890 " 98765432109876543210',
    f: 1.2345678901234567,
  });
  expect(parseJson('{"id": 598134325500771')).toBeUndefined();
});

test('a child is found by its exact name first, else as Procore compares names', () => {
  const [upper, lower, gone] = [
    { id: 1, name: 'Plan' },
    { id: 2, name: 'plan' },
    { id: 3, name: 'old', is_deleted: true },
  ].map((json) => readFile(json));
  const children = [upper, lower, gone].filter((child) => child != null);
  expect(childNamed(children, 'plan')?.id).toBe('2');
  expect(childNamed(children, ' PLAN ')?.id).toBe('1');
  expect(childNamed(children, 'old')).toBeNull();
  expect(toItem(children[0] ?? fail(), ['Plan'], viewing).path).toEqual(['Plan']);
});

function fail(): never {
  throw new Error('missing');
}
