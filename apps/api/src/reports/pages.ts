import type { Page, PageArguments } from '../graphql/paging.js';

/** All pages of a list, one after the other. */
export async function* pages<T>(read: (page: PageArguments) => Promise<Page<T>>, first: number): AsyncGenerator<T[]> {
  for (let after: string | null = null; ;) {
    const { nodes, pageInfo }: Page<T> = await read({ first, after });
    yield nodes;
    if (!pageInfo.hasNextPage) return;
    after = pageInfo.endCursor;
  }
}
