import { useCallback, useEffect, useReducer } from 'react';
import { emptyPages, listFailure, readAsFar, reducePages, type Pages, type PagesEvent } from '../../graphql/pages.js';
import { readFolder, type Entry, type Place } from './folder-data.js';

/** What was read of each open folder, by its path; `/` is the root. */
export type Folders = Readonly<Record<string, Pages<Entry>>>;

type FoldersEvent = Exclude<PagesEvent<Entry>, { type: 'replaced' }> | { type: 'closed'; query: string };

/** A folder is open from `started` to `closed`, which forgets it with all below it; late answers to a closed one are dropped. */
export function reduceFolders(folders: Folders, event: FoldersEvent): Folders {
  const path = event.query;
  if (event.type === 'closed')
    return Object.fromEntries(Object.entries(folders).filter(([each]) => !`${each}/`.startsWith(`${path}/`)));
  if (!folders[path] && event.type !== 'started') return folders;
  return { ...folders, [path]: reducePages(folders[path] ?? emptyPages(path), event) };
}

/**
 * The open folders of a place, beginning with its root. `more` reads the next page of one; where that failed it reads the folder anew,
 * as far as it was read, since a cursor is worth nothing once the folder has changed.
 */
export function useFolders({ connectionId, foldersOnly }: Place): {
  folders: Folders;
  open: (path: string) => void;
  close: (path: string) => void;
  more: (path: string) => void;
} {
  const [folders, send] = useReducer(reduceFolders, {});
  const read = useCallback(
    async (path: string, after: string | null, count: number) => {
      const fetchPage = (from: string | null) => readFolder({ connectionId, foldersOnly }, path, from);
      try {
        const page = await (after === null ? readAsFar(fetchPage, count) : fetchPage(after));
        send({ type: 'arrived', query: path, page, after });
      } catch (error) {
        send({ type: 'failed', query: path, failure: listFailure(error) });
      }
    },
    [connectionId, foldersOnly],
  );
  const open = useCallback(
    (path: string, count = 0) => {
      send({ type: 'started', query: path });
      void read(path, null, count);
    },
    [read],
  );
  useEffect(() => open('/'), [open]);
  const close = useCallback((path: string) => send({ type: 'closed', query: path }), []);
  const more = useCallback(
    (path: string) => {
      const pages = folders[path];
      if (!pages || pages.status === 'loading') return;
      if (pages.status === 'failed') return open(path, pages.nodes.length);
      send({ type: 'more', query: path });
      void read(path, pages.after, 0);
    },
    [folders, open, read],
  );
  return { folders, open, close, more };
}
