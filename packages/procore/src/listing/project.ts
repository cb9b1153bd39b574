import { Tags } from '../details/tags.js';
import type { Session } from '../api/session.js';
import { CompleteListing } from './complete-listing.js';
import { DocumentPages } from './document-pages.js';
import { FileVersions } from './file-versions.js';
import { Finder } from './finder.js';
import { FolderCache } from './folder-cache.js';
import { IndexChoice } from './index-choice.js';

/** One project's documents as all parts of the connector see them. */
export interface Project {
  session: Session;
  folders: FolderCache;
  finder: Finder;
  tags: Tags;
  versions: FileVersions;
  /** Rows that a page of the flat index is asked for. */
  pageSize: number;
}

export function openProject(session: Session, pageSize: number): Project {
  const { client, waits, notes } = session;
  const pages = new DocumentPages(client, waits, pageSize);
  const folders = new FolderCache(session, new CompleteListing(pages, new IndexChoice(notes, waits.clock), waits));
  const [finder, tags] = [new Finder(session, folders), new Tags(client, folders, waits)];
  return { session, folders, finder, tags, versions: new FileVersions(session), pageSize };
}
