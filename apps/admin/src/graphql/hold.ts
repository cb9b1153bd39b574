import { ApolloLink } from '@apollo/client';
import { ServerError } from '@apollo/client/errors';
import { OperationTypeNode } from 'graphql';
import { Observable, type Subscription } from 'rxjs';
import type { Presence } from './presence.js';
import { isFromProxy } from './server.js';

/**
 * Notes each answer and each request that got none. A query whose data is here already waits then until the server is back, so that
 * what is shown stays; a first reading and a mutation fail at once.
 */
export function holdWhileLost(presence: Presence): ApolloLink {
  return new ApolloLink(
    (operation, forward) =>
      new Observable((observer) => {
        let sent: Subscription | null = null;
        let isStopped = false;
        const send = () => {
          sent = forward(operation).subscribe({
            next: (result) => {
              presence.answered();
              observer.next(result);
            },
            error: (error: unknown) => {
              const back = isUnanswered(error) ? presence.doubt() : null;
              if (back === null || !isHere(operation)) observer.error(error);
              else void back.then(() => !isStopped && send());
            },
            complete: () => observer.complete(),
          });
        };
        send();
        return () => {
          isStopped = true;
          sent?.unsubscribe();
        };
      }),
  );
}

const isUnanswered = (error: unknown) =>
  ServerError.is(error) ? isFromProxy(error.statusCode) : error instanceof TypeError;

/** Whether all that a query asks for is in the cache. */
const isHere = ({ query, variables, operationType, client }: ApolloLink.Operation) =>
  operationType === OperationTypeNode.QUERY && client.readQuery({ query, variables }) !== null;
