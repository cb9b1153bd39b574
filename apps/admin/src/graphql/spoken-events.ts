import type { Client, Sink } from 'graphql-ws/client';
import { speech, type Sentences } from './speech.js';

type EventsClient = Pick<Client, 'subscribe' | 'on'>;
type Say = Sentences['say'];

const asTheyAre: Say = () => null;

/** Puts the events of a socket into the language of the page, in their order: one that waits for its sentences holds up the next. */
export function spokenEvents(client: EventsClient, spoken = speech): EventsClient {
  if (!spoken) return client;
  const subscribe: EventsClient['subscribe'] = (payload, sink) => {
    let isStopped = false;
    let stop: () => void = () => undefined;
    const begin = (say: Say) => {
      if (!isStopped) stop = client.subscribe(payload, inOrder(sink, say));
    };
    void spoken
      .then(({ say }) => say)
      .catch(() => asTheyAre)
      .then(begin);
    return () => {
      isStopped = true;
      stop();
    };
  };
  return { on: client.on, subscribe };
}

function inOrder<Event extends object>(sink: Sink<Event>, say: Say): Sink<Event> {
  let last: Promise<void> | null = null;
  const tell = (said: Promise<void> | null, pass: () => void) => {
    if (last === null && said === null) return pass();
    const turn = Promise.all([last, said]).then(() => {
      if (last === turn) last = null;
      pass();
    });
    last = turn;
  };
  return {
    next: (event) => tell(say(event), () => sink.next(event)),
    error: (reason) => tell(null, () => sink.error(reason)),
    complete: () => tell(null, () => sink.complete()),
  };
}
