import { ApolloClient, ApolloLink, InMemoryCache } from '@apollo/client';
import { graphql } from '@sluice/client/graphql';
import type { Sink } from 'graphql-ws/client';
import { of } from 'rxjs';
import { expect, it, vi } from 'vitest';
import * as sentences from './sentences.js';
import { inLanguage } from './speech.js';
import { spokenEvents } from './spoken-events.js';

const Reason = graphql(`
  query SpeechTest {
    job(id: "1") {
      id
      stopReason
    }
  }
`);

/** What a page reads of a server that says something. */
async function readBy(spoken: Parameters<typeof inLanguage>[0], stopReason: string) {
  const http = new ApolloLink(() => of({ data: { job: { __typename: 'Job', id: '1', stopReason } } }));
  const client = new ApolloClient({ link: inLanguage(spoken).concat(http), cache: new InMemoryCache() });
  return (await client.query({ query: Reason })).data?.job?.stopReason;
}

it('says what the server says in the language of the page', async () => {
  expect(await readBy(Promise.resolve(sentences), 'The job was deleted.')).toBe('Der Auftrag wurde gelöscht.');
});

it('leaves what the server says as it is in English, and where its sentences cannot be loaded', async () => {
  expect(await readBy(null, 'The job was deleted.')).toBe('The job was deleted.');
  expect(await readBy(Promise.reject(new Error('gone')), 'The job was deleted.')).toBe('The job was deleted.');
});

/** Sentences of which one has to be loaded, until `done`. */
function slowSentences() {
  let done: () => void = () => undefined;
  const loading = new Promise<void>((resolve) => (done = resolve));
  const say = (event: object) => (JSON.stringify(event).includes('slow') ? loading : null);
  return { spoken: Promise.resolve({ say }), done };
}

/** A socket whose events the test sends, and what comes of them. */
function playedSocket(spoken: Parameters<typeof spokenEvents>[1] = Promise.resolve(sentences)) {
  const sinks: Sink[] = [];
  const stopped = vi.fn();
  const client = spokenEvents(
    {
      on: () => () => undefined,
      subscribe: (_, sink) => {
        sinks.push(sink);
        return stopped;
      },
    },
    spoken,
  );
  const heard: unknown[] = [];
  const sink = { next: ({ data }: { data?: unknown }) => void heard.push(data), error: vi.fn(), complete: vi.fn() };
  const stop = client.subscribe({ query: '' }, sink);
  return { sinks, heard, sink, stop, stopped };
}

it('says events in the language of the page, in their order', async () => {
  const { sinks, heard } = playedSocket();
  await expect.poll(() => sinks).toHaveLength(1);
  for (const message of ['The job was deleted.', 'Anything else'])
    sinks[0]?.next({ data: { runProgress: { __typename: 'RunEvent', message } } });
  await expect.poll(() => heard).toHaveLength(2);
  expect(heard).toMatchObject([
    { runProgress: { message: 'Der Auftrag wurde gelöscht.' } },
    { runProgress: { message: 'Anything else' } },
  ]);
});

it('holds up what comes behind an event whose sentences are loaded', async () => {
  const { spoken, done } = slowSentences();
  const { sinks, heard, sink } = playedSocket(spoken);
  await expect.poll(() => sinks).toHaveLength(1);
  const event = (message: string) => ({ data: { runProgress: { __typename: 'RunEvent', message } } });
  sinks[0]?.next(event('slow'));
  sinks[0]?.next(event('at once'));
  sinks[0]?.complete();
  expect([heard, sink.complete.mock.calls]).toEqual([[], []]);
  done();
  await expect.poll(() => sink.complete).toHaveBeenCalledOnce();
  expect(heard).toMatchObject([{ runProgress: { message: 'slow' } }, { runProgress: { message: 'at once' } }]);
});

it('does not subscribe for one who has left meanwhile, and ends what it has subscribed to', async () => {
  const left = playedSocket();
  left.stop();
  const stayed = playedSocket();
  await expect.poll(() => stayed.sinks).toHaveLength(1);
  expect(left.sinks).toEqual([]);
  stayed.stop();
  expect(stayed.stopped).toHaveBeenCalledOnce();
});
