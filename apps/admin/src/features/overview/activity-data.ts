import { graphql, type ResultOf } from '@sluice/client/graphql';

export const ActivityQuery = graphql(`
  query Activity {
    activity {
      from
      callCount
      bytesDone
      itemsFlagged
    }
  }
`);

export type Span = NonNullable<ResultOf<typeof ActivityQuery>['activity']>[number];
