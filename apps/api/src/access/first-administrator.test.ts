import { expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../limits.js';
import { describeOnBothDatabases } from '../db/testing.js';
import { readConfig } from '../config.js';
import type { Database } from '../db/database.js';
import { Hub } from '../live/hub.js';
import { systemClock } from '../clock.js';
import { AccessService } from './access.service.js';

function start(db: Database, env: Record<string, string> = {}): AccessService {
  return new AccessService({
    db,
    clock: systemClock,
    hub: new Hub(),
    config: { ...readConfig(env), limits: DEFAULT_LIMITS },
  });
}

const isIn = (service: AccessService, login: string, password: string) =>
  service.signIn(login, password, '10.0.0.1').then(
    () => true,
    () => false,
  );

describeOnBothDatabases('the password of the first administrator', (open) => {
  it('is made anew until somebody has signed in, since a start that failed may never have shown it', async () => {
    const db = await open();
    const lost = await start(db).ensureAdministrator();
    const shown = await start(db).ensureAdministrator();
    expect(shown?.password).toMatch(/^.{20}$/);
    expect(shown?.password).not.toBe(lost?.password);
    expect(await isIn(start(db), 'admin', lost?.password ?? '')).toBe(false);
    const id = (await start(db).administrator()).actorId;
    expect(await isIn(start(db), 'admin', shown?.password ?? '')).toBe(true);
    expect(await start(db).ensureAdministrator()).toBeNull();
    expect(await isIn(start(db), 'admin', shown?.password ?? '')).toBe(true);
    expect((await start(db).administrator()).actorId).toBe(id);
  });

  it('can be given at a later start, with another name too, as long as nobody has signed in', async () => {
    const db = await open();
    await start(db).ensureAdministrator();
    const env = { SLUICE_ADMIN_USER: 'Chief', SLUICE_ADMIN_PASSWORD: 'given at the second start' };
    expect(await start(db, env).ensureAdministrator()).toBeNull();
    expect(await isIn(start(db), 'chief', env.SLUICE_ADMIN_PASSWORD)).toBe(true);
    const late = { SLUICE_ADMIN_PASSWORD: 'given after the sign-in' };
    await start(db, late).ensureAdministrator();
    expect(await isIn(start(db), 'chief', late.SLUICE_ADMIN_PASSWORD)).toBe(false);
    expect(await db.reader.$count(db.tables.users)).toBe(1);
  });

  it('of processes that start together is that of one of them', async () => {
    const db = await open();
    const all = await Promise.all([1, 2, 3, 4].map(() => start(db).ensureAdministrator()));
    const entered = [];
    for (const made of all) entered.push(await isIn(start(db), 'admin', made?.password ?? ''));
    expect(entered.filter(Boolean)).toHaveLength(1);
    expect(await db.reader.$count(db.tables.users)).toBe(1);
  });
});
