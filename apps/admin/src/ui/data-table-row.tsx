import type { JSX, KeyboardEvent } from 'react';
import type { DataColumn } from './data-column.js';
import styles from './data-table.module.css';

/** The cells of a row; of one that is not here yet their places. */
export function Cells<Row>({ columns, row }: { columns: readonly DataColumn<Row>[]; row: Row | null }): JSX.Element {
  return (
    <>
      {columns.map((column) => (
        <div
          key={column.id}
          role="cell"
          className={`${styles.cell ?? ''} ${column.isFigure ? (styles.figure ?? '') : ''}`}
        >
          <span className={styles.name} aria-hidden>
            {column.head}
          </span>
          <div className={styles.value}>{row === null ? <div className={styles.coming} /> : column.cell(row)}</div>
        </div>
      ))}
    </>
  );
}

/** Where a key was pressed: the row, its place in the list, and which of its controls has the focus. */
interface Origin {
  row: HTMLElement;
  index: number;
  control: number;
}

const FOCUSABLE = 'a[href], button:not(:disabled), input:not(:disabled)';

const controlsIn = (row: HTMLElement): HTMLElement[] => [...row.querySelectorAll<HTMLElement>(FOCUSABLE)];

/** Null where keys mean something to the control itself, and outside of rows. */
export function originOf({ target }: Pick<KeyboardEvent, 'target'>): Origin | null {
  const origin = target instanceof HTMLElement ? target : null;
  const row = origin?.closest<HTMLElement>('[data-index]');
  if (!origin || !row || origin.matches('input, textarea, select, [aria-haspopup]')) return null;
  return { row, index: Number(row.dataset['index']), control: controlsIn(row).indexOf(origin) };
}

/** The control of a row at the same place as one of another row, else its first. */
export function controlOf(row: HTMLElement, control: number): HTMLElement | null {
  const controls = controlsIn(row);
  return controls[control] ?? controls[0] ?? null;
}
