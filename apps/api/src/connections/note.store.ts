import type { NoteStore } from '@sluice/procore';
import type { ConnectionRow } from '../db/row-types.js';
import type { Clients } from './clients.js';
import type { ConnectionStore } from './connection.store.js';

const MAX_NOTES_CHARACTERS = 2_000;

/**
 * Notes of the connector about one connection, for one sign-in and one client. Notes that were made for another account
 * are neither read nor overwritten.
 */
export function createNoteStore(
  { store, clients }: { store: Pick<ConnectionStore, 'byId' | 'note'>; clients: Pick<Clients, 'clientKey'> },
  opened: ConnectionRow,
): NoteStore {
  const accountOf = (row: ConnectionRow) => JSON.stringify([row.signInId, clients.clientKey(row)]);
  const account = accountOf(opened);
  return {
    load: async () => {
      const row = await store.byId(opened.id);
      return row?.notes?.account === account ? row.notes.text : null;
    },
    save: async (text) => {
      if (text.length <= MAX_NOTES_CHARACTERS)
        await store.note(opened.id, (row) => (accountOf(row) === account ? { account, text } : null));
    },
  };
}
