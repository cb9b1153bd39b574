import { describe, expect, it } from 'vitest';
import type { Entry } from './folder-data.js';
import { isFolder, rowsOf } from './folder-rows.js';
import { reduceFolders, type Folders } from './folders.js';

const entry = (path: string, kind: Entry['kind'] = 'FOLDER'): Entry => ({
  remoteId: `id of ${path}`,
  kind,
  name: path.slice(path.lastIndexOf('/') + 1),
  path,
  byteSize: kind === 'FILE' ? 5 : null,
  modifiedAt: null,
});

const opened = (folders: Folders, path: string) => reduceFolders(folders, { type: 'started', query: path });

const arrived = (folders: Folders, path: string, nodes: readonly Entry[], endCursor: string | null = null) =>
  reduceFolders(folders, {
    type: 'arrived',
    query: path,
    after: folders[path]?.after ?? null,
    page: { nodes, pageInfo: { hasNextPage: endCursor !== null, endCursor } },
  });

/** The open folders of a tree with `/Plans/Old` and a file beside it. */
function openTree(): Folders {
  const root = arrived(opened({}, '/'), '/', [entry('/Plans'), entry('/Plans B'), entry('/note.txt', 'FILE')]);
  return arrived(opened(root, '/Plans'), '/Plans', [entry('/Plans/Old')]);
}

const shown = (folders: Folders) =>
  JSON.parse(
    JSON.stringify(rowsOf({ folders, foldersOnly: false, onMore: () => undefined }, '/'), (key, value: unknown) =>
      key === 'label' || key === 'nodeProps' ? undefined : value,
    ),
  ) as unknown;

describe('the open folders of a tree', () => {
  it('are shown each below its own row, and one that is being read says so in a row of its own', () => {
    expect(shown(opened(openTree(), '/Plans B'))).toEqual([
      { value: '/Plans', hasChildren: true, children: [{ value: '/Plans/Old', hasChildren: true, children: [] }] },
      { value: '/Plans B', hasChildren: true, children: [{ value: 'rest 0 /Plans B' }] },
      { value: 'file id of /note.txt' },
    ]);
  });

  it('go on where the page before ended, behind a row that asks for more until all are there', () => {
    const first = arrived(opened({}, '/'), '/', [entry('/A')], 'A');
    expect(shown(first)).toMatchObject([{ value: '/A' }, { value: 'rest 1 /' }]);
    expect(shown(arrived(first, '/', [entry('/B')]))).toMatchObject([{ value: '/A' }, { value: '/B' }]);
  });

  it('are forgotten with all below them when they are closed, and no others', () => {
    const folders = opened(opened(openTree(), '/Plans/Old'), '/Plans B');
    expect(Object.keys(reduceFolders(folders, { type: 'closed', query: '/Plans' }))).toEqual(['/', '/Plans B']);
  });

  it('take no answer that arrives after they were closed', () => {
    const closed = reduceFolders(openTree(), { type: 'closed', query: '/Plans' });
    expect(arrived(closed, '/Plans', [entry('/Plans/Old')])).toBe(closed);
    expect(reduceFolders(closed, { type: 'failed', query: '/Plans', failure: 'It is gone.' })).toBe(closed);
  });

  it('keep what was read when the next page cannot be read', () => {
    const first = arrived(opened({}, '/'), '/', [entry('/A')], 'A');
    const failed = reduceFolders(first, { type: 'failed', query: '/', failure: 'It does not answer.' });
    expect(shown(failed)).toMatchObject([{ value: '/A' }, { value: 'rest 1 /' }]);
    expect(failed['/']).toMatchObject({ failure: 'It does not answer.', after: 'A' });
  });

  it('are told from what is no folder by their value', () => {
    expect(['/Plans', 'file 1', 'rest 0 /'].filter(isFolder)).toEqual(['/Plans']);
  });
});
