import { Button, Loader } from '@mantine/core';
import { IconChevronRight, IconFile, IconFolder } from '@tabler/icons-react';
import { useState, type JSX } from 'react';
import { client } from '../../graphql/client.js';
import { graphql, type ResultOf } from '@sluice/client/graphql';
import { ListError, usePages, type Page } from '../../graphql/pages.js';
import { formatBytes } from '../../ui/format.js';
import { Moment } from '../../ui/moment.js';
import uiStyles from '../../ui/ui.module.css';
import styles from './folder-tree.module.css';
import { t } from '../words.js';

const Browse = graphql(`
  query Browse($id: ID!, $in: AddressInput, $foldersOnly: Boolean!, $after: String) {
    connection(id: $id) {
      id
      browse(in: $in, foldersOnly: $foldersOnly, first: 100, after: $after) {
        nodes {
          remoteId
          kind
          name
          path
          byteSize
          modifiedAt
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

type Entry = NonNullable<NonNullable<ResultOf<typeof Browse>['connection']>['browse']>['nodes'][number];

interface TreeProps {
  connectionId: string;
  foldersOnly: boolean;
  /** Path of the chosen folder; given, with `onChoose`, where a person chooses one and does not only look. */
  chosen?: string;
  onChoose?: (path: string) => void;
}

async function readFolder(props: TreeProps, path: string, after: string | null): Promise<Page<Entry>> {
  const { data } = await client.query({
    query: Browse,
    variables: { id: props.connectionId, in: path === '/' ? null : { path }, foldersOnly: props.foldersOnly, after },
    fetchPolicy: 'no-cache',
  });
  const page = data?.connection?.browse;
  if (!page) throw new ListError(t('noFolder'));
  return page;
}

/** Folders of a connection; each is read when it is opened. */
export function FolderTree(props: TreeProps): JSX.Element {
  return (
    <div className={styles.tree}>
      <Folder {...props} path="/" />
    </div>
  );
}

function Folder({ path, ...props }: TreeProps & { path: string }): JSX.Element {
  const pages = usePages(`${props.connectionId} ${path}`, (after) => readFolder(props, path, after));
  if (pages.status === 'failed') {
    return (
      <p className={styles.treeNote} role="alert">
        {pages.failure}{' '}
        <Button size="compact-xs" variant="default" onClick={pages.refresh}>
          {t('tryAgain')}
        </Button>
      </p>
    );
  }
  return (
    <ul className={styles.branch}>
      {pages.nodes.map((entry) => (
        <Row key={entry.remoteId} entry={entry} {...props} />
      ))}
      {pages.status === 'loading' && (
        <li>
          <span className={styles.treeNote} role="status">
            <Loader size={14} /> {t('readingFolder')}
          </span>
        </li>
      )}
      {pages.status === 'idle' && pages.nodes.length === 0 && (
        <li className={styles.treeNote}>{props.foldersOnly ? t('noFolders') : t('empty')}</li>
      )}
      {pages.hasMore && pages.status === 'idle' && (
        <li>
          <Button size="compact-sm" variant="subtle" onClick={pages.loadMore}>
            {t('showMore')}
          </Button>
        </li>
      )}
    </ul>
  );
}

function Row({ entry, ...props }: TreeProps & { entry: Entry }): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  if (entry.kind === 'FILE') {
    return (
      <li className={styles.leaf}>
        <IconFile size={16} stroke={1.6} aria-hidden />
        <span className={styles.entryName}>{entry.name}</span>
        <span className={uiStyles.dim}>{formatBytes(entry.byteSize)}</span>
        <span className={`${uiStyles.dim ?? ''} ${styles.entryTime ?? ''}`}>
          <Moment instant={entry.modifiedAt} />
        </span>
      </li>
    );
  }
  const isChosen = props.chosen === entry.path;
  return (
    <li>
      <div className={styles.folder} data-chosen={isChosen || undefined}>
        <button
          type="button"
          className={styles.twist}
          aria-expanded={isOpen}
          aria-label={t(isOpen ? 'closeFolder' : 'openFolder', { name: entry.name })}
          onClick={() => setOpen(!isOpen)}
        >
          <IconChevronRight size={16} aria-hidden style={{ rotate: isOpen ? '90deg' : undefined }} />
        </button>
        <button
          type="button"
          className={styles.folderName}
          aria-pressed={props.onChoose ? isChosen : undefined}
          onClick={() => (props.onChoose ? props.onChoose(entry.path) : setOpen(!isOpen))}
        >
          <IconFolder size={17} stroke={1.6} aria-hidden />
          {entry.name}
        </button>
      </div>
      {isOpen && <Folder path={entry.path} {...props} />}
    </li>
  );
}
