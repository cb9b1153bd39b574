import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { describeOnBothDatabases } from './db/testing.js';
import { createLog } from './log.js';

function record(): { lines: string[]; log: ReturnType<typeof createLog> } {
  const lines: string[] = [];
  return { lines, log: createLog('info', { write: (line: string) => void lines.push(line) }) };
}

describe('a log', () => {
  it('cuts every text that strangers may have sent to 100 characters', () => {
    const { lines, log } = record();
    const long = 'x'.repeat(3_000);
    log.info({ operation: long, deep: { list: [long], [long]: 1 } }, long);
    log.error(new Error(long));
    log.warn(long);
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(line).not.toMatch(/x{101}/);
    expect(lines[0]).toContain(`"operation":"${'x'.repeat(99)}…"`);
  });

  it('cuts long lists and what lies deep', () => {
    const { lines, log } = record();
    log.info(
      { ids: Array.from({ length: 5_000 }, (_, index) => index), deep: { a: { b: { c: { d: { e: 'secret' } } } } } },
      'x',
    );
    expect(lines[0]?.length).toBeLessThan(500);
    expect(lines[0]).not.toContain('secret');
  });

  it('hides secrets', () => {
    const { lines, log } = record();
    log.info({ password: 'canary', inner: { clientSecret: 'canary', deeper: { token: 'canary' } } }, 'x');
    expect(lines[0]).not.toContain('canary');
    expect(lines[0]).toContain('[hidden]');
  });

  it('tells of an error its kind, code, place and causes, and nothing that it carries besides', () => {
    const { lines, log } = record();
    const cause = Object.assign(new Error('near'), { code: 'SQLITE_BUSY', detail: 'canary', sql: 'canary' });
    log.error({ err: new TypeError('outer', { cause }) }, 'defect');
    const { err } = JSON.parse(lines[0] ?? '') as { err: Record<string, unknown> };
    expect(err).toMatchObject({ type: 'TypeError', message: 'outer', cause: { code: 'SQLITE_BUSY', message: 'near' } });
    expect(String(err['stack'])).toMatch(/^at .*log\.test/);
    expect(lines[0]).not.toContain('canary');
    expect(lines[0]).not.toContain(process.cwd());
  });
});

describeOnBothDatabases('a failing statement', (open) => {
  it('leaves neither SQL nor parameters in a log', async () => {
    const { lines, log } = record();
    const database = await open();
    const { users } = database.tables;
    const failures: (() => Promise<unknown>)[] = [
      () => database.reader.rows(sql`select canary_column from users where login = ${'canary value'}`),
      () => database.transact(async (tx) => void (await tx.insert(users).values({ id: 'canary value' } as never))),
      () => database.reader.rows(sql`select cast(${'canary value'} as integer) from nowhere`),
    ];
    for (const fail of failures) {
      const error: unknown = await fail().catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(Error);
      log.error({ err: error as Error }, 'defect');
      log.error(error as Error);
    }
    expect(lines).toHaveLength(6);
    for (const line of lines) expect(line).not.toMatch(/canary|select |insert into|nowhere/i);
    for (const line of lines) expect(line).toMatch(/"code":"/);
  });
});
