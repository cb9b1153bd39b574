import type { Client } from 'graphql-ws';
import { speech } from './speech.js';

type EventsClient = Pick<Client, 'subscribe' | 'on'>;

/** Puts the events of a socket into the language of the page, in their order: it subscribes once the sentences are loaded. */
export function spokenEvents(client: EventsClient, spoken = speech): EventsClient {
  if (!spoken) return client;
  const subscribe: EventsClient['subscribe'] = (payload, sink) => {
    let isStopped = false;
    let stop: () => void = () => undefined;
    const begin = (say: (event: object) => void) => {
      if (isStopped) return;
      const next: typeof sink.next = (event) => {
        say(event);
        sink.next(event);
      };
      stop = client.subscribe(payload, { ...sink, next });
    };
    void spoken
      .then(async ({ load, sayAtOnce }) => {
        await load();
        return sayAtOnce;
      })
      // Sentences that cannot be loaded stay English.
      .catch(() => () => undefined)
      .then(begin);
    return () => {
      isStopped = true;
      stop();
    };
  };
  return { on: client.on, subscribe };
}
