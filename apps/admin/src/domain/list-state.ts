import type { Pages } from '../graphql/pages.js';
import type { ListState } from '../ui/data-table.js';

interface Read extends Pick<Pages<unknown>, 'status' | 'hasMore' | 'failure'> {
  loadMore: () => void;
  refresh: () => void;
}

/** What a table needs to know of a list that is read page by page. */
export function listState({ status, hasMore, failure, loadMore, refresh }: Read): ListState {
  return { isLoading: status === 'loading', hasMore, failure, onMore: loadMore, onRetry: hasMore ? loadMore : refresh };
}
