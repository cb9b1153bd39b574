import { useTable } from '@tanstack/react-table';
import { useMemo, type JSX, type ReactNode } from 'react';
import { features, type DataColumn, type TableDef } from './data-column.js';
import styles from './data-table.module.css';
import { TableHead } from './data-table-head.js';
import { Cells } from './data-table-row.js';
import { Failed, Waiting } from './data-table-states.js';
import { useRowKeys } from './row-keys.js';
import { useRowWindow } from './use-row-window.js';
import { t } from './words.js';

/** Rows of a list of which only parts are here. */
export interface LongRows<Row> {
  /** Rows that the list has at least; null until the first ones are here. */
  known: number | null;
  /** Number of rows; null until they are counted. */
  total: number | null;
  /** Why rows could not be read, in a sentence. */
  failure: string | null;
  /** The row at a place; null while it is not here. */
  at: (index: number) => Row | null;
  /** Tells which rows are in sight. */
  see: (first: number, last: number) => void;
  refresh: () => void;
}

/**
 * A table of up to tens of millions of rows that scrolls with the page, to any place at once: only the rows in sight are drawn
 * and read. Where it is narrow each row is a card. Arrow keys go from row to row, page keys a view further, Home and End to the
 * first and the last row.
 */
export function LongTable<Row extends object>({
  label,
  columns,
  rows,
  blank,
}: {
  label: string;
  columns: readonly DataColumn<Row>[];
  rows: LongRows<Row>;
  /** Shown instead of an empty table. */
  blank: ReactNode;
}): JSX.Element {
  if (rows.known === null && rows.failure === null) return <Waiting label={t('loading')} />;
  if (rows.known === 0) return <>{blank}</>;
  return (
    <>
      {rows.known !== null && <Filled label={label} columns={columns} rows={rows} count={rows.known} />}
      {rows.failure !== null && <Failed message={rows.failure} onRetry={rows.refresh} />}
    </>
  );
}

function Filled<Row extends object>({
  label,
  columns,
  rows,
  count,
}: {
  label: string;
  columns: readonly DataColumn<Row>[];
  rows: LongRows<Row>;
  count: number;
}): JSX.Element {
  const defs = useMemo(() => columns.map(({ id, head }): TableDef<Row> => ({ id, header: head })), [columns]);
  const table = useTable({ features, columns: defs, data: NONE as Row[] });
  const shown = useRowWindow(count, rows);
  const onKeyDown = useRowKeys(shown, count);
  const grid = { gridTemplateColumns: columns.map((column) => column.width).join(' ') };
  const indexes = Array.from({ length: shown.end - shown.first }, (_, index) => shown.first + index);
  return (
    <div className={styles.frame} onKeyDown={onKeyDown}>
      <div
        role="table"
        aria-label={label}
        aria-rowcount={rows.total === null ? -1 : count + 1}
        className={styles.table}
      >
        <TableHead headers={table.getHeaderGroups()[0]?.headers ?? []} columns={columns} grid={grid} />
        <div ref={shown.box} role="presentation" className={styles.long} style={{ height: shown.height }}>
          <div ref={shown.rows} role="rowgroup" className={styles.window}>
            {indexes.map((index) => {
              const row = rows.at(index);
              return (
                <div
                  key={index}
                  data-index={index}
                  role="row"
                  aria-rowindex={index + 2}
                  aria-busy={row === null || undefined}
                  tabIndex={-1}
                  className={styles.row}
                  style={grid}
                >
                  <Cells columns={columns} row={row} />
                </div>
              );
            })}
          </div>
        </div>
      </div>
      {rows.total === null && <Waiting label={t('counting')} />}
    </div>
  );
}

const NONE: object[] = [];
