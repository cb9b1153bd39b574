import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openShareApp, type ShareApp } from '../../runner/testing.js';

const QUERY = `query ($id: ID!, $filter: RunItemFilter) { run(id: $id) {
  items(first: 20, filter: $filter) { nodes { sourcePath revision } } nameRevisions { revision itemCount }
  plan { steps(first: 20) { nodes { sourcePath revision } } } } }`;

const REVISIONS = ['CHARACTERS', 'CONFLICT', 'LENGTH', 'TAKEN'] as const;

interface Shown {
  run: {
    items: { nodes: { sourcePath: string; revision: string | null }[] };
    nameRevisions: { revision: string; itemCount: number }[];
    plan: { steps: { nodes: { revision: string | null }[] } };
  };
}

let app: ShareApp;
let runId = '';
beforeAll(async () => {
  app = await openShareApp();
  for (const name of ['plain', ...REVISIONS, 'TAKEN too']) app.put(name, name);
  runId = (await app.runToEnd(await app.createJob())).id;
  const { db } = app.app.base;
  const { steps } = db.tables;
  await db.transact(async (tx) => {
    for (const revision of REVISIONS)
      await tx
        .update(steps)
        .set({ isRevised: true, revision })
        .where(eq(steps.itemKey, `s:${revision}`));
    await tx.update(steps).set({ isRevised: true, revision: 'TAKEN' }).where(eq(steps.itemKey, 's:TAKEN too'));
  });
});
afterAll(() => app[Symbol.asyncDispose]());

const shown = async (filter: object = {}) => (await app.ask<Shown>(QUERY, { id: runId, filter })).run;

it('a run counts why names were adapted, most frequent first', async () => {
  const { nameRevisions } = await shown();
  expect(nameRevisions[0]).toEqual({ revision: 'TAKEN', itemCount: 2 });
  expect(nameRevisions.map(({ revision }) => revision).sort()).toEqual([...REVISIONS]);
});

it.each(REVISIONS)('an item whose name was adapted for %s is found by it and tells it', async (revision) => {
  const { items } = await shown({ revisions: [revision] });
  expect(items.nodes).toContainEqual({ sourcePath: `/${revision}`, revision });
  expect(new Set(items.nodes.map((item) => item.revision))).toEqual(new Set([revision]));
});

it('a step tells it too, and one with its own name nothing', async () => {
  const { plan, items } = await shown();
  expect(plan.steps.nodes.map(({ revision }) => revision).filter(Boolean)).toHaveLength(5);
  expect(items.nodes).toContainEqual({ sourcePath: '/plain', revision: null });
});
