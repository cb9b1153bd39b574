import { TOPICS, type Topic } from '../db/tables/events.js';

export const MAX_WEBHOOKS = 50;

/** Topics as they are stored, in their own order and each once: `,JOB,RUN,`. */
export function packTopics(topics: readonly Topic[]): string {
  return `,${TOPICS.filter((topic) => topics.includes(topic)).join(',')},`;
}

export function unpackTopics(stored: string): Topic[] {
  return TOPICS.filter((topic) => stored.includes(`,${topic},`));
}
