import type { Denial } from '@sluice/core/platform';
import { mayDo } from './rights.js';
import type { DocumentRights, DocumentWork } from './rights.js';

interface DeniedWork {
  work: DocumentWork;
  /** Completes "The account may not: …". */
  name: string;
}

const NAMES: readonly DeniedWork[] = [
  { work: 'CREATE', name: 'create folders and upload files' },
  { work: 'UPDATE', name: 'upload new versions' },
  { work: 'DELETE', name: 'delete files and folders' },
  { work: 'MOVE', name: 'move files and folders' },
  { work: 'DESCRIBE', name: 'edit descriptions' },
  { work: 'SEE_PRIVATE', name: 'see private items of others' },
];

/** What the account may not do, as far as Procore tells. */
export function deniedWorks(rights: DocumentRights): DeniedWork[] {
  return NAMES.filter(({ work }) => mayDo(rights, work) === false);
}

/** The same as the planner asks for it: by the actions of steps. */
export function denialsOf(rights: DocumentRights): Denial[] {
  return deniedWorks(rights).flatMap(({ work, name }) =>
    ACTIONS[work].map((action) => ({
      action,
      message: `The account may not ${name} in the Documents tool.`,
      remedy: 'Give the account the level Admin in the Documents tool of the project, or the right that is missing.',
    })),
  );
}

const ACTIONS: Readonly<Record<DocumentWork, readonly Denial['action'][]>> = {
  READ: [],
  CREATE: ['CREATE'],
  UPDATE: ['UPDATE'],
  DELETE: ['DELETE'],
  MOVE: ['MOVE'],
  DESCRIBE: ['DESCRIBE'],
  SEE_PRIVATE: [],
};
