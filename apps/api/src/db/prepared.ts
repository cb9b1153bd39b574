import type Sqlite from 'better-sqlite3';

const MAX_STATEMENTS = 200;
/**
 * Statements with a longer text, in characters, are not kept: they are composed for one answer and do not recur. The longest that
 * do write 64 rows of the widest table, steps, in 9,982.
 */
const MAX_TEXT_CHARACTERS = 16_000;

/** Lets a connection keep its prepared statements, at most `MAX_STATEMENTS`, the most recently used ones. */
export function keepPrepared(connection: Sqlite.Database): Sqlite.Database {
  const kept = new Map<string, Sqlite.Statement>();
  const prepare = connection.prepare.bind(connection) as (text: string) => Sqlite.Statement;
  const keep = (text: string): Sqlite.Statement => {
    const statement = kept.get(text) ?? prepare(text);
    if (text.length > MAX_TEXT_CHARACTERS) return statement;
    kept.delete(text);
    kept.set(text, statement);
    if (kept.size > MAX_STATEMENTS) kept.delete(kept.keys().next().value ?? '');
    // The former use of this statement may have set it to return rows as arrays.
    return statement.reader ? statement.raw(false) : statement;
  };
  return Object.assign(connection, { prepare: keep });
}
