import type { EnumOf } from '@sluice/client/graphql';

interface Receiver {
  isActive: boolean;
  nextAttemptAt: string | null;
  topics: EnumOf<'EventTopic'>[];
}

/** Topics whose changes wait for a webhook without being sent: others are told of when they are sent. Each once, in order. */
export function topicsThatWait(webhooks: readonly Receiver[]): EnumOf<'EventTopic'>[] {
  const failing = webhooks.filter(({ isActive, nextAttemptAt }) => isActive && nextAttemptAt !== null);
  return [...new Set(failing.flatMap(({ topics }) => topics))].sort();
}
