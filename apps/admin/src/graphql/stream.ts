import type { TypedDocumentNode } from '@apollo/client';
import { print } from 'graphql';
import { createClient, type Client } from 'graphql-ws/client';
import { basePath } from '../base-path.js';
import { client as apollo, onSessionEnd } from './client.js';
import { codeOf } from './problems.js';
import { server } from './server.js';
import { spokenEvents } from './spoken-events.js';

/** How the live connection does. */
export type StreamState = 'connecting' | 'live' | 'reconnecting' | 'ended';

export interface StreamHandlers<Data> {
  /** Takes one message and returns its cursor, null when it has none. */
  onMessage(data: Data): string | null;
  onState(state: StreamState): void;
  /** The cursor is too old or was lost: state has to be read anew. */
  onReset(): void;
}

/** What a stream needs of the socket's client. */
export type StreamClient = Pick<Client, 'subscribe' | 'on'>;

let shared: Client | null = null;

/** The one socket of this page. */
export function socket(): StreamClient {
  shared ??= openSocket();
  return spokenEvents(shared);
}

function openSocket(): Client {
  return createClient({
    url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${basePath()}/graphql`,
    lazy: true,
    keepAlive: 15_000,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: (retries) => new Promise((resolve) => setTimeout(resolve, reconnectDelay(retries, Math.random()))),
    on: { message: () => server.answered(), closed: () => void server.doubt() },
  });
}

/** Milliseconds before reconnect number `retries` (from 0): doubles from half a second to 15 s, spread by ±25 %. */
export function reconnectDelay(retries: number, random: number): number {
  return Math.min(15_000, 500 * 2 ** Math.min(retries, 10)) * (0.75 + random / 2);
}

// As after signing out.
onSessionEnd(() => {
  void shared?.dispose();
  shared = null;
});

/**
 * Follows a subscription whose variables have an `after`. After a lost connection it goes on behind the last cursor;
 * the variables are read again on each subscribe, so that they always carry it. Returns how to stop.
 */
export function followStream<Data, Variables extends { after?: string | null }>(
  client: StreamClient,
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  handlers: StreamHandlers<Data>,
): () => void {
  const payload = {
    query: print(apollo.cache.transformDocument(document)),
    variables: { ...variables } as Record<string, unknown>,
  };
  let isStopped = false;
  let unsubscribe: () => void = () => undefined;
  const tell = (state: StreamState) => {
    if (!isStopped) handlers.onState(state);
  };
  const watchers = [
    client.on('connected', () => tell('live')),
    client.on('closed', () => tell('reconnecting')),
    client.on('opened', () => tell('live')),
  ];
  // An error here is a defect of ours; thrown on, it would make the socket close and connect for ever.
  const take = (data: Data): string | null => {
    try {
      return handlers.onMessage(data);
    } catch (error) {
      reportError(error);
      return null;
    }
  };
  const begin = () => {
    unsubscribe = client.subscribe<Data>(payload, {
      next: ({ data, errors }) => {
        if (isStopped) return;
        if (data) payload.variables.after = take(data) ?? payload.variables.after;
        else if (errors) restart(errors);
        tell('live');
      },
      error: (reason) => restart(Array.isArray(reason) ? (reason as unknown[]) : []),
      complete: () => tell('ended'),
    });
  };
  const restart = (errors: readonly unknown[]) => {
    if (isStopped) return;
    const next = resumePoint(errors);
    if (next.kind === 'give-up') return tell('ended');
    if (next.kind === 'resume') payload.variables.after = next.after;
    if (next.kind === 'resume' && next.after === null) handlers.onReset();
    tell('reconnecting');
    setTimeout(() => !isStopped && begin(), 1000);
  };
  tell('connecting');
  begin();
  return () => {
    isStopped = true;
    for (const stop of watchers) stop();
    unsubscribe();
  };
}

/** Where to go on after an operation ended with errors. */
export function resumePoint(
  errors: readonly unknown[],
): { kind: 'resume'; after: string | null } | { kind: 'again' | 'give-up' } {
  for (const error of errors) {
    const extensions = (error as { extensions?: Record<string, unknown> } | null)?.extensions;
    const code = codeOf(extensions);
    if (code === 'SLOW_CONSUMER') {
      return { kind: 'resume', after: typeof extensions?.cursor === 'string' ? extensions.cursor : null };
    }
    if (code === 'CURSOR_EXPIRED' || code === 'CURSOR_INVALID') return { kind: 'resume', after: null };
    if (code === 'RATE_LIMITED' || code === 'SERVICE_UNAVAILABLE') return { kind: 'again' };
  }
  return { kind: 'give-up' };
}
