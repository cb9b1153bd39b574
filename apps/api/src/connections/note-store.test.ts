import { expect, it } from 'vitest';
import type { Base } from '../base.js';
import { describeOnBothDatabases } from '../db/testing.js';
import { createNoteStore } from './note.store.js';
import { ConnectionStore } from './connection.store.js';
import { storedConnection } from './stored-connection.testing.js';

const connection = storedConnection();

describeOnBothDatabases('the notes of a connection', (open) => {
  it('stay with its account: another sign-in neither reads nor overwrites them, and the version stays', async () => {
    const db = await open();
    const changes = { record: () => Promise.resolve() };
    const store = new ConnectionStore({ db, changes } as unknown as Base);
    const parts = { store, clients: { clientKey: () => 'client' } };
    await db.transact((tx) => store.insert(tx, connection));
    const notes = createNoteStore(parts, connection);
    expect(await notes.load()).toBeNull();
    await notes.save('{"documentIndex":"V2"}');
    expect(await createNoteStore(parts, connection).load()).toBe('{"documentIndex":"V2"}');
    const later = createNoteStore(parts, { ...connection, signInId: 'oau_2' });
    expect(await later.load()).toBeNull();
    await later.save('of a sign-in that is not this one');
    await notes.save('x'.repeat(2_001));
    expect(await notes.load()).toBe('{"documentIndex":"V2"}');
    expect((await store.byId('con_1'))?.version).toBe(1);
  });
});
