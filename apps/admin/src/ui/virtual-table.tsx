import { Button } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type JSX, type ReactNode } from 'react';
import styles from './virtual-table.module.css';
import { t } from './words.js';

export interface Column<Item> {
  head: string;
  /** Track of the grid, such as `minmax(240px, 1.3fr)`. */
  width: string;
  isFigure?: boolean;
  cell: (item: Item) => ReactNode;
}

const ROW_PIXELS = 46;
const HEAD_PIXELS = 36;

/** A table of any length that draws only the rows in sight and asks for more before its end. */
export function VirtualTable<Item>({
  label,
  columns,
  items,
  keyOf,
  hasMore,
  onEnd,
}: {
  label: string;
  columns: readonly Column<Item>[];
  items: readonly Item[];
  keyOf: (item: Item, index: number) => string;
  hasMore: boolean;
  onEnd: () => void;
}): JSX.Element {
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PIXELS,
    overscan: 12,
  });
  const visible = rows.getVirtualItems();
  const last = visible.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && last >= items.length - 20) onEnd();
  }, [hasMore, last, items.length, onEnd]);
  const grid = { gridTemplateColumns: columns.map((column) => column.width).join(' ') };
  const height = Math.min(560, rows.getTotalSize() + HEAD_PIXELS + (hasMore ? 52 : 4));
  return (
    <div
      ref={scroller}
      className={styles.scroller}
      style={{ height }}
      tabIndex={0}
      role="region"
      aria-label={t('list', { label })}
    >
      <div role="table" aria-label={label} aria-rowcount={items.length + 1} className={styles.table}>
        <div role="rowgroup" className={styles.headGroup}>
          <div role="row" aria-rowindex={1} className={styles.head} style={grid}>
            {columns.map((column) => (
              <span key={column.head} role="columnheader" className={column.isFigure ? styles.figure : undefined}>
                {column.head}
              </span>
            ))}
          </div>
        </div>
        <div role="rowgroup" style={{ height: rows.getTotalSize(), position: 'relative' }}>
          {visible.map(({ index, start }) => {
            const item = items[index];
            if (item === undefined) return null;
            return (
              <div
                key={keyOf(item, index)}
                role="row"
                aria-rowindex={index + 2}
                className={styles.row}
                style={{ ...grid, top: start, height: ROW_PIXELS }}
              >
                {columns.map((column) => (
                  <span
                    key={column.head}
                    role="cell"
                    className={`${styles.cell ?? ''} ${column.isFigure ? (styles.figure ?? '') : ''}`}
                  >
                    {column.cell(item)}
                  </span>
                ))}
              </div>
            );
          })}
        </div>
      </div>
      {hasMore && (
        <Button variant="subtle" onClick={onEnd} m="xs">
          {t('more')}
        </Button>
      )}
    </div>
  );
}

/** Text on one line, whole in its title. */
export function Clipped({
  text,
  isDim = false,
  onClick,
}: {
  text: string;
  isDim?: boolean;
  onClick?: () => void;
}): JSX.Element {
  const style = isDim ? { color: 'var(--mantine-color-dimmed)' } : undefined;
  if (!onClick) {
    return (
      <span className={styles.clip} title={text} style={style}>
        {text}
      </span>
    );
  }
  return (
    <button type="button" className={`${styles.clip ?? ''} ${styles.link ?? ''}`} title={text} onClick={onClick}>
      {text}
    </button>
  );
}
