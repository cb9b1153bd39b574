import { PlatformError } from '@sluice/core/platform';
import type { Call, ListEntry, PlatformErrorKind } from '@sluice/core/platform';
import { throwIfAborted } from '../api/waits.js';
import type { Project } from './project.js';

/** What an account may be answered that is not to see the recycle bin. */
const NOT_SHOWN: ReadonlySet<PlatformErrorKind> = new Set(['ACCESS_DENIED', 'NOT_FOUND', 'REJECTED']);

/** The items of the project's recycle bin: a call for each page. An account that may not see it is shown none. */
export async function* deletedItems(project: Project, call: Call): AsyncGenerator<ListEntry> {
  try {
    for await (const rows of project.folders.listing.read({ 'filters[is_in_recycle_bin]': true }, call)) {
      for (const row of rows) if (row?.isRecycled) yield { type: 'deleted', identity: row.id };
    }
  } catch (error) {
    throwIfAborted(call.signal);
    if (!(error instanceof PlatformError) || !NOT_SHOWN.has(error.kind)) throw error;
  }
}
