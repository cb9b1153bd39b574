import { Tree, useTree, type RenderTreeNodePayload } from '@mantine/core';
import '@mantine/core/styles/Tree.layer.css';
import { IconChevronRight } from '@tabler/icons-react';
import { useMemo, type JSX } from 'react';
import { useTreeKeys } from '../../ui/tree-keys.js';
import type { Place } from './folder-data.js';
import { isFolder, rowsOf } from './folder-rows.js';
import styles from './folder-tree.module.css';
import { useFolders } from './folders.js';

interface TreeProps extends Place {
  label: string;
  /** Path of the chosen folder; given, with `onChoose`, where a person chooses one and does not only look. */
  chosen?: string;
  onChoose?: (path: string) => void;
}

/** Folders of a connection; each is read when it is opened, a page at a time, and read anew when it is opened again. */
export const FolderTree = (props: TreeProps): JSX.Element => <Folders key={props.connectionId} {...props} />;

function Folders({ label, chosen, onChoose, ...place }: TreeProps): JSX.Element {
  const { folders, open, close, more: onMore } = useFolders(place);
  const { foldersOnly } = place;
  const data = useMemo(
    () => rowsOf({ folders, foldersOnly, onChoose, onMore }, '/'),
    [folders, foldersOnly, onChoose, onMore],
  );
  const keys = useTreeKeys();
  const tree = useTree({
    expandedState: Object.fromEntries(Object.keys(folders).map((path) => [path, true])),
    selectedState: chosen === undefined ? [] : [chosen],
    // Mantine opens whatever a person presses, files too.
    onNodeExpand: (value) => isFolder(value) && open(value),
    onNodeCollapse: close,
  });
  return (
    <Tree
      {...keys}
      className={styles.tree}
      aria-label={label}
      data={data}
      tree={tree}
      renderNode={Row}
      expandOnClick={onChoose === undefined}
      allowRangeSelection={false}
    />
  );
}

/** In a tree from which a folder is chosen, its arrow alone opens it. */
function Row({ node, elementProps, expanded, hasChildren, tree }: RenderTreeNodePayload): JSX.Element {
  const press = node.nodeProps?.['onClick'] as (() => void) | undefined;
  return (
    <div
      {...elementProps}
      className={`${elementProps.className} ${styles.row ?? ''}`}
      onClick={(event) => {
        elementProps.onClick(event);
        press?.();
      }}
    >
      {hasChildren && (
        <span
          className={styles.twist}
          data-open={expanded || undefined}
          onClick={(event) => {
            event.stopPropagation();
            tree.toggleExpanded(node.value);
          }}
        >
          <IconChevronRight size={16} aria-hidden />
        </span>
      )}
      {node.label}
    </div>
  );
}
