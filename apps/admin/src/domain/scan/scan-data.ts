import { graphql, type ResultOf } from '@sluice/client/graphql';
import { IssueFields } from '../job/job-data.js';

const BucketFields = graphql(`
  fragment BucketFields on ScanBucket {
    label
    fileCount
    byteCount
  }
`);

export const ScanQuery = graphql(
  `
    query Scan($id: ID!) {
      run(id: $id) {
        id
        scan {
          fileCount
          folderCount
          emptyFolderCount
          byteCount
          isComplete
          isCompared
          extensions {
            ...BucketFields
          }
          sizeClasses {
            ...BucketFields
          }
          ageClasses {
            ...BucketFields
          }
          depths {
            ...BucketFields
          }
          longestPaths
          nameProblems {
            platform
            limit
            itemCount
            examples
          }
          duplicateGroupCount
          duplicateByteCount
          duplicates {
            sha256
            byteSize
            fileCount
            paths
          }
        }
      }
    }
  `,
  [BucketFields],
);

export type Scan = NonNullable<NonNullable<ResultOf<typeof ScanQuery>['run']>['scan']>;
export type Bucket = ResultOf<typeof BucketFields>;

export const ScanLossesQuery = graphql(
  `
    query ScanLosses($id: ID!, $destination: ComparisonSideInput!) {
      run(id: $id) {
        id
        job {
          id
          source {
            connection {
              id
            }
          }
        }
        scan {
          losses(destination: $destination) {
            ...IssueFields
          }
        }
      }
    }
  `,
  [IssueFields],
);
