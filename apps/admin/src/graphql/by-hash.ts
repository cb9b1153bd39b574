import { ApolloLink } from '@apollo/client';
import { print } from '@apollo/client/utilities';
import { from, of, mergeMap } from 'rxjs';

/** SHA-256 of a text, in hex. */
export async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Sends documents by their hash, which the server knows from the build of the web app; to one that does not know them their text goes from then
 * on. Browsers make hashes only at addresses that they deem secure; the text of a document is as good everywhere else.
 */
export function byHash(isSecure = globalThis.isSecureContext): ApolloLink {
  let areKnown = isSecure;
  return new ApolloLink((operation, forward) => {
    if (!areKnown) return forward(operation);
    const send = (sha256Hash?: string) => {
      operation.setContext({ http: { includeQuery: !sha256Hash, includeExtensions: !!sha256Hash } });
      operation.extensions = { persistedQuery: { version: 1, sha256Hash } };
      return forward(operation);
    };
    return from(sha256(print(operation.query))).pipe(
      mergeMap(send),
      mergeMap((result) => {
        areKnown = !result.errors?.some(({ extensions }) => extensions?.code === 'PERSISTED_QUERY_NOT_SUPPORTED');
        return areKnown ? of(result) : send();
      }),
    );
  });
}
