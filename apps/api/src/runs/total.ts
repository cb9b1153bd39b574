import type { Page } from '../graphql/paging.js';

/** A page with its number of matches, which is counted only when the field is selected. */
export function withTotal<T, N extends number | null>(
  page: Page<T>,
  count: () => Promise<N>,
): Page<T> & { totalCount: Promise<N> } {
  return {
    ...page,
    get totalCount() {
      return count();
    },
  };
}
