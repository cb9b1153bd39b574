import { graphql, type ResultOf } from '@sluice/client/graphql';

export const LocationFields = graphql(`
  fragment LocationFields on Location {
    path
    connection {
      id
      name
      platform {
        key
        displayName
      }
    }
  }
`);

export type JobLocation = ResultOf<typeof LocationFields>;

export const IssueFields = graphql(`
  fragment IssueFields on Issue {
    severity
    code
    message
    field
    itemCount
    capability
    limit
  }
`);

export type IssueData = ResultOf<typeof IssueFields>;
