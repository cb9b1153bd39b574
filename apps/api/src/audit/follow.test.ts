import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditRow } from '../db/row-types.js';
import { StatementCounter } from '../reads/statements.testing.js';
import { openSocket, type RawSocket } from '../server/testing.js';
import { openTestApp, type TestApp } from '../testing.js';
import type { ToldEvent } from './audit-log.js';
import type { AuditConditions } from './audit.store.js';
import { auditKind } from './audit-kind.js';

const APPENDED = `subscription ($filter: AuditEventFilter, $after: String) {
  auditEventAppended(filter: $filter, after: $after) { id sequence cursor action actor { displayName } } }`;

interface Appended {
  auditEventAppended: { sequence: number; cursor: string; action: string; actor: { displayName: string } | null };
}

const told = (more: Partial<ToldEvent> = {}): ToldEvent => ({
  actorId: null,
  action: 'jobUpdate',
  outcome: 'SUCCEEDED',
  targetId: 'job_1',
  changes: [],
  ipAddress: null,
  requestId: null,
  ...more,
});

describe('the audit log as it is followed', () => {
  const counter = new StatementCounter();
  let test: TestApp;
  let address: string;
  beforeAll(async () => {
    test = await openTestApp({}, { onStatement: counter.observe });
    address = await test.app.listen();
  });
  afterAll(() => test[Symbol.asyncDispose]());

  const follow = async (variables: { filter?: AuditConditions; after?: string | null }) => {
    const socket = await openSocket(address, test.admin.cookie);
    const before = test.app.base.hub.followersOf('audit:');
    socket.send({ id: '1', type: 'subscribe', payload: { query: APPENDED, variables } });
    await expect.poll(() => test.app.base.hub.followersOf('audit:')).toBe(before + 1);
    return socket;
  };
  const tell = (more?: Partial<ToldEvent>) => test.app.base.audit.tell(told(more));
  const nextOf = async (socket: RawSocket) =>
    ((await socket.next('next')).payload as { data: Appended }).data.auditEventAppended;
  const ended = () => expect.poll(() => test.app.base.hub.followersOf('audit')).toBe(0);

  it('tells what is written from now on, to each what fits', async () => {
    const [all, deletions] = [await follow({}), await follow({ filter: { actions: ['jobDelete'] } })];
    await tell();
    await tell({ action: 'jobDelete' });
    expect([(await nextOf(all)).action, (await nextOf(all)).action]).toEqual(['jobUpdate', 'jobDelete']);
    expect((await nextOf(deletions)).action).toBe('jobDelete');
    all.close();
    deletions.close();
    await ended();
  });

  it('goes on after a cursor, without a gap and without a repetition', async () => {
    const first = await follow({});
    await tell({ action: 'one' });
    const { cursor } = await nextOf(first);
    first.close();
    await ended();
    await tell({ action: 'two' });
    const second = await follow({ after: cursor });
    await tell({ action: 'three' });
    expect([(await nextOf(second)).action, (await nextOf(second)).action]).toEqual(['two', 'three']);
    second.close();
    await ended();
  });

  it('refuses a cursor that is none, one of another log, and one whose events are removed for their age', async () => {
    const socket = await openSocket(address, test.admin.cookie);
    const codeFor = async (after: string) => (await socket.refused(APPENDED, { after }))[0]?.extensions?.['code'];
    expect(await codeFor('no cursor')).toBe('CURSOR_INVALID');
    expect(await codeFor(await test.app.base.changes.newestCursor())).toBe('CURSOR_INVALID');
    const { db, audit } = test.app.base;
    await db.transact((tx) => audit.store.removeUpTo(tx, 3));
    expect(await codeFor(auditKind.cursors.of(2))).toBe('CURSOR_EXPIRED');
    socket.close();
    await ended();
  });

  it('costs no statement where nobody follows, and one where an event fits none of many who follow', async () => {
    const during = async () => (await counter.of(() => tell())).filter((statement) => statement.startsWith('select'));
    const alone = (await during()).length;
    const last = await follow({ filter: { actions: ['other'] } });
    const sockets: RawSocket[] = [last];
    for (let index = 0; index < 5; index++) sockets.push(await follow({ filter: { actions: [`action${index}`] } }));
    const reads = await counter.of(async () => {
      await tell();
      await tell({ action: 'other' });
      await nextOf(last);
    });
    expect(reads.filter((statement) => statement.startsWith('select')).length).toBeLessThanOrEqual(2 * (alone + 1));
    for (const socket of sockets) socket.close();
    await ended();
  });
});

it.each<[string, AuditConditions, Partial<AuditRow>]>([
  ['who', { actorIds: ['usr_1'] }, { actorId: 'usr_2' }],
  ['nobody', { actorIds: ['usr_1'] }, { actorId: null }],
  ['the object', { targetIds: ['job_1'] }, { targetId: 'job_2' }],
  ['what', { actions: ['jobUpdate'] }, { action: 'jobDelete' }],
  ['the outcome', { outcomes: ['SUCCEEDED'] }, { outcome: 'DENIED' }],
  ['before', { occurredAt: { from: new Date(1_000) } }, { occurredAt: new Date(999) }],
  ['after', { occurredAt: { to: new Date(1_001) } }, { occurredAt: new Date(1_001) }],
])('a condition on %s is decided in memory as in the store', (_what, conditions, other) => {
  const event = { ...told(), actorId: 'usr_1', occurredAt: new Date(1_000) } as unknown as AuditRow;
  expect([auditKind.fits(conditions, event), auditKind.fits(conditions, { ...event, ...other })]).toEqual([
    true,
    false,
  ]);
});
