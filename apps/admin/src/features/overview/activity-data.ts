import { graphql } from '@sluice/client/graphql';

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
