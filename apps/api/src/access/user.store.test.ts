import { expect, it } from 'vitest';
import type { UserRow } from '../db/row-types.js';
import type { Database, Transaction } from '../db/database.js';
import { describeOnBothDatabases } from '../db/testing.js';
import { newId } from '../graphql/ids.js';
import { AccessStore } from './access.store.js';
import { UserStore } from './user.store.js';

const userOf = (login: string): UserRow => ({
  id: newId('usr'),
  version: 1,
  login,
  displayName: login,
  role: 'ADMINISTRATOR',
  isActive: true,
  passwordHash: `hash of ${login}`,
  lastSeenAt: null,
  createdAt: new Date(0),
  updatedById: null,
});

async function addTo(db: Database, ...logins: string[]): Promise<UserRow[]> {
  const users = logins.map(userOf);
  for (const user of users) await db.transact((tx) => new UserStore(db).insert(tx, user));
  return users;
}

describeOnBothDatabases('people in the store', (open) => {
  it('keep one administrator when each of several takes the rights of another at once', async () => {
    const db = await open();
    const users = await addTo(db, 'a', 'b', 'c', 'd');
    const store = new UserStore(db);
    const look = (tx: Transaction, { id }: UserRow) => store.hasOtherAdministrator(tx, id);
    const demote = (user: UserRow) =>
      db.transact(async (tx) => {
        await store.lockAdministrators(tx);
        const mayGo = await look(tx, user);
        // The others look meanwhile, unless they wait.
        for (let looks = 0; looks < 20; looks++) await look(tx, user);
        if (mayGo) await store.update(tx, user.id, { role: 'VIEWER' });
      });
    // All connections are open before, or the transactions would come one after the other.
    await Promise.all(users.map((user) => db.transact((tx) => look(tx, user))));
    await Promise.all(users.map(demote));
    const left = await store.list(null, 10);
    expect(left.filter(({ role }) => role === 'ADMINISTRATOR')).toHaveLength(1);
  });

  it('have each name at sign-in once', async () => {
    const db = await open();
    const store = new UserStore(db);
    const added = await Promise.all([1, 2, 3].map(() => db.transact((tx) => store.insert(tx, userOf('same')))));
    expect(added.filter(Boolean)).toHaveLength(1);
  });

  it('open no session by a password that was changed, or after they were shut out, while it was looked at', async () => {
    const db = await open();
    const [user] = await addTo(db, 'a');
    if (user === undefined) throw new Error('There is no user.');
    const access = new AccessStore(db);
    const openSession = (id: string) =>
      access.insertSession({ id, tokenHash: id, userId: user.id, createdAt: new Date(5), usedAt: new Date(5) }, user);
    expect(await openSession('ses_1')).toBe(true);
    await db.transact((tx) => new UserStore(db).update(tx, user.id, { passwordHash: 'another' }));
    expect(await openSession('ses_2')).toBe(false);
    await db.transact((tx) =>
      new UserStore(db).update(tx, user.id, { isActive: false, passwordHash: user.passwordHash }),
    );
    expect(await openSession('ses_3')).toBe(false);
    expect((await db.reader.select().from(db.tables.sessions)).map(({ id }) => id)).toEqual(['ses_1']);
  });
});
