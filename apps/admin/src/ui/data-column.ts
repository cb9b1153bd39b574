import { createSortedRowModel, rowSortingFeature, tableFeatures, type ColumnDef } from '@tanstack/react-table';
import type { ReactNode } from 'react';

export interface DataColumn<Row> {
  id: string;
  /** Head of the column; in a card the name before the value. */
  head: string;
  /** Track of the grid, such as `minmax(200px, 1.3fr)`; with gaps and edges all of a table need 720 px at most. */
  width: string;
  isFigure?: boolean;
  cell: (row: Row) => ReactNode;
  /** What a list that is here as a whole can be sorted by. */
  sortBy?: (row: Row) => string | number;
}

/** What our tables can do beside showing rows. */
export const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() });
export type TableDef<Row extends object> = ColumnDef<typeof features, Row>;
