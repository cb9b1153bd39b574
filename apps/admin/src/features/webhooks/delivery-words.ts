import { formatSpan, parseDuration, wordOf } from '../../ui/format.js';
import type { Tone } from '../../ui/tag.js';
import type { Delivery } from './deliveries-data.js';
import { t } from './words.js';

/** What a message told of, such as "Run changed". */
export function messageOf({ kind, event }: Pick<Delivery, 'kind' | 'event'>): string {
  if (kind === 'TEST') return t('testMessage');
  if (event === null) return t('notKept');
  const { topic, change } = event;
  const subject = t.known('subject', topic) ?? wordOf(topic);
  return t('told', { subject, change: t.known('changed', change) ?? wordOf(change) });
}

/** Only what tells of an event that is still kept can be sent once more. */
export function canSendAgain({ event }: Pick<Delivery, 'event'>): boolean {
  return event !== null;
}

export function answerOf(failure: Delivery['failure']): { tone: Tone; word: 'accepted' | 'notAccepted' } {
  return failure === null ? { tone: 'ok', word: 'accepted' } : { tone: 'bad', word: 'notAccepted' };
}

/** How long it took: `120 ms`, from a second on `4 s`. */
export function tookOf(duration: string): string {
  const span = parseDuration(duration);
  if (span === null) return duration;
  return span < 1_000 ? t('milliseconds', { count: span }) : formatSpan(span);
}
