import type { JobRow } from '../db/row-types.js';

/** Columns that fields of a job need which are often shown beside its runs. A field that is not listed reads the whole row. */
export const JOB_COLUMNS: Readonly<Record<string, readonly (keyof JobRow)[]>> = {
  id: ['id'],
  version: ['version'],
  name: ['name'],
  description: ['description'],
  transferType: ['transferType'],
  labels: ['labels'],
  mappingSets: ['mappingSetIds'],
  approval: ['approval'],
  ledgerItemCount: ['ledgerItemCount'],
  updatedAt: ['updatedAt'],
};
