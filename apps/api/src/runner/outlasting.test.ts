import Sqlite from 'better-sqlite3';
import { afterEach, expect, it, vi } from 'vitest';
import { openShareApp } from './testing.js';

afterEach(() => void vi.restoreAllMocks());

/** Statements that write, each with whether its transaction outlasts a loss of power. */
function watchWrites() {
  const seen: { statement: string; isDurable: boolean }[] = [];
  let isDurable = false;
  const pragma = Reflect.get(Sqlite.prototype, 'pragma');
  vi.spyOn(Sqlite.prototype, 'pragma').mockImplementation(function (this: Sqlite.Database, ...args) {
    if (args[0].startsWith('synchronous = ')) isDurable = args[0].endsWith('FULL');
    return pragma.apply(this, args);
  });
  const onStatement = (statement: string) => void seen.push({ statement, isDurable });
  const durabilityOf = (part: RegExp) =>
    seen.filter(({ statement }) => part.test(statement)).map((write) => write.isDurable);
  return { onStatement, durabilityOf };
}

it('what people were answered, what is about to be done and the end of a run outlast a loss of power', async () => {
  const { onStatement, durabilityOf } = watchWrites();
  await using app = await openShareApp({}, { onStatement });
  for (const name of ['a.txt', 'b.txt']) app.put(name, name);
  const { state } = await app.runToEnd(await app.createJob());
  expect(state).toBe('SUCCEEDED');
  for (const answered of [/^insert into "connections"/, /^insert into "jobs"/, /^insert into "runs"/])
    expect(durabilityOf(answered)).not.toContain(false);
  const [begun] = durabilityOf(/^update "?steps"? .*begun_at/);
  expect([begun, durabilityOf(/^update "runs" set .*"finished_at" = /).at(-1)]).toEqual([true, true]);
  // To wait for the disk at every outcome would cost more than to look again at those that a loss of power takes.
  expect(durabilityOf(/^insert into "?ledger/)).toContain(false);
});
