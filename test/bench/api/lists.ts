import { answerFromMemory } from '@sluice/api/reads/in-memory.testing.js';
import type { Figure } from '../engine/figure.js';
import { printTable } from '../table.js';
import { ClientProcess } from './client-process.js';
import { compareCpu } from './cpu.js';
import { openFilledApp, type FilledApp } from './filled-app.js';
import { PlainServer, RUN_LIST } from './plain.js';

const ROUNDS = 11;
const LISTS = 32;
const TRIVIAL = '{ __typename }';
/** A trivial query costs so little that many are needed for a figure. */
const TRIVIALS = 320;
const BOUNDS = { memory: 1.5, trivial: 3, database: 2, statements: 3 };

/**
 * CPU of requests over HTTP, against plain graphql-js behind node:http with the same part of the schema and the same data in
 * memory: both sides have parsed the document before.
 */
export async function measureLists(): Promise<Figure[]> {
  await using filled = await openFilledApp();
  const client = new ClientProcess();
  const data = await answerOf(filled);
  const plain = await PlainServer.start(filled.test.app.schema, data);
  try {
    const url = `${filled.url}/graphql`;
    const ask = (address: string, query: string, count: number) => () =>
      client.do({
        kind: 'requests',
        url: address,
        headers: { cookie: String(filled.test.admin.cookie) },
        body: JSON.stringify({ query }),
        count,
      });
    const fromDatabase = await compareCpu(
      { product: ask(url, RUN_LIST, LISTS), plain: ask(plain.url, RUN_LIST, LISTS) },
      ROUNDS,
    );
    const forget = answerFromMemory();
    for (let request = 0; request < 2; request++) await requireEqual(filled, data);
    const works = {
      product: ask(url, RUN_LIST, LISTS),
      plain: ask(plain.url, RUN_LIST, LISTS),
      trivialOfProduct: ask(url, TRIVIAL, TRIVIALS),
      trivialOfPlain: ask(plain.url, TRIVIAL, TRIVIALS),
    };
    const fromMemory = await compareCpu(works, ROUNDS);
    forget();
    printTable([
      ['a request', 'ms of CPU', 'of plain graphql-js'],
      ['list from the database', ...each(fromDatabase.product, fromDatabase.plain, LISTS)],
      ['list from memory', ...each(fromMemory.product, fromMemory.plain, LISTS)],
      ['trivial', ...each(fromMemory.trivialOfProduct, fromMemory.trivialOfPlain, TRIVIALS)],
    ]);
    return [
      ratio('list of 100 from memory', fromMemory.product / fromMemory.plain, BOUNDS.memory),
      ratio('trivial query', fromMemory.trivialOfProduct / fromMemory.trivialOfPlain, BOUNDS.trivial),
      ratio('list of 100 from the database', fromDatabase.product / fromDatabase.plain, BOUNDS.database),
      await statementsFigure(filled),
    ];
  } finally {
    await plain.close();
    await client.end();
  }
}

const each = (ours: number, theirs: number, count: number): string[] =>
  [ours, theirs].map((spent) => (spent / count).toFixed(3));

const ratio = (name: string, found: number, atMost: number): Figure => ({
  name: `${name}: CPU against plain graphql-js`,
  found,
  unit: '×',
  atMost,
});

async function answerOf({ test }: FilledApp): Promise<Record<string, unknown>> {
  const reply = await test.send<Record<string, unknown>>(RUN_LIST);
  if (reply.errors || !reply.data) throw new Error(JSON.stringify(reply.errors));
  return reply.data;
}

async function requireEqual(filled: FilledApp, data: Record<string, unknown>): Promise<void> {
  if (JSON.stringify(await answerOf(filled)) !== JSON.stringify(data)) throw new Error('Memory answers otherwise.');
}

/** Those of the list itself; who asks is found by one more, which every request has. */
async function statementsFigure({ test, counter }: FilledApp): Promise<Figure> {
  const ofCaller = (await counter.of(() => test.send(TRIVIAL))).length;
  const all = (await counter.of(() => test.send(RUN_LIST))).length;
  const found = all - ofCaller;
  return { name: 'list of 100 from the database: statements', found, unit: '', atMost: BOUNDS.statements };
}
