import { Loader, type TreeNodeData } from '@mantine/core';
import { IconFile, IconFolder } from '@tabler/icons-react';
import { memo, type JSX } from 'react';
import type { Pages } from '../../graphql/pages.js';
import { formatBytes } from '../../ui/format.js';
import { Moment } from '../../ui/moment.js';
import uiStyles from '../../ui/ui.module.css';
import { t } from '../words.js';
import type { Entry, Place } from './folder-data.js';
import styles from './folder-tree.module.css';
import type { Folders } from './folders.js';

/** What a tree of folders shows, and what a press on a row does beside opening it. */
export interface TreeContent {
  folders: Folders;
  foldersOnly: Place['foldersOnly'];
  onChoose?: (path: string) => void;
  onMore: (path: string) => void;
}

/** A node's value is the path of a folder; what is no folder has one that does not begin with a slash. */
export const isFolder = (value: string): boolean => value.startsWith('/');

/** The rows of an open folder, with those of the open ones in it, and last what is to be said about the rest of it. */
export function rowsOf(content: TreeContent, path: string): TreeNodeData[] {
  const pages = content.folders[path];
  if (!pages) return [];
  const rows = pages.nodes.map((entry) => (entry.kind === 'FILE' ? fileRow(entry) : folderRow(content, entry)));
  const isWhole = pages.status === 'idle' && !pages.hasMore && rows.length > 0;
  return isWhole ? rows : [...rows, restRow(content, path, pages)];
}

const fileRow = (entry: Entry): TreeNodeData => ({
  value: `file ${entry.remoteId}`,
  label: <FileLabel entry={entry} />,
});

const folderRow = (content: TreeContent, { path, name }: Entry): TreeNodeData => ({
  value: path,
  label: <FolderLabel name={name} />,
  hasChildren: true,
  children: rowsOf(content, path),
  nodeProps: { onClick: content.onChoose && (() => content.onChoose?.(path)) },
});

// Mantine draws all rows anew for each page that is read; what stands in them stays as it is.
const FileLabel = memo(({ entry: { name, byteSize, modifiedAt } }: { entry: Entry }) => (
  <>
    <IconFile className={styles.leaf} size={16} stroke={1.6} aria-hidden />
    <span className={styles.entryName}>{name}</span>
    <span className={uiStyles.dim}>{formatBytes(byteSize)}</span>
    <span className={`${uiStyles.dim ?? ''} ${styles.entryTime ?? ''}`}>
      <Moment instant={modifiedAt} />
    </span>
  </>
));

const FolderLabel = memo(({ name }: { name: string }) => (
  <>
    <IconFolder className={styles.folder} size={17} stroke={1.6} aria-hidden />
    <span className={styles.entryName}>{name}</span>
  </>
));

/** The row has another value with each page, so that the focus goes on to the first entry that came. */
const restRow = ({ foldersOnly, onMore }: TreeContent, path: string, pages: Pages<Entry>): TreeNodeData => ({
  value: `rest ${pages.nodes.length} ${path}`,
  label: <Rest pages={pages} foldersOnly={foldersOnly} />,
  nodeProps: { onClick: pages.hasMore || pages.status === 'failed' ? () => onMore(path) : undefined },
});

function Rest({ pages, foldersOnly }: { pages: Pages<Entry>; foldersOnly: boolean }): JSX.Element {
  if (pages.status === 'failed')
    return (
      <span className={styles.rest} role="alert">
        {pages.failure} <span className={styles.action}>{t('tryAgain')}</span>
      </span>
    );
  if (pages.status === 'loading')
    return (
      <span className={styles.rest} role="status">
        <Loader size={14} /> {t('readingFolder')}
      </span>
    );
  if (pages.hasMore) return <span className={`${styles.rest ?? ''} ${styles.action ?? ''}`}>{t('showMore')}</span>;
  return <span className={styles.rest}>{foldersOnly ? t('noFolders') : t('empty')}</span>;
}
