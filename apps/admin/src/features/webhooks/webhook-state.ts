import type { Tone } from '../../ui/tag.js';
import type { Webhook } from './data.js';

/** How the deliveries of a webhook go. */
export type WebhookState = 'delivers' | 'failing' | 'failed' | 'ended' | 'off';

/** `failed`: the last attempt, such as a test, and none is due; `ended`: so many attempts failed that nothing is delivered until a person turns it on again. */
export function stateOf({ isActive, failure, nextAttemptAt }: Webhook): WebhookState {
  if (!isActive) return failure === null ? 'off' : 'ended';
  if (nextAttemptAt !== null) return 'failing';
  return failure === null ? 'delivers' : 'failed';
}

export const TONES: Record<WebhookState, Tone> = {
  delivers: 'ok',
  failing: 'warn',
  failed: 'warn',
  ended: 'bad',
  off: 'idle',
};
