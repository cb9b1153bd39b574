import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react';
import type { Header } from '@tanstack/react-table';
import type { JSX } from 'react';
import type { DataColumn, features } from './data-column.js';
import styles from './data-table.module.css';

const ICONS = { asc: IconArrowUp, desc: IconArrowDown };
const ORDERS = { asc: 'ascending', desc: 'descending' } as const;

/** The heads of a table; one that can be sorted by is a button. */
export function TableHead<Row extends object>({
  headers,
  columns,
  grid,
}: {
  headers: readonly Header<typeof features, Row>[];
  columns: readonly Pick<DataColumn<Row>, 'isFigure'>[];
  grid: { gridTemplateColumns: string };
}): JSX.Element {
  return (
    <div role="rowgroup" className={styles.headGroup}>
      <div role="row" aria-rowindex={1} className={styles.head} style={grid}>
        {headers.map((header, index) => (
          <Head key={header.id} header={header} isFigure={columns[index]?.isFigure ?? false} />
        ))}
      </div>
    </div>
  );
}

function Head<Row extends object>({
  header,
  isFigure,
}: {
  header: Header<typeof features, Row>;
  isFigure: boolean;
}): JSX.Element {
  const text = String(header.column.columnDef.header ?? '');
  const order = header.column.getIsSorted();
  const Icon = order === false ? IconArrowsSort : ICONS[order];
  return (
    <div
      role="columnheader"
      className={isFigure ? styles.figure : undefined}
      aria-sort={order === false ? undefined : ORDERS[order]}
    >
      {header.column.getCanSort() ? (
        <button type="button" className={styles.sort} onClick={header.column.getToggleSortingHandler()}>
          {text}
          <Icon size={13} aria-hidden className={order === false ? styles.faint : undefined} />
        </button>
      ) : (
        text
      )}
    </div>
  );
}
