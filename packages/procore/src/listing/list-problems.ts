import { PlatformError } from '@sluice/core/platform';
import type { Item, ListEntry, ListProblem } from '@sluice/core/platform';
import type { Document } from '../api/adapter.js';
import type { Completeness } from './tally.js';

const REMEDIES = {
  NOT_FOUND:
    'Give the account the level Admin in the Documents tool of the project, so that it sees private folders too.',
  PLATFORM_ERROR: 'Run the job again later; if it stays so, give the account the level Admin in the Documents tool.',
};

/** Something below a listed folder that cannot be listed; `below` is its path from there, as far as it is known. */
export function listProblem(
  folder: Item,
  kind: ListProblem['kind'],
  below: string[],
  message: string,
  error: keyof typeof REMEDIES = 'PLATFORM_ERROR',
): ListEntry {
  const path = [...folder.path, ...below];
  return {
    type: 'problem',
    problem: { path, kind, error: new PlatformError(error, message, { remedy: REMEDIES[error] }) },
  };
}

/** What is told of a document at its place: one without a name is there, and nothing can be done about it. */
export function entryOf({ name, kind }: Document, item: Item): ListEntry {
  if (name !== null) return { type: 'item', item };
  const error = new PlatformError('PLATFORM_ERROR', 'Procore does not tell the name of it.', { remedy: NAMELESS });
  return { type: 'problem', problem: { path: item.path, kind, error } };
}

const NAMELESS = 'Look at the item in Procore and give it a name, then run the job again.';

/** Fewer documents came than Procore counts. */
export function unprovenProblem(folder: Item, { seen, total }: Completeness): ListEntry {
  const message = `Procore counts ${total} documents and showed ${seen} of them, also when asked again; some may be missing.`;
  return listProblem(folder, 'PART', [], message);
}
