/*
 * The room of the session: who is signed in, what they may do, and the page that asks for name and password.
 */
import { useQuery } from '@apollo/client/react';
import { client } from '../graphql/client.js';
import { graphql, type ResultOf } from '@sluice/client/graphql';

export const ViewerQuery = graphql(`
  query Viewer {
    viewer {
      actor {
        id
        displayName
      }
      scopes
      expiresAt
    }
  }
`);

export type Viewer = NonNullable<ResultOf<typeof ViewerQuery>['viewer']>;
export type Scope = Viewer['scopes'][number];

/** Who is signed in, as the server knows it; asks it at most once until the session changes. */
export async function loadViewer(): Promise<Viewer | null> {
  const { data } = await client.query({ query: ViewerQuery, fetchPolicy: 'cache-first' });
  return data?.viewer ?? null;
}

export function useViewer(): Viewer | null {
  return useQuery(ViewerQuery, { fetchPolicy: 'cache-first' }).data?.viewer ?? null;
}

/** Whether the signed-in person has a right; the server decides in any case. */
export function useCan(scope: Scope): boolean {
  return useViewer()?.scopes.includes(scope) ?? false;
}

/** A path of this application to return to; anything else leads home. */
export function safeReturnTo(path: string | undefined): string {
  return path !== undefined && /^\/(?![/\\])/.test(path) && !path.startsWith('/sign-in') ? path : '/';
}
