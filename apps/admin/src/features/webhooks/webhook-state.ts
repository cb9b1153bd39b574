import type { Tone } from '../../ui/tag.js';
import type { Webhook } from './data.js';

/** How the deliveries of a webhook go. */
export type WebhookState = 'delivers' | 'failing' | 'ended' | 'off';

/** `ended`: so many attempts failed that nothing is delivered until a person turns it on again. */
export function stateOf({ isActive, failure, nextAttemptAt }: Webhook): WebhookState {
  if (!isActive) return failure === null ? 'off' : 'ended';
  return nextAttemptAt === null ? 'delivers' : 'failing';
}

export const TONES: Record<WebhookState, Tone> = { delivers: 'ok', failing: 'warn', ended: 'bad', off: 'idle' };
