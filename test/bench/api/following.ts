import { setTimeout as delay } from 'node:timers/promises';
import type { ClientProcess } from './client-process.js';
import { SUBSCRIBERS, type FilledApp } from './filled-app.js';

/** Records that a job has changed. */
export function recordChange({ test }: FilledApp, jobId: string): Promise<void> {
  const { changes, db } = test.app.base;
  return db.transact((tx) => changes.record(tx, { topic: 'JOB', change: 'UPDATED', subjectId: jobId }));
}

export interface Following {
  query: string;
  /** The job that the subscriber with that number follows. */
  id: (index: number) => string;
  subscribers?: number;
  isReading?: boolean;
}

/** Opens connections with one subscription each; all of them follow when this returns. */
export async function followJob(
  { test, url: address }: FilledApp,
  client: ClientProcess,
  { query, id, subscribers = SUBSCRIBERS, isReading = true }: Following,
): Promise<void> {
  const { hub } = test.app.base;
  // The first follower brings the listener of the feed as well.
  const before = hub.followerCount;
  const url = `${address.replace(/^http/, 'ws')}/graphql`;
  const variables = Array.from({ length: subscribers }, (_, index) => ({ id: id(index) }));
  const headers = { cookie: String(test.admin.cookie) };
  await client.do({ kind: 'subscribe', url, headers, query, variables, isReading });
  await untilFollowed(() => hub.followerCount, before + subscribers);
}

export async function untilFollowed(count: () => number, wanted: number): Promise<void> {
  while (count() < wanted) await delay(1);
}

/** A server notices later than the clients that they have left. */
export async function untilLeft(count: () => number, left: number): Promise<void> {
  while (count() > left) await delay(1);
}
