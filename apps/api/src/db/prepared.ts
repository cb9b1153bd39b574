import type Sqlite from 'better-sqlite3';

const MAX_STATEMENTS = 200;
/** Longer texts are put together for one answer and do not come back. */
const MAX_LENGTH = 8_000;

/** Lets a connection keep the statements that it has prepared, the ones used last. */
export function keepPrepared(connection: Sqlite.Database): Sqlite.Database {
  const kept = new Map<string, Sqlite.Statement>();
  const prepare = connection.prepare.bind(connection) as (text: string) => Sqlite.Statement;
  const keep = (text: string): Sqlite.Statement => {
    const statement = kept.get(text) ?? prepare(text);
    if (text.length > MAX_LENGTH) return statement;
    kept.delete(text);
    kept.set(text, statement);
    if (kept.size > MAX_STATEMENTS) kept.delete(kept.keys().next().value ?? '');
    // Whoever used it before may have asked for rows as arrays.
    return statement.reader ? statement.raw(false) : statement;
  };
  return Object.assign(connection, { prepare: keep });
}
