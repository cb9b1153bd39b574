import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { graphql, type ResultOf } from '@sluice/client/graphql';

export const TokenFields = graphql(`
  fragment TokenFields on ApiToken {
    id
    displayName
    prefix
    scopes
    expiresAt
    lastUsedAt
    revokedAt
    createdBy {
      id
      displayName
    }
    createdAt
  }
`);

export type Token = ResultOf<typeof TokenFields>;

const TokensQuery = graphql(
  `
    query Tokens($first: Int!, $after: ID) {
      apiTokens(first: $first, after: $after) {
        ...TokenFields
      }
    }
  `,
  [TokenFields],
);

const PAGE_TOKENS = 100;

/** Every token that the person may see, latest first, read page by page. */
export function useTokens() {
  const { data, error, fetchMore, refetch } = useQuery(TokensQuery, { variables: { first: PAGE_TOKENS } });
  const [further, setFurther] = useState<Further>(NOTHING_ASKED);
  const tokens = data?.apiTokens;
  const loadMore = () => {
    setFurther({ ...NOTHING_ASKED, isLoading: true });
    fetchMore({
      variables: { after: tokens?.at(-1)?.id ?? null },
      updateQuery: (shown, { fetchMoreResult }) => ({ apiTokens: joined(shown.apiTokens, fetchMoreResult.apiTokens) }),
    }).then(
      (reply) => setFurther({ ...NOTHING_ASKED, isAtEnd: !isFullPage(reply.data?.apiTokens?.length) }),
      (failure: Error) => setFurther({ ...NOTHING_ASKED, error: failure }),
    );
  };
  const beginAnew = () => {
    setFurther(NOTHING_ASKED);
    void refetch();
  };
  const hasMore = !further.isAtEnd && isFullPage(tokens?.length);
  const { isLoading } = further;
  return { tokens, hasMore, error: further.error ?? error, isLoading, loadMore, refetch: beginAnew };
}

/** What became of asking for the next page. */
interface Further {
  isAtEnd: boolean;
  isLoading: boolean;
  error: Error | null;
}

const NOTHING_ASKED: Further = { isAtEnd: false, isLoading: false, error: null };

/** Whether more may follow after so many tokens: a page that is not full is the last one. */
export function isFullPage(count: number | undefined): boolean {
  return count !== undefined && count > 0 && count % PAGE_TOKENS === 0;
}

/** A list with its next page; a token that is on both is shown once. */
export function joined<T extends { id: string }>(
  shown: readonly T[] | null | undefined,
  page: readonly T[] | null | undefined,
): T[] {
  return [...new Map([...(shown ?? []), ...(page ?? [])].map((token) => [token.id, token])).values()];
}
