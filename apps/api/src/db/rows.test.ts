import { expect, it } from 'vitest';
import type { Database } from './database.js';
import { selectByIds, selectRows } from './rows.js';
import { describeOnBothDatabases } from './testing.js';

const HOUR = new Date('2026-11-21T10:00:00.000Z');
const rows = Array.from({ length: 9 }, (_, index) => ({
  id: `r${index}`,
  apiHost: `host ${index}`,
  client: `client ${index}`,
  label: `${9 - index}`,
  reserveShare: 0,
  hourlyLimit: index,
  updatedAt: HOUR,
}));

async function filled(open: () => Promise<Database>): Promise<Database> {
  const db = await open();
  await db.transact(async (tx) => void (await tx.insert(db.tables.budgets).values(rows)));
  return db;
}

describeOnBothDatabases('rows', (open) => {
  it('are found by any number of identifiers, in their order, each as often as it is named', async () => {
    const { reader, tables } = await filled(open);
    // Twice: statements of the same length are composed once.
    for (const length of [1, 2, 3, 5, 8, 9, 3]) {
      const ids = rows.slice(0, length).map(({ id }) => id);
      const asked = [...ids.toReversed(), 'none', 'r0'];
      const found = await selectByIds(reader, tables.budgets, asked, ['id', 'updatedAt']);
      expect(found).toEqual(asked.map((id) => (id === 'none' ? null : { id, updatedAt: HOUR })));
    }
    expect(await selectByIds(reader, tables.budgets, [])).toEqual([]);
  });

  it('have the columns that are asked for and those of their order, whatever was asked for before', async () => {
    const { reader, tables } = await filled(open);
    const { budgets } = tables;
    const first = async (by: 'label' | 'client', columns?: string[]) => {
      const query = { reader, from: budgets, orderBy: [{ column: budgets[by] }], limit: 1 };
      return (await selectRows(columns === undefined ? query : { ...query, columns }))[0];
    };
    expect(await first('label', ['id'])).toEqual({ id: 'r8', label: '1' });
    expect(await first('client', ['id'])).toEqual({ id: 'r0', client: 'client 0' });
    expect(await first('label', ['id', 'client'])).toEqual({ id: 'r8', label: '1', client: 'client 8' });
    expect(await first('client')).toMatchObject(rows[0]!);
  });
});
