import Sqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { keepPrepared } from './prepared.js';

it('prepares a statement once, and gives it back as it was first', () => {
  const connection = keepPrepared(new Sqlite(':memory:'));
  const statement = connection.prepare('select 1 as one');
  expect(statement.raw().all()).toEqual([[1]]);
  expect(connection.prepare('select 1 as one')).toBe(statement);
  expect(statement.all()).toEqual([{ one: 1 }]);
});

it('keeps a bounded number of statements, the ones used last, and no very long ones', () => {
  const connection = keepPrepared(new Sqlite(':memory:'));
  const [first, second] = [connection.prepare('select 0'), connection.prepare('select -1')];
  for (let index = 1; index < 200; index++) {
    connection.prepare(`select ${index}`);
    connection.prepare('select 0');
  }
  expect(connection.prepare('select 0')).toBe(first);
  expect(connection.prepare('select -1')).not.toBe(second);
  const long = `select '${'x'.repeat(17_000)}'`;
  expect(connection.prepare(long)).not.toBe(connection.prepare(long));
});

it('sees what was changed about the tables since', () => {
  const connection = keepPrepared(new Sqlite(':memory:'));
  connection.exec('create table t (a); insert into t values (1)');
  expect(connection.prepare('select * from t').all()).toEqual([{ a: 1 }]);
  connection.exec('alter table t add column b default 2');
  expect(connection.prepare('select * from t').all()).toEqual([{ a: 1, b: 2 }]);
});
