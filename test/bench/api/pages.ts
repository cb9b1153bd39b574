import { fillItems } from '@sluice/api/reads/fill-items-store.js';
import type { Figure } from '../engine/figure.js';
import { compareCpu } from './cpu.js';
import { openFilledApp } from './filled-app.js';

const ITEMS = 1_000_000;
const PAGE = 100;
const FAR_PAGE = 10_000;
const ROUNDS = 11;
const REQUESTS = 10;
const BOUND = 2;

const ITEMS_OF_RUN = `query ($id: ID!, $after: String) { run(id: $id) { items(first: ${PAGE}, after: $after) {
  nodes { sourcePath destinationPath outcome reason message byteSize sha256 versionsDone } pageInfo { endCursor } } } }`;

interface Reply {
  run: { items: { nodes: unknown[] } };
}

/** CPU of the last of 10,000 pages of a run's items against that of the first. */
export async function measurePages(): Promise<Figure[]> {
  await using filled = await openFilledApp();
  const { test } = filled;
  const run = await fillItems(test.app.base.db, ITEMS);
  const ask = (after: string | null) => async () => {
    for (let index = 0; index < REQUESTS; index++) {
      const { data } = await test.send<Reply>(ITEMS_OF_RUN, { id: run.id, after });
      if (data?.run.items.nodes.length !== PAGE) throw new Error('A page is not full.');
    }
  };
  const works = { first: ask(null), far: ask(run.cursorAfter((FAR_PAGE - 1) * PAGE)) };
  const { first, far } = await compareCpu(works, ROUNDS);
  return [
    {
      name: `page ${FAR_PAGE} of ${ITEMS} items: CPU against page 1`,
      found: far / first,
      unit: '×',
      atMost: BOUND,
    },
  ];
}
