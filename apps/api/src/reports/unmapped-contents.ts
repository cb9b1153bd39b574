import type { JobRow, UnmappedRow } from '../db/row-types.js';
import { pathOfKey, rootsOf } from '../runs/reading/roots.js';
import type { UnmappedPlan, UnmappedReader } from '../runs/reading/unmapped.store.js';
import type { Cell, Rows } from './lines.js';

/** Names and values that a job could not map, one line for each in each of its plans, those of the latest plan first. */
export async function* unmappedRows(reader: Pick<UnmappedReader, 'ofJob'>, job: JobRow): Rows {
  const root = rootsOf(job).source;
  for await (const { plan, names } of reader.ofJob(job.id)) yield names.map((name) => rowOf(plan, name, root));
}

const rowOf = (plan: UnmappedPlan, name: UnmappedRow, root: string): Cell[] => [
  plan.id,
  plan.runId,
  plan.number,
  plan.createdAt,
  name.kind,
  name.reason,
  name.field,
  name.value,
  name.itemCount,
  name.isFlagged,
  name.message,
  name.examples.map((key) => pathOfKey(root, key)).join('\n'),
];
