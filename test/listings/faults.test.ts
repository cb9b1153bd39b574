import { expect, it } from 'vitest';
import { listingFaults } from './faults.js';

it('listing faults before a mirror at shares and at Procore remove nothing, and a real deletion is followed', async () => {
  const seed = Number(process.env['SLUICE_TEST_SEED'] ?? 7);
  const { removals, changes, unfollowed, faults } = await listingFaults(75, seed);
  expect({ removals, changes, unfollowed }, `SLUICE_TEST_SEED=${seed}`).toEqual({
    removals: 0,
    changes: [],
    unfollowed: [],
  });
  expect(Object.keys(faults).length).toBeGreaterThan(20);
});
