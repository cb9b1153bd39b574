import { basePath } from '../base-path.js';
import { watchPresence } from './presence.js';

/** What a proxy says in the place of a server that it cannot reach. */
const FROM_PROXY = [502, 503, 504];

export const isFromProxy = (status: number): boolean => FROM_PROXY.includes(status);

/** Whether the server answers a request of no consequence within five seconds. */
export async function serverAnswers(): Promise<boolean> {
  try {
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ __typename }"}',
    };
    const { status } = await fetch(`${basePath()}/graphql`, { ...init, signal: AbortSignal.timeout(5000) });
    return !isFromProxy(status);
  } catch {
    return false;
  }
}

/** The one server of this page. */
export const server = watchPresence({
  ask: serverAnswers,
  now: () => Date.now(),
  wait: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)),
});
