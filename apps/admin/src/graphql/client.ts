/*
 * The room of the API: the one client with its cache, streams that go on after a lost connection, lists that are read page
 * by page, and the sentences for requests that failed. No other room makes a request by other means.
 */
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { ErrorLink } from '@apollo/client/link/error';
import { basePath } from '../base-path.js';
import { byHash } from './by-hash.js';
import { holdWhileLost } from './hold.js';
import { isSignedOut } from './problems.js';
import { server } from './server.js';
import { inLanguage } from './speech.js';

type Listener = () => void;
const signedOutListeners = new Set<Listener>();

/** Told when a request shows that the session has ended. Returns how to stop listening. */
export function onSignedOut(listener: Listener): Listener {
  signedOutListeners.add(listener);
  return () => signedOutListeners.delete(listener);
}

const sessionEndListeners = new Set<Listener>();

/** Told when everything that was read for a session has to be forgotten. */
export function onSessionEnd(listener: Listener): void {
  sessionEndListeners.add(listener);
}

/** Forgets everything that was read for the session, and ends what follows it. */
export async function endSession(): Promise<void> {
  for (const listener of sessionEndListeners) listener();
  await client.clearStore();
}

const watchSession = new ErrorLink(({ error }) => {
  if (isSignedOut(error)) for (const listener of signedOutListeners) listener();
});

export const client = new ApolloClient({
  link: ApolloLink.from([
    watchSession,
    inLanguage(),
    holdWhileLost(server),
    byHash(),
    new HttpLink({ uri: () => `${basePath()}/graphql`, credentials: 'same-origin' }),
  ]),
  cache: new InMemoryCache({
    possibleTypes: {
      UserError: ['InputError', 'VersionConflictError', 'InvalidStateError', 'RemotePlatformError'],
      Actor: ['User', 'ApiToken'],
    },
    typePolicies: {
      Platform: { keyFields: ['key'] },
      RunStatistics: { keyFields: false },
      // There is one, of which each query asks for some fields.
      ServerInfo: { merge: true },
      WorkerStatus: { merge: true },
      Query: {
        fields: {
          connection: {
            read: (_, { args, toReference }) => toReference({ __typename: 'ConnectionProfile', id: String(args?.id) }),
          },
          job: { read: (_, { args, toReference }) => toReference({ __typename: 'Job', id: String(args?.id) }) },
          run: { read: (_, { args, toReference }) => toReference({ __typename: 'Run', id: String(args?.id) }) },
          plan: { read: (_, { args, toReference }) => toReference({ __typename: 'Plan', id: String(args?.id) }) },
        },
      },
    },
  }),
  defaultOptions: { watchQuery: { fetchPolicy: 'cache-and-network', nextFetchPolicy: 'cache-first' } },
});

// What could not be read meanwhile is read once the server is back, and what is shown is brought up to date.
server.subscribe(() => {
  if (server.lostSince() === null) client.refetchQueries({ include: 'active' }).catch(() => undefined);
});
