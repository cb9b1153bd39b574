import { afterEach, describe, expect, it, vi } from 'vitest';
import type { HourUsage } from '@sluice/procore-sandbox';
import { findPostgres } from '@sluice/api/db/postgres.testing.js';
import { SharedClient, type DatabaseName } from '../support/shared-client.js';

vi.setConfig({ testTimeout: 240_000 });

/** An hour of 16 s, whose calls beside the reserve of one take most of it at the rate that the seconds allow. */
const LIMITS = { hourly: 60, spike: 50, hourSeconds: 16, spikeSeconds: 10 };
const USABLE_CALLS = 59;
/** A machine on which everything else runs too may stand still for some seconds of one of the hours. */
const MOST_HOURS = 5;
const isMissing = (database: DatabaseName) =>
  database === 'PostgreSQL' && findPostgres() === null && process.env['CI'] !== 'true';

let shared: SharedClient | undefined;
afterEach(() => shared?.close());

describe.each<DatabaseName>(['SQLite', 'PostgreSQL'])('two worker processes on one client, on %s', (database) => {
  it.skipIf(isMissing(database))(
    'no call is refused while both work and people look, and at least 99 per cent of an hour are used',
    async () => {
      shared = await SharedClient.open(database, LIMITS);
      await shared.begin(12, 30);
      const usedOf = (hours: HourUsage[]) => hours.map((hour) => hour.used / USABLE_CALLS);
      const isUsed = (use: number) => use >= 0.99;
      const { hours, refused } = await shared.hoursOfBoth(
        (full) => full.length >= MOST_HOURS || (full.length >= 2 && usedOf(full).some(isUsed)),
      );
      expect(refused).toBe(0);
      expect(usedOf(hours)).toSatisfy((used: number[]) => used.some(isUsed));
    },
  );
});
