import { compileMapping } from '../mappings/compiled.js';
import type { MappingSet } from '@sluice/core/mapping';
import type { Call } from '@sluice/core/platform';
import type { RunContext } from '@sluice/core/run';
import type { JobRow } from '../db/row-types.js';

/** The part of mappings that work on a job uses. */
export interface CompleteSets {
  /** Sets with all of their entries in the order of the ids; those that do not exist are left out. */
  complete(ids: readonly string[]): Promise<MappingSet[]>;
}

/** What a job's sets make of items, as they are now; nothing for a job without any. Throws `PlatformError` when a platform fails. */
export async function jobMapping(
  mappings: CompleteSets,
  { mappingSetIds }: Pick<JobRow, 'mappingSetIds'>,
  platforms: Pick<RunContext, 'source' | 'destination'>,
  caller: Omit<Call, 'priority'>,
): Promise<Pick<RunContext, 'mapping'>> {
  if (mappingSetIds.length === 0) return {};
  const sets = await mappings.complete(mappingSetIds);
  return { mapping: await compileMapping(sets, platforms, { ...caller, priority: 'JOB' }) };
}
