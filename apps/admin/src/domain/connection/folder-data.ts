import { graphql, type ResultOf } from '@sluice/client/graphql';
import { client } from '../../graphql/client.js';
import { ListError, type Page } from '../../graphql/pages.js';
import { t } from '../words.js';

const Browse = graphql(`
  query Browse($id: ID!, $in: AddressInput, $foldersOnly: Boolean!, $after: String) {
    connection(id: $id) {
      id
      browse(in: $in, foldersOnly: $foldersOnly, first: 100, after: $after) {
        nodes {
          remoteId
          kind
          name
          path
          byteSize
          modifiedAt
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

/** A file or folder as its platform lists it. */
export type Entry = NonNullable<NonNullable<ResultOf<typeof Browse>['connection']>['browse']>['nodes'][number];

/** What is looked at: a connection, and whether its files are shown too. */
export interface Place {
  connectionId: string;
  foldersOnly: boolean;
}

/** Reads a page of at most a hundred entries of a folder, from its beginning or after a cursor. */
export async function readFolder(place: Place, path: string, after: string | null): Promise<Page<Entry>> {
  const { data } = await client.query({
    query: Browse,
    variables: { id: place.connectionId, in: path === '/' ? null : { path }, foldersOnly: place.foldersOnly, after },
    fetchPolicy: 'no-cache',
  });
  const page = data?.connection?.browse;
  if (!page) throw new ListError(t('noFolder'));
  return page;
}
