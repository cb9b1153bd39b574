import { Button } from '@mantine/core';
import { useTable } from '@tanstack/react-table';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useMemo, useRef, useState, type JSX, type KeyboardEvent, type ReactNode } from 'react';
import { features, type DataColumn, type TableDef } from './data-column.js';
import { Cells, controlOf, originOf } from './data-table-row.js';
import { Failed, Waiting } from './data-table-states.js';
import styles from './data-table.module.css';
import { TableHead } from './data-table-head.js';
import { t } from './words.js';

/** Where a list that is read page by page stands. */
export interface ListState {
  isLoading: boolean;
  hasMore: boolean;
  /** Why the last page could not be read, in a sentence. */
  failure: string | null;
  onMore: () => void;
  onRetry: () => void;
}

const ROW_PIXELS = 52;
const AHEAD = 20;

/**
 * A table of any length that scrolls with the page: only the rows in sight are drawn, and more are asked for before its end.
 * Where it is narrow each row is a card. Arrow keys go from row to row.
 */
export function DataTable<Row extends object>({
  label,
  columns,
  rows,
  keyOf,
  list,
  blank,
}: {
  label: string;
  columns: readonly DataColumn<Row>[];
  /** Null until the first page is here. */
  rows: readonly Row[] | null;
  keyOf: (row: Row) => string;
  list: ListState;
  /** Shown instead of an empty table. */
  blank: ReactNode;
}): JSX.Element {
  if (rows === null || (rows.length === 0 && (list.isLoading || list.failure !== null)))
    return list.failure === null ? (
      <Waiting label={t('loading')} />
    ) : (
      <Failed message={list.failure} onRetry={list.onRetry} />
    );
  if (rows.length === 0) return <>{blank}</>;
  return <Filled label={label} columns={columns} rows={rows} keyOf={keyOf} list={list} />;
}

function Filled<Row extends object>({
  label,
  columns,
  rows,
  keyOf,
  list,
}: {
  label: string;
  columns: readonly DataColumn<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  list: ListState;
}): JSX.Element {
  const defs = useMemo(() => columns.map((column) => defOf(column, !list.hasMore)), [columns, list.hasMore]);
  const data = useMemo(() => rows.slice(), [rows]);
  const table = useTable({ features, columns: defs, data, getRowId: keyOf });
  const sorted = table.getRowModel().rows;
  const { body, virtual } = useWindowRows(sorted, list);
  const grid = { gridTemplateColumns: columns.map((column) => column.width).join(' ') };
  return (
    <div className={styles.frame} onKeyDown={moveBetweenRows}>
      <div role="table" aria-label={label} aria-rowcount={list.hasMore ? -1 : rows.length + 1} className={styles.table}>
        <TableHead headers={table.getHeaderGroups()[0]?.headers ?? []} columns={columns} grid={grid} />
        <div ref={body} role="rowgroup" className={styles.body} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = sorted[index];
            if (!row) return null;
            return (
              <div
                key={row.id}
                ref={virtual.measureElement}
                data-index={index}
                role="row"
                aria-rowindex={index + 2}
                className={styles.row}
                style={{ ...grid, transform: `translateY(${start - virtual.options.scrollMargin}px)` }}
              >
                <Cells columns={columns} row={row.original} />
              </div>
            );
          })}
        </div>
      </div>
      <Foot list={list} />
    </div>
  );
}

function defOf<Row extends object>(column: DataColumn<Row>, isWhole: boolean): TableDef<Row> {
  const { id, head, sortBy } = column;
  return sortBy && isWhole
    ? { id, header: head, accessorFn: sortBy, enableSorting: true, sortDescFirst: false }
    : { id, header: head, enableSorting: false };
}

/** Draws what the window shows of the rows, and asks for more before their end. */
function useWindowRows(rows: readonly { id: string }[], { hasMore, isLoading, failure, onMore }: ListState) {
  const count = rows.length;
  const body = useRef<HTMLDivElement>(null);
  const [margin, setMargin] = useState(0);
  useEffect(() => {
    const measure = () => setMargin((body.current?.getBoundingClientRect().top ?? 0) + window.scrollY);
    // What stands above the table may come or grow later.
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, []);
  // A row keeps the height that was measured when others come before it.
  const getItemKey = useCallback((index: number) => rows[index]?.id ?? index, [rows]);
  const virtual = useWindowVirtualizer({
    count,
    getItemKey,
    estimateSize: () => ROW_PIXELS,
    overscan: 8,
    scrollMargin: margin,
  });
  const last = virtual.getVirtualItems().at(-1)?.index ?? 0;
  const wants = hasMore && !isLoading && failure === null && last >= count - AHEAD;
  useEffect(() => {
    if (wants) onMore();
  }, [wants, onMore]);
  return { body, virtual };
}

/** Up and down go to the same control of the row above or below. */
function moveBetweenRows(event: KeyboardEvent<HTMLElement>): void {
  const from = originOf(event);
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0 || from === null) return;
  const next = from.row.parentElement?.querySelector<HTMLElement>(`[data-index="${from.index + step}"]`);
  const target = next && controlOf(next, from.control);
  if (!target) return;
  event.preventDefault();
  target.focus();
}

function Foot({ list }: { list: ListState }): JSX.Element | null {
  if (list.failure !== null) return <Failed message={list.failure} onRetry={list.onRetry} />;
  if (!list.hasMore) return null;
  return (
    <Button variant="subtle" fullWidth loading={list.isLoading} onClick={list.onMore}>
      {t('more')}
    </Button>
  );
}
